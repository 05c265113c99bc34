"""What the services' signatures have in common: headers, instants, keys, comparisons."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from domain.inbound import Request
from mail.hooks.port import Stale, Unauthenticated

SKEW = timedelta(minutes=5)
"""How far clocks may differ; also how old a request may be whose service signs each attempt anew."""
_SECONDS = re.compile(r"\d{1,12}")


def header(request: Request, name: str) -> str:
    """Returns a header that a signed request must have, by its name in lower case."""
    value = request.headers.get(name, "")
    if not value:
        raise Unauthenticated(f"the header {name} is missing")
    return value


def seconds(text: str, place: str) -> datetime:
    """Reads a signed Unix time in whole seconds."""
    if not _SECONDS.fullmatch(text):
        raise Unauthenticated(f"{place} is not a time in whole seconds")
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (OverflowError, ValueError, OSError):
        raise Unauthenticated(f"{place} is not a time of this age") from None


def check_age(signed_at: datetime, now: datetime, oldest: timedelta = SKEW) -> None:
    """Refuses what was signed more than `oldest` ago, or further ahead than clocks may differ."""
    if now - signed_at > oldest:
        raise Stale(f"signed {_span(now - signed_at)} ago; at most {_span(oldest)} is accepted")
    if signed_at - now > SKEW:
        raise Stale(f"signed {_span(signed_at - now)} ahead of this machine's clock")


def hmac_sha256(key: bytes, *parts: bytes) -> bytes:
    """Returns the HMAC-SHA256 of the parts, one after the other."""
    return hmac.digest(key, b"".join(parts), hashlib.sha256)


def base64_of(value: bytes) -> bytes:
    """Returns base64 as signatures stand in headers."""
    return base64.b64encode(value)


def same(one: bytes, *others: bytes) -> bool:
    """Compares with each of the others in a time that does not tell where they differ."""
    return any(hmac.compare_digest(one, other) for other in others)


def check_basic(headers: Mapping[str, str], credentials: Iterable[str]) -> None:
    """Refuses headers whose HTTP basic credentials (RFC 7617) are none of `user:password`."""
    scheme, _, encoded = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        raise Unauthenticated("HTTP basic authentication is missing: put user:password@ into the URL")
    given = decoded(encoded.strip(), "the header authorization")
    if not same(given, *(one.encode("utf-8", "surrogateescape") for one in credentials)):
        raise Unauthenticated("user or password is wrong")


def basic(credentials: str) -> str:
    """Returns `user:password` if it is; raises ValueError otherwise."""
    user, _, password = credentials.partition(":")
    if not user or not password:
        raise ValueError("expected user:password, as in the webhook's URL")
    return credentials


def decoded(text: str, place: str) -> bytes:
    """Decodes strict base64."""
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise Unauthenticated(f"{place} is not base64") from None


def check_ecdsa(key: ec.EllipticCurvePublicKey, signature: str, signed: bytes) -> None:
    """Refuses a signature that is not ECDSA with SHA-256 by this key over these bytes."""
    try:
        key.verify(decoded(signature, "the signature"), signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Unauthenticated("the signature does not fit: another key, or a changed body") from None


def ecdsa_key(text: str) -> ec.EllipticCurvePublicKey:
    """Reads a public key of the curve P-256 (base64 of its DER, as SendGrid shows it); else ValueError."""
    expected = "expected the verification key as the service shows it: base64 of a P-256 public key"
    try:
        key = serialization.load_der_public_key(base64.b64decode("".join(text.split()), validate=True))
    except ValueError:
        raise ValueError(expected) from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError(expected)
    return key


def _span(length: timedelta) -> str:
    whole = int(length.total_seconds())
    return f"{whole} s" if whole < 600 else f"{whole // 60} min"

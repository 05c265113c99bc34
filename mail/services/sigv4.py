"""AWS Signature Version 4: signs a request's headers (docs.aws.amazon.com, "Create a signed
AWS API request").

For requests without dots or empty segments in their path, which is all that we send.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

_ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Credentials:
    """An access key, and the token that comes with one for a session; none of it is shown."""

    key_id: str = field(repr=False)
    secret: str = field(repr=False)
    session_token: str | None = field(default=None, repr=False)


def signed(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    credentials: Credentials,
    region: str,
    service: str,
    at: datetime,
) -> dict[str, str]:
    """The headers to send instead: these, `Host`, `X-Amz-Date`, a session's token, `Authorization`.

    All of them are signed. `at` is aware, and within minutes of Amazon's clock.
    """
    place = urlsplit(url)
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    sent = dict(headers) | {"Host": place.netloc, "X-Amz-Date": stamp}
    if credentials.session_token:
        sent["X-Amz-Security-Token"] = credentials.session_token
    lines = sorted((name.lower(), " ".join(value.split())) for name, value in sent.items())
    names = ";".join(name for name, _ in lines)
    canonical = _canonical(method, place, lines, body)
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    to_sign = "\n".join([_ALGORITHM, stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    signature = _mac(_key(credentials.secret, stamp[:8], region, service), to_sign).hex()
    sent["Authorization"] = (
        f"{_ALGORITHM} Credential={credentials.key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return sent


def _canonical(method: str, place: SplitResult, lines: Sequence[tuple[str, str]], body: bytes) -> str:
    """The request as Amazon spells it, whoever sends it."""
    query = sorted((_quoted(name), _quoted(value)) for name, value in parse_qsl(place.query, True))
    return "\n".join(
        [
            method,
            quote(place.path or "/", safe="/-_.~"),
            "&".join(f"{name}={value}" for name, value in query),
            *(f"{name}:{value}" for name, value in lines),
            "",
            ";".join(name for name, _ in lines),
            hashlib.sha256(body).hexdigest(),
        ]
    )


def _key(secret: str, *scope: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (*scope, "aws4_request"):
        key = _mac(key, part)
    return key


def _mac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")


def _quoted(text: str) -> str:
    return quote(text, safe="-_.~")

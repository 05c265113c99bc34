"""Amazon SNS over HTTPS: its envelope, its signatures (versions 1 and 2), its certificates.

Source: Amazon SNS Developer Guide, «Verifying the signatures of Amazon SNS messages», «HTTP/HTTPS
notification JSON format», «Amazon SNS message delivery retries».
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

import httpx2
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from domain.inbound import Request
from mail.hooks import fields, signatures
from mail.hooks.port import Malformed, ServiceDown, Unauthenticated

Fetch = Callable[[str], Awaitable[bytes]]
"""Gets a certificate (PEM) from an address that was found to be Amazon's."""

OLDEST = timedelta(hours=1, minutes=5)
"""SNS signs once and tries again for an hour at most; five minutes more for the clocks."""
_HOST = r"https://sns\.[a-z0-9-]{3,40}\.amazonaws\.(?:com|com\.cn|eu)(?::443)?"
_AMAZON = re.compile(_HOST + r"/[!-~]{0,2000}")
_CERTIFICATE = re.compile(_HOST + r"/SimpleNotificationService-[A-Za-z0-9]{1,80}\.pem")
_MOST_KEYS = 16
_LARGEST = 64 * 1024
_NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_CONFIRMATION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
_SIGNED = {
    "Notification": _NOTIFICATION,
    "SubscriptionConfirmation": _CONFIRMATION,
    "UnsubscribeConfirmation": _CONFIRMATION,
}
"""The fields that are signed, in the order in which they are."""
_HASHES: dict[str, type[hashes.SHA1] | type[hashes.SHA256]] = {"1": hashes.SHA1, "2": hashes.SHA256}


class Topics:
    """Tells the messages of our topics from everything else that somebody may post.

    Nothing is fetched for a topic that is not on the list, nor from a host that is not Amazon's.
    """

    def __init__(self, arns: Iterable[str], fetch: Fetch) -> None:
        self._arns = frozenset(arns)
        self._fetch = fetch
        self._certificates: dict[str, x509.Certificate] = {}

    async def authenticate(self, request: Request, now: datetime) -> None:
        """Checks topic, certificate, signature and time, in this order."""
        envelope, kind = await asyncio.to_thread(self._of_our_topics, request)
        signed_at = envelope.instant("Timestamp")
        if signed_at is None:
            raise Unauthenticated("Timestamp is missing")
        certificate = await self._certificate(envelope.text("SigningCertURL", ""))
        if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
            raise Unauthenticated("the signing certificate is not valid at this time")
        _verify(certificate, envelope, kind)
        signatures.check_age(signed_at, now, OLDEST)

    def _of_our_topics(self, request: Request) -> tuple[fields.Record, str]:
        envelope = fields.record(request.body)
        kind = _kind(envelope, request)
        if envelope.text("TopicArn", "") not in self._arns:
            raise Unauthenticated("TopicArn is none of our topics")
        return envelope, kind

    async def _certificate(self, url: str) -> x509.Certificate:
        if not _CERTIFICATE.fullmatch(url):
            raise Unauthenticated("SigningCertURL is not a certificate of Amazon SNS")
        if url not in self._certificates:
            certificate = _read(await self._fetch(url))
            while len(self._certificates) >= _MOST_KEYS:
                self._certificates.pop(next(iter(self._certificates)))
            self._certificates[url] = certificate
        return self._certificates[url]


def is_amazon(url: str) -> bool:
    """Whether a URL is on a host of Amazon SNS, over https, with nothing in it to be mistaken for one."""
    return _AMAZON.fullmatch(url) is not None


def certificates(client: httpx2.AsyncClient) -> Fetch:
    """Returns the function that gets certificates over the net, following no redirect."""

    async def fetch(url: str) -> bytes:
        try:
            answer = await client.get(url, follow_redirects=False)
        except httpx2.HTTPError as down:
            raise ServiceDown(f"Amazon SNS gives no certificate: {type(down).__name__}") from None
        if answer.status_code in (403, 404):
            raise Unauthenticated("SigningCertURL names a certificate that Amazon SNS does not have")
        if answer.status_code != 200:
            raise ServiceDown(f"Amazon SNS gives no certificate: it answers {answer.status_code}")
        return answer.content

    return fetch


def _kind(envelope: fields.Record, request: Request) -> str:
    kind = envelope.text("Type", "")
    if kind not in _SIGNED:
        raise Unauthenticated("not an SNS message; raw message delivery must be off")
    if request.headers.get("x-amz-sns-message-type", kind) != kind:
        raise Unauthenticated("the header x-amz-sns-message-type and Type differ")
    return kind


def _read(pem: bytes) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(pem[:_LARGEST])
    except ValueError:
        raise ServiceDown("Amazon SNS gives something that is no certificate") from None


def _verify(certificate: x509.Certificate, envelope: fields.Record, kind: str) -> None:
    version = envelope.label("SignatureVersion")
    key = certificate.public_key()
    if version not in _HASHES or not isinstance(key, rsa.RSAPublicKey):
        raise Unauthenticated("expected SignatureVersion 1 or 2, by an RSA key")
    signed = "".join(f"{name}\n{envelope.text(name)}\n" for name in _SIGNED[kind] if name in envelope)
    signature = signatures.decoded(envelope.text("Signature", ""), "Signature")
    try:
        key.verify(signature, signed.encode("utf-8", "replace"), padding.PKCS1v15(), _HASHES[version]())
    except InvalidSignature:
        raise Unauthenticated("the signature does not fit: a changed message") from None


def confirmation_url(envelope: fields.Record) -> str:
    """Returns the address whose visit confirms a subscription; it must be Amazon's."""
    url = envelope.text("SubscribeURL")
    if not is_amazon(url):
        raise Malformed("SubscribeURL: expected an https address of Amazon SNS")
    return url

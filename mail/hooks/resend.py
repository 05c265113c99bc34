"""Resend: webhooks for events and received mail (JSON), signed as Svix does.

Sources: Resend's documentation, «Event Types», «email.bounced», «Email Bounces», «Verify Webhooks
Requests», «Retrieve Received Email»; Svix, «Verifying Webhooks Manually».

| event                                  | becomes     | final, dead                       |
|----------------------------------------|-------------|-----------------------------------|
| email.sent, email.delivered            | accepted, delivered |                           |
| email.delivery_delayed                 | deferred    | no, no                            |
| email.bounced, type Permanent or none  | bounce      | yes, yes                          |
| email.bounced, Transient, Undetermined | bounce      | yes, no                           |
| email.suppressed                       | bounce      | yes, yes: it bounced or complained before |
| email.failed: Resend could not send it | bounce      | yes, no                           |
| email.complained                       | complaint   |                                   |
| all others                             | other       |                                   |

An event speaks of an e-mail and names all its recipients. Whose it is can be said only where there is
one; with several nobody is named and no address is called dead.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

import httpx2

from domain import errors
from domain.inbound import Arrival, EventKind, HookItem, Request, ServiceEvent
from mail.hooks import fields, items, rebuild, signatures
from mail.hooks.port import SMALL, Malformed, ServiceDown, Unauthenticated

API = "https://api.resend.com"
LONGEST = 60.0
"""Seconds for a message, its details and its original together."""
_LARGEST = 50 * 1024 * 1024
"""Resend takes 40 MB; base64 makes more of it."""
_KINDS: dict[str, EventKind] = {
    "email.sent": "accepted",
    "email.delivered": "delivered",
    "email.delivery_delayed": "deferred",
    "email.complained": "complaint",
    **dict.fromkeys(("email.bounced", "email.suppressed", "email.failed"), "bounce"),
}


class Resend:
    """Reads Resend's requests; `secrets` are the signing secrets (`whsec_…`) of its webhooks."""

    name = "resend"

    def __init__(self, secrets: Iterable[str]) -> None:
        self._keys = [_key(secret) for secret in secrets]
        if not self._keys:
            raise ValueError("expected at least one signing secret that begins with whsec_")

    def admit(self, headers: Mapping[str, str]) -> int:
        """Takes little: no event holds a message."""
        return SMALL

    async def authenticate(self, request: Request, now: datetime) -> str:
        """Checks the HMAC over id, timestamp and body; any of several signatures by any of our secrets."""
        message_id = signatures.header(request, "svix-id")
        timestamp = signatures.header(request, "svix-timestamp")
        given = [
            signature.encode("utf-8", "replace")
            for version, _, signature in (
                one.partition(",") for one in signatures.header(request, "svix-signature").split()
            )
            if version == "v1"
        ]
        signed = f"{message_id}.{timestamp}.".encode("utf-8", "replace") + request.body
        made = [signatures.base64_of(signatures.hmac_sha256(key, signed)) for key in self._keys]
        if not any(signatures.same(one, *made) for one in given):
            raise Unauthenticated("no signature fits: another signing secret, or a changed body")
        signatures.check_age(signatures.seconds(timestamp, "svix-timestamp"), now)
        return ""

    def read(self, request: Request) -> Sequence[HookItem]:
        """Reads one event, or the notice of one message that `fetch` gets."""
        body = fields.record(request.body)
        if body.text("type") == "email.received":
            return [_arrival(body.record("data"))]
        return [_event(body, request.headers.get("svix-id", ""))]


def _key(secret: str) -> bytes:
    try:
        return signatures.decoded(secret.strip().removeprefix("whsec_"), "") or _refuse()
    except Unauthenticated:
        return _refuse()


def _refuse() -> bytes:
    raise ValueError("expected a signing secret: whsec_ and base64")


def _event(body: fields.Record, svix_id: str) -> ServiceEvent:
    data = body.record("data")
    to = data.texts("to")
    kind, dead = _outcome(body.text("type"), data.record("bounce"))
    return items.event(
        Resend.name,
        kind,
        key=svix_id
        or items.digest([body.text("type"), data.text("email_id", ""), body.text("created_at", "")]),
        recipient=to[0] if len(to) == 1 else "",
        message_id=data.text("message_id", ""),
        service_id=data.text("email_id", ""),
        final=kind == "bounce",
        dead=dead and len(to) == 1,
        words=_words(data),
        at=body.instant("created_at"),
    )


def _outcome(name: str, bounce: fields.Record) -> tuple[EventKind, bool]:
    """The table above: what it became, and whether the address is dead."""
    kind = _KINDS.get(name, "other")
    if name == "email.bounced":
        return kind, bounce.text("type", "Permanent") == "Permanent"
    return kind, name == "email.suppressed"


def _words(data: fields.Record) -> str:
    """Why, in Resend's or the receiving server's words."""
    bounce = data.record("bounce")
    told = [bounce.text("type", ""), bounce.text("subType", ""), bounce.text("message", "")]
    told += [data.record("suppressed").text("message", ""), data.record("failed").text("reason", "")]
    return " ".join(filter(None, told))


def _arrival(data: fields.Record) -> Arrival:
    email_id = data.text("email_id")
    if not re.fullmatch(r"[\w-]{1,100}", email_id, re.ASCII):
        raise Malformed("data.email_id: expected an identifier")
    to = tuple(dict.fromkeys(items.address(one) for one in data.texts("to")))
    return Arrival(key=f"resend:{email_id}", raw=b"", to=to, fetch=email_id)


async def fetch(client: httpx2.AsyncClient, api_key: str, email_id: str, *, api: str = API) -> bytes:
    """Returns a received message as it came in, or rebuilt where Resend keeps no original.

    Raises `NotFound` for an id that Resend does not know (any more), `BadSetting` for a refused key,
    `ServiceDown` when trying again may help (it took longer than `LONGEST`, too), and `Malformed` for an
    answer that is none.
    """
    try:
        async with asyncio.timeout(LONGEST):
            return await _fetched(client, api_key, email_id, api)
    except TimeoutError:
        raise ServiceDown(f"Resend did not hand the message over within {LONGEST:.0f} s") from None


async def _fetched(client: httpx2.AsyncClient, api_key: str, email_id: str, api: str) -> bytes:
    address = httpx2.URL(f"{api}/emails/receiving/{quote(email_id, safe='')}")
    email = fields.record(await _get(client, address, api_key))
    download = email.record("raw").text("download_url", "")
    if not download:
        return _rebuilt(email)
    return await _get(client, _download(download, address.scheme))


def _download(text: str, scheme: str) -> httpx2.URL:
    """The address of an original, which must be as safe as the API's own."""
    try:
        url = httpx2.URL(text)
    except httpx2.InvalidURL:
        url = httpx2.URL("")
    if url.scheme != scheme or not url.host:
        raise Malformed(f"raw.download_url: expected an {scheme} address")
    return url


async def _get(client: httpx2.AsyncClient, url: httpx2.URL, api_key: str = "") -> bytes:
    """Gets a body of bounded size; a download's address is signed and is given no key."""
    who = f"Resend ({url.host})"
    headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
    try:
        async with client.stream("GET", url, headers=headers, follow_redirects=False) as answer:
            _check(answer.status_code, who, keyed=bool(api_key))
            body = bytearray()
            async for chunk in answer.aiter_bytes():
                body += chunk
                if len(body) > _LARGEST:
                    raise Malformed(f"{who}: the message is larger than {_LARGEST} bytes")
            return bytes(body)
    except httpx2.HTTPError as down:
        raise ServiceDown(f"{who} does not answer: {type(down).__name__}") from None


def _check(status: int, who: str, *, keyed: bool) -> None:
    if status == 200:
        return
    if keyed and status in (401, 403):
        raise errors.BadSetting(f"{who} refuses the API key ({status}): expected one with full access")
    if status == 404:
        raise errors.NotFound(f"{who} does not know this message")
    raise ServiceDown(f"{who} answers {status}")


def _rebuilt(email: fields.Record) -> bytes:
    """The message from the pieces of the Receiving API; its attachments stay there."""
    given = [
        (name, value) for name, value in email.record("headers").values.items() if isinstance(value, str)
    ]
    known = [
        ("From", email.text("from", "")),
        ("To", ", ".join(email.texts("to"))),
        ("Cc", ", ".join(email.texts("cc"))),
        ("Reply-To", ", ".join(email.texts("reply_to"))),
        ("Subject", email.text("subject", "")),
        ("Message-ID", email.text("message_id", "")),
    ]
    headers = rebuild.missing(given, known)
    return rebuild.message(headers, text=email.text("text", ""), html=email.text("html", ""))

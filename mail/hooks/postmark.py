"""Postmark: webhooks and inbound processing (JSON), authenticated by HTTP basic credentials alone.

Sources: Postmark's documentation, «Bounce webhook», «Bounce types», «Spam complaint webhook»,
«Subscription change webhook», «Inbound webhook», «Parse an email». Postmark signs nothing.

| bounce `Type`                                 | becomes     | final, dead                                |
|-----------------------------------------------|-------------|--------------------------------------------|
| HardBounce                                    | bounce      | yes; yes, unless the server's words say no |
| BadEmailAddress                               | bounce      | yes, yes                                   |
| Transient, DnsError: Postmark still tries     | deferred    | no, no                                     |
| Unsubscribe                                   | unsubscribe |                                            |
| SpamComplaint                                 | complaint   |                                            |
| Subscribe, AutoResponder, AddressChange,      | other       |                                            |
| OpenRelayTest, ChallengeVerification,         |             |                                            |
| InboundError                                  |             |                                            |
| all others (SoftBounce, Blocked, …)           | bounce      | yes, no                                    |
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.inbound import Arrival, EventKind, HookItem, Request, ServiceEvent
from mail.hooks import fields, items, rebuild, signatures
from mail.hooks.port import Malformed

LARGEST = 110 * 2**20
"""Bytes of one body: 35 MB of attachments, in base64, and both parsed and in the raw e-mail."""
_BOUNCES: dict[str, EventKind] = {
    "Transient": "deferred",
    "DnsError": "deferred",
    "Unsubscribe": "unsubscribe",
    "SpamComplaint": "complaint",
    **dict.fromkeys(("Subscribe", "AutoResponder", "AddressChange"), "other"),
    **dict.fromkeys(("OpenRelayTest", "ChallengeVerification", "InboundError"), "other"),
}
_CHANGES: dict[str, EventKind] = {
    "HardBounce": "bounce",
    "SpamComplaint": "complaint",
    "ManualSuppression": "unsubscribe",
}
_TIMES = ("DeliveredAt", "BouncedAt", "ChangedAt", "ReceivedAt")


class Postmark:
    """Reads Postmark's requests; `auth` is the `user:password` in the URLs that Postmark was given."""

    name = "postmark"

    def __init__(self, auth: str) -> None:
        self._auth = signatures.basic(auth)

    def admit(self, headers: Mapping[str, str]) -> int:
        """Checks the basic credentials before a body is read, which may be large."""
        signatures.check_basic(headers, [self._auth])
        return LARGEST

    async def authenticate(self, request: Request, now: datetime) -> str:
        """Checks the basic credentials."""
        signatures.check_basic(request.headers, [self._auth])
        return ""

    def read(self, request: Request) -> Sequence[HookItem]:
        """Reads what has a RecordType as one event, all else as one message."""
        body = fields.record(request.body)
        return [_event(body)] if "RecordType" in body else [_arrival(body)]


def _event(body: fields.Record) -> ServiceEvent:
    record_type = body.text("RecordType")
    kind, dead = _outcome(body, record_type)
    marks = [record_type, body.label("ID"), body.text("MessageID", ""), _recipient(body)]
    return items.event(
        Postmark.name,
        kind,
        key=items.digest([*marks, *(body.text(name, "") for name in _TIMES)]),
        recipient=_recipient(body),
        service_id=body.text("MessageID", ""),
        final=kind == "bounce",
        dead=dead,
        words=body.text("Details", "") or body.text("Description", ""),
        at=next(filter(None, map(body.instant, _TIMES)), None),
    )


def _recipient(body: fields.Record) -> str:
    return body.text("Email", "") or body.text("Recipient", "")


def _outcome(body: fields.Record, record_type: str) -> tuple[EventKind, bool]:
    """What it became, and whether the address is dead."""
    match record_type:
        case "Delivery":
            return "delivered", False
        case "SpamComplaint":
            return "complaint", False
        case "Bounce":
            return _bounce(body)
        case "SubscriptionChange" if body.flag("SuppressSending"):
            kind = _CHANGES.get(body.text("SuppressionReason", ""), "other")
            return kind, kind == "bounce"
    return "other", False


def _bounce(body: fields.Record) -> tuple[EventKind, bool]:
    """The table above."""
    bounce_type = body.text("Type")
    if bounce_type == "HardBounce":
        return "bounce", items.is_gone(body.text("Details", "")) is not False
    return _BOUNCES.get(bounce_type, "bounce"), bounce_type == "BadEmailAddress"


def _arrival(body: fields.Record) -> Arrival:
    to = [body.text("OriginalRecipient", "")]
    if raw := body.text("RawEmail", ""):
        return items.arrival(raw.encode("utf-8", "replace"), to)
    if not any(name in body for name in ("FromFull", "From", "Headers", "TextBody", "HtmlBody")):
        raise Malformed("RecordType, RawEmail or FromFull: expected an event or an inbound message")
    html = body.text("HtmlBody", "")
    text = body.text("TextBody", "") or ("" if html else body.text("StrippedTextReply", ""))
    given = [(one.text("Name"), one.text("Value", "")) for one in body.records("Headers")]
    attachments = [_attachment(one) for one in body.records("Attachments")]
    headers = rebuild.missing(given, _known(body))
    return items.arrival(rebuild.message(headers, text=text, html=html, attachments=attachments), to)


def _known(body: fields.Record) -> list[tuple[str, str]]:
    """The headers that Postmark has taken out of `Headers`."""
    sender = body.record("FromFull")
    name, address = sender.text("Name", ""), sender.text("Email", "")
    return [
        ("From", body.text("From", "") if not address else _mailbox(name, address)),
        ("To", body.text("To", "")),
        ("Cc", body.text("Cc", "")),
        ("Reply-To", body.text("ReplyTo", "")),
        ("Subject", body.text("Subject", "")),
        ("Date", body.text("Date", "")),
    ]


def _mailbox(name: str, address: str) -> str:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>' if name else address


def _attachment(one: fields.Record) -> rebuild.Piece:
    try:
        content = base64.b64decode("".join(one.text("Content", "").split()), validate=True)
    except (ValueError, binascii.Error):
        raise Malformed("Attachments: Content: expected base64") from None
    kind = one.text("ContentType", "application/octet-stream")
    return rebuild.Piece(kind, content, one.text("Name", ""), one.text("ContentID", ""))

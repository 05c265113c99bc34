"""SendGrid: the Event Webhook (JSON, signed) and Inbound Parse (forms, signed or with basic auth).

Sources: Twilio SendGrid's documentation, «Event Webhook Reference», «Getting Started with the Event
Webhook Security Features», «Securing your Inbound Parse Webhooks», «Inbound Email Parse Webhook».

| event                          | becomes     | final, dead                                         |
|--------------------------------|-------------|-----------------------------------------------------|
| processed, delivered           | accepted, delivered |                                             |
| deferred                       | deferred    | no, no                                              |
| bounce of type `blocked`       | bounce      | yes, no: refused this time, for reasons of ours     |
| bounce                         | bounce      | yes; by its classification, else the server's words |
| dropped: Bounced Address, Invalid | bounce   | yes, yes                                            |
| dropped: Unsubscribed Address  | unsubscribe |                                                     |
| dropped: Spam Reporting Address | complaint  |                                                     |
| dropped for any other reason   | bounce      | yes, no                                             |
| spamreport                     | complaint   |                                                     |
| unsubscribe, group_unsubscribe | unsubscribe |                                                     |
| all others                     | other       |                                                     |
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.inbound import Arrival, EventKind, HookItem, Request, ServiceEvent
from mail.hooks import fields, forms, items, rebuild, signatures
from mail.hooks.port import LARGE, Malformed, Unauthenticated

_SIGNATURE = "x-twilio-email-event-webhook-signature"
_TIMESTAMP = "x-twilio-email-event-webhook-timestamp"
RETRIED = timedelta(hours=73)
"""SendGrid tries again for three days, and does not say that it signs anew. Body and time are signed and a
repetition is known by its key: a request that is replayed does nothing."""

_AFTER_ID = re.compile(r"\.(?:filter|recvd)[-\w]*\..*", re.S)
"""What SendGrid adds in `sg_message_id` to the `X-Message-Id` that it answered with."""
_KINDS: dict[str, EventKind] = {
    "processed": "accepted",
    "delivered": "delivered",
    "deferred": "deferred",
    "spamreport": "complaint",
    "unsubscribe": "unsubscribe",
    "group_unsubscribe": "unsubscribe",
}


class _Outcome(NamedTuple):
    kind: EventKind
    final: bool | None = None
    dead: bool | None = None


class SendGrid:
    """Reads SendGrid's requests; each kind needs its own secret, and is refused without it.

    `event_key` and `parse_key` are public keys as SendGrid shows them, `parse_auth` is `user:password`
    for Inbound Parse without a security policy. `oldest` bounds the age of what is signed. Raises
    ValueError for a key that is none.
    """

    name = "sendgrid"

    def __init__(
        self,
        *,
        event_key: str = "",
        parse_key: str = "",
        parse_auth: str = "",
        oldest: timedelta = RETRIED,
    ) -> None:
        self._event_key = signatures.ecdsa_key(event_key) if event_key else None
        self._parse_key = signatures.ecdsa_key(parse_key) if parse_key else None
        self._parse_auth = signatures.basic(parse_auth) if parse_auth else ""
        self._oldest = oldest

    def admit(self, headers: Mapping[str, str]) -> int:
        """Takes a message with its attachments: whoever sent it is known before anything is parsed."""
        return LARGE

    async def authenticate(self, request: Request, now: datetime) -> str:
        """Checks ECDSA over timestamp and body; for forms without a key, basic credentials."""
        is_form = forms.is_form(request.headers)
        key = self._parse_key if is_form else self._event_key
        if key is not None:
            timestamp = signatures.header(request, _TIMESTAMP)
            signed = timestamp.encode("utf-8", "replace") + request.body
            signatures.check_ecdsa(key, signatures.header(request, _SIGNATURE), signed)
            signatures.check_age(signatures.seconds(timestamp, _TIMESTAMP), now, self._oldest)
        elif is_form and self._parse_auth:
            signatures.check_basic(request.headers, [self._parse_auth])
        else:
            what = "Inbound Parse" if is_form else "the Event Webhook"
            raise Unauthenticated(f"nothing is configured to authenticate {what} with")
        return ""

    def read(self, request: Request) -> Sequence[HookItem]:
        """Reads a form as one message, JSON as a batch of events."""
        if forms.is_form(request.headers):
            return [_arrival(forms.read(request))]
        return [_event(record) for record in fields.many(request.body)]


def _event(record: fields.Record) -> ServiceEvent:
    outcome = _outcome(record)
    return items.event(
        SendGrid.name,
        outcome.kind,
        key=_key(record),
        recipient=record.text("email", ""),
        message_id=record.text("smtp-id", ""),
        service_id=_AFTER_ID.sub("", record.text("sg_message_id", "")),
        final=outcome.final,
        dead=outcome.dead,
        words=record.text("reason", "") or record.text("response", ""),
        at=record.unix_time("timestamp"),
    )


def _key(record: fields.Record) -> str:
    marks = [record.text(name, "") for name in ("event", "email", "sg_message_id", "reason")]
    return record.text("sg_event_id", "") or items.digest([*marks, str(record.unix_time("timestamp"))])


def _outcome(record: fields.Record) -> _Outcome:
    """The table above."""
    event = record.text("event")
    if event == "bounce":
        return _Outcome("bounce", True, record.text("type", "") != "blocked" and _is_dead(record))
    if event == "dropped":
        return _dropped(record.text("reason", "").lower())
    if event == "deferred":
        return _Outcome("deferred", False, False)
    return _Outcome(_KINDS.get(event, "other"))


def _dropped(reason: str) -> _Outcome:
    if reason.startswith("unsubscribed"):
        return _Outcome("unsubscribe")
    if reason.startswith("spam report"):
        return _Outcome("complaint")
    return _Outcome("bounce", True, reason.startswith("bounced") or reason == "invalid")


def _is_dead(record: fields.Record) -> bool:
    """A hard bounce means a dead address, unless SendGrid or the receiving server says otherwise."""
    classification = record.text("bounce_classification", "").lower()
    if classification and classification != "unclassified":
        return classification == "invalid address"
    said = items.is_gone(f"{record.text('status', '')} {record.text('reason', '')}")
    return said is not False


def _arrival(form: forms.Form) -> Arrival:
    envelope = fields.record(form.first("envelope"), "envelope") if "envelope" in form else fields.Record({})
    to = envelope.texts("to")
    if "email" in form or any(file.field == "email" for file in form.files):
        raw = form.first("email") or next((one.content for one in form.files if one.field == "email"), b"")
        if not raw.strip():
            raise Malformed("email: expected the raw message")
        return items.arrival(raw, to)
    if not any(name in form for name in ("headers", "text", "html", "from")):
        raise Malformed("expected the fields of Inbound Parse: email, or headers, text and html")
    return items.arrival(_rebuilt(form, envelope), to)


def _rebuilt(form: forms.Form, envelope: fields.Record) -> bytes:
    charsets = fields.record(form.first("charsets"), "charsets") if "charsets" in form else fields.Record({})

    def text(name: str) -> str:
        return form.text(name, charsets.text(name, "utf-8"))

    known = [(name.title(), text(name)) for name in ("from", "to", "cc", "subject")]
    sender = envelope.text("from", "")
    if "from" in envelope:
        known.append(("Return-Path", f"<{sender.strip('<>')}>"))
    given = rebuild.split(form.text("headers"))
    return rebuild.message(
        rebuild.missing(given, known), text=text("text"), html=text("html"), attachments=_attachments(form)
    )


def _attachments(form: forms.Form) -> list[rebuild.Piece]:
    about = (
        fields.record(form.first("attachment-info"), "attachment-info")
        if "attachment-info" in form
        else fields.Record({})
    )
    return [
        rebuild.Piece(one.content_type, one.content, one.name, about.record(one.field).text("content-id", ""))
        for one in form.files
    ]

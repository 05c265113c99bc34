"""Mailgun: webhooks (JSON, and the older forms) and routes that forward (forms), all signed alike.

Sources: Mailgun's documentation, «Securing Webhooks», «Receiving Messages via HTTP through a forward()
action», «Webhook Retries», «Tracking Failures», «Event Types».

| event                                     | becomes     | final, dead                            |
|-------------------------------------------|-------------|----------------------------------------|
| accepted, delivered                       | accepted, delivered |                                |
| failed, temporary                         | deferred    | no, no                                 |
| … of reason `old`: Mailgun has given up   | bounce      | yes, no                                |
| failed, permanent; `bounced`, `dropped`   | bounce      | yes; by code and the server's words    |
| … suppress-bounce, code 605               | bounce      | yes, yes                               |
| … suppress-unsubscribe, code 606          | unsubscribe |                                        |
| … suppress-complaint, code 607            | complaint   |                                        |
| … code 498 (the domain takes no mail)     | bounce      | yes, yes                               |
| rejected: Mailgun would not send it       | bounce      | yes, no                                |
| complained, unsubscribed                  | complaint, unsubscribe |                             |
| all others                                | other       |                                        |
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from domain.inbound import Arrival, EventKind, HookItem, Request, ServiceEvent
from mail.hooks import fields, forms, items, rebuild, signatures
from mail.hooks.port import LARGE, SMALL, Malformed, Unauthenticated

OLDEST = timedelta(hours=9)
"""Mailgun tries for eight hours and sends the first attempt's signature with each."""
_SIGNED = ("timestamp", "token", "signature")
_KINDS: dict[str, EventKind] = {
    "accepted": "accepted",
    "delivered": "delivered",
    "complained": "complaint",
    "unsubscribed": "unsubscribe",
}
_SUPPRESSED: dict[str, EventKind] = {
    **dict.fromkeys(("suppress-bounce", "605"), "bounce"),
    **dict.fromkeys(("suppress-unsubscribe", "606"), "unsubscribe"),
    **dict.fromkeys(("suppress-complaint", "607"), "complaint"),
}


class Mailgun:
    """Reads Mailgun's requests; `signing_key` is the account's HTTP webhook signing key.

    The signature covers a time and a token, not the body: each delivery has a token of its own, and repeats
    it when it is tried again.
    """

    name = "mailgun"

    def __init__(self, signing_key: str, *, oldest: timedelta = OLDEST) -> None:
        if not signing_key.strip():
            raise ValueError("expected Mailgun's HTTP webhook signing key")
        self._key = signing_key.strip().encode()
        self._oldest = oldest

    def admit(self, headers: Mapping[str, str]) -> int:
        """Takes little JSON: it is parsed before it is authenticated. Messages come as forms."""
        return LARGE if forms.is_form(headers) else SMALL

    async def authenticate(self, request: Request, now: datetime) -> str:
        """Checks the HMAC over timestamp and token, which stand in the body; returns the token."""
        signed = await asyncio.to_thread(_signature, request)
        made = signatures.hmac_sha256(
            self._key, signed.timestamp.encode("utf-8", "replace"), signed.token.encode("utf-8", "replace")
        )
        given = (signed.signature.encode("utf-8", "replace"), signed.parent.encode("utf-8", "replace"))
        if not signatures.same(made.hex().encode(), *given):
            raise Unauthenticated("the signature does not fit: another signing key, or a changed request")
        signatures.check_age(signatures.seconds(signed.timestamp, "timestamp"), now, self._oldest)
        return signed.token

    def read(self, request: Request) -> Sequence[HookItem]:
        """Reads JSON as one event; a form as one message, or as an event of the older kind."""
        if not forms.is_form(request.headers):
            body = fields.record(request.body)
            return [_event(body.record("event-data"), _of_json(body).token)]
        form = forms.read(request)
        if "event" in form:
            return [_event(_modern(form), form.last("token").decode("utf-8", "replace"))]
        return [_arrival(form)]


class _Signature(NamedTuple):
    timestamp: str
    token: str
    signature: str
    parent: str = ""
    """The primary account's, beside a subaccount's own."""


def _signature(request: Request) -> _Signature:
    """Where it stands: in `signature` of JSON; in the last fields of a form, after the sender's own."""
    if not forms.is_form(request.headers):
        return _of_json(fields.record(request.body))
    form = forms.read(request)
    return _whole(_Signature(*(form.last(name).decode("utf-8", "replace") for name in _SIGNED)))


def _of_json(body: fields.Record) -> _Signature:
    block = body.record("signature")
    return _whole(_Signature(*(block.label(name) for name in (*_SIGNED, "parent-signature"))))


def _whole(found: _Signature) -> _Signature:
    if not all(found[:3]):
        raise Unauthenticated("timestamp, token or signature is missing")
    return found


def _event(record: fields.Record, token: str) -> ServiceEvent:
    status = record.record("delivery-status")
    message_id = record.record("message").record("headers").text("message-id", "")
    kind, final, dead = _outcome(record, status)
    return items.event(
        Mailgun.name,
        kind,
        key=record.text("id", "") or token,
        recipient=record.text("recipient", ""),
        message_id=message_id,
        service_id=items.bracketed(message_id),
        final=final,
        dead=dead,
        words=_words(status),
        at=record.unix_time("timestamp"),
    )


def _outcome(record: fields.Record, status: fields.Record) -> tuple[EventKind, bool | None, bool | None]:
    """The table above."""
    event, reason = record.text("event"), record.text("reason", "")
    if event == "rejected":
        return "bounce", True, False
    if event != "failed":
        return _KINDS.get(event, "other"), None, None
    if record.text("severity", "permanent") == "temporary":
        return ("bounce", True, False) if reason == "old" else ("deferred", False, False)
    suppressed = _SUPPRESSED.get(reason) or _SUPPRESSED.get(status.label("code"))
    if suppressed is not None:
        return suppressed, True, True
    return "bounce", True, reason != "old" and _is_dead(status)


def _is_dead(status: fields.Record) -> bool:
    code = status.label("code")
    if code == "498":
        return True
    bounce_type = status.text("bounce-type", "")
    said = " ".join(filter(None, (status.text("enhanced-code", ""), status.text("message", ""))))
    gone = items.is_gone(said, code)
    return bounce_type != "soft" and (bounce_type == "hard" if gone is None else gone)


def _words(status: fields.Record) -> str:
    said = (status.label("code"), status.text("message", "") or status.text("description", ""))
    return " ".join(filter(None, said))


def _modern(form: forms.Form) -> fields.Record:
    """An event of the older kind (a form) in the words of today's."""
    event = form.text("event")
    status = {"code": form.text("code"), "message": form.text("error") or form.text("description")}
    failed = event in ("bounced", "dropped")
    values: dict[str, Any] = {
        "event": "failed" if failed else event,
        "severity": "permanent" if failed else None,
        "reason": form.text("reason"),
        "recipient": form.text("recipient"),
        "timestamp": form.last("timestamp").decode("utf-8", "replace"),
        "message": {"headers": {"message-id": form.text("Message-Id") or form.text("message-id")}},
        "delivery-status": status,
    }
    return fields.Record(values)


def _arrival(form: forms.Form) -> Arrival:
    to = form.text("recipient").split(",")
    if raw := form.first("body-mime"):
        return items.arrival(raw, to)
    if not any(name in form for name in ("message-headers", "body-plain", "body-html")):
        raise Malformed("expected a message's fields: body-mime, or message-headers and body-plain")
    known = [("From", form.text("from")), ("To", ", ".join(to)), ("Subject", form.text("subject"))]
    if "sender" in form:
        known.append(("Return-Path", f"<{form.text('sender').strip('<>')}>"))
    return items.arrival(
        rebuild.message(
            rebuild.missing(_headers(form), known),
            text=form.text("body-plain"),
            html=form.text("body-html"),
            attachments=_attachments(form),
        ),
        to,
    )


def _headers(form: forms.Form) -> list[tuple[str, str]]:
    """The pairs of `message-headers`; a value may be a list that begins with what is meant."""
    if "message-headers" not in form:
        return []
    pairs = []
    for pair in fields.listed(form.first("message-headers"), "message-headers"):
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], str):
            raise Malformed("message-headers: expected pairs of name and value")
        if isinstance(pair[1], str):
            pairs.append((pair[0], pair[1]))
    return pairs


def _attachments(form: forms.Form) -> list[rebuild.Piece]:
    known = (
        fields.record(form.first("content-id-map"), "content-id-map").values
        if "content-id-map" in form
        else {}
    )
    ids = {field: content_id for content_id, field in known.items() if isinstance(field, str)}
    return [
        rebuild.Piece(one.content_type, one.content, one.name, ids.get(one.field, "")) for one in form.files
    ]

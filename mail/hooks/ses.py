"""Amazon SES over SNS: what became of our mail, and mail that it received for us.

Sources: Amazon SES Developer Guide, «Contents of event data that Amazon SES publishes to Amazon SNS»,
«Amazon SNS notification contents», «Contents of notifications for Amazon SES email receiving».

| event                                | becomes     | final, dead                                     |
|--------------------------------------|-------------|-------------------------------------------------|
| Send, Delivery                       | accepted, delivered |                                         |
| DeliveryDelay                        | deferred    | no, no                                          |
| Bounce, Permanent                    | bounce      | yes; yes, unless the server's words say no      |
| … UnsubscribedRecipient              | unsubscribe |                                                 |
| Bounce, Transient General that no    | bounce      | no, no: it may be an automatic reply            |
| server called failed                 |             |                                                 |
| Bounce, any other                    | bounce      | yes; by the server's words, no without          |
| Complaint (but `not-spam`)           | complaint   |                                                 |
| Subscription that leaves something   | unsubscribe |                                                 |
| Reject, Rendering Failure            | bounce      | yes, no: about the letter                       |
| all others                           | other       |                                                 |
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from domain.inbound import Arrival, Confirmation, EventKind, HookItem, Request, ServiceEvent
from mail.hooks import fields, items, sns
from mail.hooks.port import SMALL, Malformed

_TEST = "Successfully validated SNS topic for Amazon SES event publishing"
"""What SES writes to a topic once, when it is connected with it."""
_KINDS: dict[str, EventKind] = {
    "Send": "accepted",
    "Delivery": "delivered",
    "DeliveryDelay": "deferred",
    "Bounce": "bounce",
    "Reject": "bounce",
    "Rendering Failure": "bounce",
    "Complaint": "complaint",
}
_DETAILS = {"DeliveryDelay": "deliveryDelay", "Rendering Failure": "failure"}
_RECIPIENTS = {
    "Bounce": "bouncedRecipients",
    "Complaint": "complainedRecipients",
    "DeliveryDelay": "delayedRecipients",
}


class Ses:
    """Reads what SES publishes to our SNS topics; `topics` are their ARNs, all others are refused."""

    name = "ses"

    def __init__(self, topics: Iterable[str], fetch: sns.Fetch) -> None:
        arns = [topic.strip() for topic in topics if topic.strip()]
        if not arns or not all(one.startswith("arn:aws") and ":sns:" in one for one in arns):
            raise ValueError("expected the topics' ARNs, such as arn:aws:sns:eu-west-1:123456789012:replies")
        self._topics = sns.Topics(arns, fetch)

    def admit(self, headers: Mapping[str, str]) -> int:
        """Takes what SNS may carry, 256 KB, and its escapes: it is parsed before it is authenticated."""
        return SMALL

    async def authenticate(self, request: Request, now: datetime) -> str:
        """Checks the topic and Amazon's signature."""
        await self._topics.authenticate(request, now)
        return ""

    def read(self, request: Request) -> Sequence[HookItem]:
        """Reads a notification, or the question whether we subscribed.

        The notice that a subscription has ended says nothing: its URL would only renew it.
        """
        envelope = fields.record(request.body)
        match envelope.text("Type"):
            case "SubscriptionConfirmation":
                return [Confirmation(sns.confirmation_url(envelope))]
            case "Notification":
                return _notification(envelope)
        return []


def _notification(envelope: fields.Record) -> Sequence[HookItem]:
    text = envelope.text("Message")
    if text.startswith(_TEST):
        return []
    message = fields.record(text, "Message")
    kind = message.text("notificationType", "") or message.text("eventType")
    return [_arrival(message)] if kind == "Received" else _events(envelope, message, kind)


class _Told(NamedTuple):
    """What an event says of one recipient."""

    recipient: str
    kind: EventKind
    final: bool | None = None
    dead: bool | None = None
    words: str = ""


def _events(envelope: fields.Record, message: fields.Record, name: str) -> list[ServiceEvent]:
    details = message.record(_DETAILS.get(name, name.lower()))
    mail = message.record("mail")
    key = details.text("feedbackId", "") or envelope.text("MessageId")
    return [
        items.event(
            Ses.name,
            told.kind,
            key=f"{key}:{items.digest([name, items.address(told.recipient)])}",
            recipient=told.recipient,
            message_id=_message_id(mail),
            service_id=mail.text("messageId", ""),
            final=told.final,
            dead=told.dead,
            words=told.words,
            at=details.instant("timestamp") or envelope.instant("Timestamp"),
        )
        for told in _told(name, details, mail)
    ]


def _told(name: str, details: fields.Record, mail: fields.Record) -> list[_Told]:
    """The table above, recipient by recipient."""
    people = details.records(_RECIPIENTS[name]) if name in _RECIPIENTS else []
    if name == "Bounce":
        return [_bounce(details, person) for person in people]
    if people:
        kind = _complaint(details) if name == "Complaint" else _KINDS[name]
        return [_Told(one.text("emailAddress"), kind, False, False, _why(details, one)) for one in people]
    recipients = details.texts("recipients") if name == "Delivery" else mail.texts("destination")
    kind = "unsubscribe" if name == "Subscription" and _leaves(details) else _KINDS.get(name, "other")
    return [_Told(one, kind, kind == "bounce", False, _why(details, details)) for one in recipients]


def _bounce(details: fields.Record, person: fields.Record) -> _Told:
    bounce_type, subtype = details.text("bounceType", ""), details.text("bounceSubType", "")
    address, words = person.text("emailAddress"), _why(details, person)
    status, action = person.text("status", ""), person.text("action", "")
    if subtype == "UnsubscribedRecipient":
        return _Told(address, "unsubscribe", words=words)
    said = items.is_gone(person.text("diagnosticCode", ""))
    if said is None:
        said = items.is_gone(status)
    if bounce_type == "Permanent":
        return _Told(address, "bounce", True, said is not False or subtype != "General", words)
    final = bounce_type != "Transient" or subtype != "General" or action == "failed" or status.startswith("5")
    return _Told(address, "bounce", final, final and bool(said), words)


def _complaint(details: fields.Record) -> EventKind:
    return "other" if details.text("complaintFeedbackType", "") == "not-spam" else "complaint"


def _leaves(details: fields.Record) -> bool:
    """Whether somebody left a contact list, or a topic of it, in SES's own subscription management."""
    now = details.record("newTopicPreferences")
    out = [one.text("subscriptionStatus", "") for one in now.records("topicSubscriptionStatus")]
    return now.flag("unsubscribeAll") or "OptOut" in out


def _why(details: fields.Record, person: fields.Record) -> str:
    told = [details.text(name, "") for name in ("bounceType", "bounceSubType", "delayType", "reason")]
    told += [details.text(name, "") for name in ("complaintFeedbackType", "errorMessage", "smtpResponse")]
    return " ".join(filter(None, [*told, person.text("diagnosticCode", "")]))


def _message_id(mail: fields.Record) -> str:
    """Our own Message-ID: SES sends with another, and keeps ours among the headers."""
    for header in mail.records("headers"):
        if header.text("name", "").lower() == "message-id":
            return header.text("value", "")
    return mail.record("commonHeaders").text("messageId", "")


def _arrival(message: fields.Record) -> Arrival:
    receipt = message.record("receipt")
    action = receipt.record("action")
    if "content" not in message:
        kind = action.text("type", "") or "another"
        raise Malformed(
            f"content is missing: the receipt rule's {kind} action does not include the message. "
            "Use the SNS action (encoding Base64); mail kept in S3 is not supported"
        )
    return items.arrival(_content(message, action.text("encoding", "")), receipt.texts("recipients"))


def _content(message: fields.Record, encoding: str) -> bytes:
    """The raw message; base64 is also known by having no colon, without which there is no header."""
    content = message.text("content")
    if encoding.upper() == "BASE64" or (not encoding and ":" not in content):
        try:
            return base64.b64decode("".join(content.split()), validate=True)
        except (ValueError, binascii.Error):
            raise Malformed("content: expected base64") from None
    return content.encode("utf-8", "replace")

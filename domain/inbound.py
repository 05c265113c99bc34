"""What comes back: mail as it arrived, what it says, and what a mail service tells about an e-mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from domain.letters import Model

MailKind = Literal["human", "auto_reply", "bounce", "complaint", "unsubscribe", "other"]
MAIL_KINDS: tuple[MailKind, ...] = ("human", "auto_reply", "bounce", "complaint", "unsubscribe", "other")

EventKind = Literal["accepted", "delivered", "deferred", "bounce", "complaint", "unsubscribe", "other"]


class Meaning(Model):
    """What a message says, as far as a program can tell.

    `delivery_final` and `address_dead` are two answers: a full mailbox ends a delivery, an unknown user
    ends an address. Both are None unless `kind` is `bounce`.
    """

    kind: MailKind
    delivery_final: bool | None = None
    """True when this delivery is over, False when the server still tries."""
    address_dead: bool | None = None
    """True when nobody can be reached at the address any more."""
    recipients: tuple[str, ...] = ()
    """A bounce's failing addresses; a complaint's or an unsubscribe's own."""
    status: str | None = None
    """The enhanced status code, such as `5.1.1` (RFC 3463)."""
    original_message_id: str | None = None
    """The Message-ID of the message that a bounce or complaint returns, with its angle brackets."""
    returns_on: date | None = None
    """The day that an absent person names as the first one back."""
    text: str = ""
    """The writer's own words, without what they quote and without their signature."""


class Mail(Model):
    """A message as it came in, read once: who wrote, what it answers, what it means."""

    message_id: str | None = None
    sender: str = ""
    """The author's address in lower case, empty where there is none."""
    sender_name: str = ""
    addressed_to: tuple[str, ...] = ()
    """Every address it was sent to: envelope, To, Cc, Delivered-To and their like; in lower case."""
    subject: str = ""
    sent_at: datetime | None = None
    answers: tuple[str, ...] = ()
    """Message-IDs that it answers, the nearest first: In-Reply-To, then References from the last back."""
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request of a mail service, exactly as it came: authentication needs the raw body."""

    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    path: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message that a service or a mailbox hands over.

    `key` is the same for a repeated delivery of the same message. Where a service sends only a
    reference, `raw` is empty and `fetch` says what to ask it for.
    """

    key: str
    raw: bytes
    to: tuple[str, ...] = ()
    """The envelope's recipients, where the service tells them."""
    fetch: str = ""


class ServiceEvent(Model):
    """One thing that a mail service tells about one e-mail and one recipient."""

    key: str
    """The same for a repeated delivery of the same event."""
    kind: EventKind
    recipient: str = ""
    message_id: str | None = None
    """The Message-ID of our e-mail, with angle brackets, where the service tells it."""
    service_id: str = ""
    """The service's own id of the e-mail, as it answered when it took it."""
    delivery_final: bool | None = None
    address_dead: bool | None = None
    words: str = ""
    """The receiving server's words, or the service's; for the log row alone."""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A service asks whether this address is ours: visiting `url` says yes (Amazon SNS)."""

    url: str


HookItem = Arrival | ServiceEvent | Confirmation

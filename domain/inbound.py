"""What comes back: mail as it arrived, what it says, and what a mail service tells about an e-mail."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from pydantic import field_validator

from domain.letters import Model
from domain.rules import Rules
from domain.window import WORKING_DAYS, working_day_after

MailKind = Literal["human", "auto_reply", "bounce", "complaint", "unsubscribe", "other"]
MAIL_KINDS: tuple[MailKind, ...] = ("human", "auto_reply", "bounce", "complaint", "unsubscribe", "other")

FOR_THE_SPECIALIST: frozenset[MailKind] = frozenset({"human", "unsubscribe", "complaint"})
"""Kinds that the specialist is told of by e-mail."""

MatchedBy = Literal["token", "references", "returned_message", "sender", "person"]

Effect = Literal["", "responded", "answered_before", "rests", "suppressed", "noted", "refused", "taken_back"]
"""What was done about a message; empty while nothing was; `taken_back` once a person has undone it."""

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")

OTHERS_REST = timedelta(days=7)
"""How long a company's other cycles wait once somebody there has answered."""

AWAY = timedelta(days=3)
AWAY_AT_MOST = timedelta(days=14)
"""How long an automatic reply holds the next e-mail: by default, and at most."""

EventKind = Literal["accepted", "delivered", "deferred", "bounce", "complaint", "unsubscribe", "other"]


class Heard(Model):
    """What was read from outside: its text can be stored and shown, whatever charset it claimed to be in."""

    @field_validator("*", mode="before")
    @classmethod
    def _storable(cls, value: object) -> object:
        """Leaves out NULs and lone surrogates, which neither PostgreSQL nor UTF-8 can hold."""
        if isinstance(value, str):
            return _NOT_STORABLE.sub("", value)
        if isinstance(value, tuple | list):
            return tuple(_NOT_STORABLE.sub("", one) if isinstance(one, str) else one for one in value)
        return value


class Meaning(Heard):
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


class Mail(Heard):
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
    rewritten: bool = False
    """A list or group put its own address in the place of the writer's, and names no writer."""
    delivered: bool = False
    """A service says that the receiving server took the e-mail."""


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


class ServiceEvent(Heard):
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


def people(mail: Mail) -> tuple[str, ...]:
    """Names whom a message is from or about, to find a thread by; in lower case."""
    about = mail.meaning.recipients
    by_itself = () if mail.meaning.kind in ("bounce", "complaint") else (mail.sender,)
    return tuple(dict.fromkeys(one.lower() for one in (*by_itself, *about) if one))


def opted_out(mail: Mail) -> tuple[str, ...]:
    """Names the addresses that a message takes off every list, in lower case and in order.

    A complaint comes from a machine of the receiving provider and names the person.
    """
    if mail.meaning.kind not in ("complaint", "unsubscribe"):
        return ()
    named = mail.meaning.recipients
    if not named and mail.meaning.kind == "unsubscribe" and not mail.rewritten:
        named = (mail.sender,)
    return tuple(sorted({one.lower() for one in named if one}))


def failing(meaning: Meaning, recipients: Sequence[str]) -> tuple[str, ...]:
    """Names those of an e-mail's recipients whom a bounce is about.

    A bounce that names nobody is about the only recipient. One that names a stranger (somebody whom a
    recipient forwards to, a member of a list) is about none of ours.
    """
    named = {one.lower() for one in meaning.recipients}
    if not named and len(recipients) == 1:
        return tuple(recipients)
    return tuple(one for one in recipients if one.lower() in named)


def away_until(returns_on: date | None, now: datetime, rules: Rules) -> datetime:
    """Names when to write again to somebody who is away: a working day after the return, else in three days.

    Fourteen days from now at most; a return that is past gives a time that is past.
    """
    if returns_on is None:
        return now + AWAY
    window = rules.window
    day = working_day_after(
        min(returns_on, now.date() + AWAY_AT_MOST),
        1,
        window.holidays if window else None,
        window.days if window else WORKING_DAYS,
    )
    return min(datetime.combine(day, time(), tzinfo=rules.zone).astimezone(UTC), now + AWAY_AT_MOST)


def as_mail(event: ServiceEvent) -> Mail:
    """Reads what a service tells as the message it stands for; what asks for nothing is of kind `other`."""
    kinds: dict[EventKind, MailKind] = {
        "bounce": "bounce",
        "complaint": "complaint",
        "unsubscribe": "unsubscribe",
    }
    kind = kinds.get(event.kind, "other")
    meaning = Meaning(
        kind=kind,
        delivery_final=event.delivery_final if kind == "bounce" else None,
        address_dead=event.address_dead if kind == "bounce" else None,
        recipients=(event.recipient,) if event.recipient else (),
        original_message_id=event.message_id,
        text=event.words,
    )
    ids = tuple(one for one in (event.message_id, event.service_id) if one)
    delivered = event.kind == "delivered"
    return Mail(subject=event.kind, sent_at=event.at, answers=ids, meaning=meaning, delivered=delivered)

"""Writes a letter as a MIME message, ready for any transport (R11, R14; RFC 5322, RFC 2046)."""

from __future__ import annotations

import re
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256

from domain.letters import Envelope, Letter, Stage
from mail import headers

POLICY = SMTP.clone(cte_type="7bit", refold_source="none")
"""CRLF, bodies that survive a server without 8BITMIME, headers sent exactly as composed."""

_LONGEST_CYCLE = 24
_NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9_-]+")
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def compose(letter: Letter, envelope: Envelope, *, date: datetime) -> EmailMessage:
    """Builds the message: one and the same, byte for byte, for the same arguments.

    Multipart/alternative, plain text first. Header values are cleaned here, whatever a record holds.
    `date` is aware; a naive one raises ValueError.
    """
    if date.tzinfo is None:
        raise ValueError(f"compose wants a date with a time zone, not {date!r}")
    message = EmailMessage(policy=POLICY)
    for name, value in _headers(letter, envelope, date).items():
        message.set_raw(name, value)
    message.set_content(_body(letter.text))
    message.make_alternative(boundary="=_" + sha256(envelope.message_id.encode()).hexdigest()[:32])
    message.add_alternative(_body(letter.html), subtype="html")
    return message


def message_id(cycle_id: str, stage: Stage, sender: str, *, token: str) -> str:
    """Names an e-mail for the world, angle brackets included (RFC 5322 section 3.6.4).

    `token` is random (80 bits or more) and makes it unique and hard to guess; the end of the cycle's
    id and the stage are there for a person who reads headers. The domain is that of `sender`, an address.
    """
    cycle = _NOT_IN_AN_ID.sub("-", cycle_id)
    if len(cycle) > _LONGEST_CYCLE:
        cycle = cycle[-_LONGEST_CYCLE:].partition("-")[2] or cycle[-_LONGEST_CYCLE:]
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    host = headers.wire_address(f"@{domain}").removeprefix("@")
    name = ".".join(part for part in (cycle.strip("-"), stage, token) if part)
    return f"<{name}@{host}>"


def _headers(letter: Letter, envelope: Envelope, date: datetime) -> dict[str, str]:
    sender = envelope.sender
    people = [(f"{one.first_name} {one.last_name}", one.email) for one in envelope.recipients]
    found = {
        "From": headers.mailboxes([(sender.name, sender.email)]),
        "To": headers.mailboxes(people),
        "Subject": headers.text("Subject", letter.subject),
        "Date": format_datetime(date),
        "Message-ID": headers.ids([envelope.message_id]),
    }
    if envelope.in_reply_to:
        found["In-Reply-To"] = headers.ids([envelope.in_reply_to])
    # The first letter refers to itself: where a service replaces its Message-ID, ours still travels.
    found["References"] = headers.ids(envelope.references or [envelope.message_id])
    if envelope.reply_to:
        found["Reply-To"] = headers.mailboxes([(sender.name, envelope.reply_to)])
    found |= _opt_out(envelope)
    if envelope.urgent:
        found |= {"X-Priority": "1", "Importance": "high"}
    return found


def _opt_out(envelope: Envelope) -> dict[str, str]:
    """A way out that mail programs show as a button (RFC 2369; by one click: RFC 8058)."""
    ways = [f"<{envelope.opt_out_url}>"] if envelope.opt_out_url else []
    if envelope.reply_to:
        ways.append(f"<mailto:{headers.wire_address(envelope.reply_to)}?subject=unsubscribe>")
    found = {"List-Unsubscribe": ", ".join(ways)} if ways else {}
    if envelope.opt_out_url:
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return found


def _body(text: str) -> str:
    """The text without controls and lone surrogates; line breaks and tabs stay."""
    return _NOT_IN_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))

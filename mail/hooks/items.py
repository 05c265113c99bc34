"""Makes what hooks return: keys that survive a repeated delivery, bounded words, one spelling."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from domain.inbound import Arrival, EventKind, ServiceEvent
from mail.answers import Answer, Verdict, judge
from mail.arrival import key_of
from mail.headers import clean

_LONGEST_WORDS = 500
_LONGEST_ID = 998
_REPLY = re.compile(r"(?<!\d)([2-5]\d\d)(?!\d)[ -]*(.*)", re.S)
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_POLICY = re.compile(r"\d\.7\.\d{1,2}$")
"""A status of security or policy, which says to whom it happened only in its words."""
_SETTLED = {Verdict.GONE: True, Verdict.LATER: False, Verdict.POLICY: False}
_ADDRESS = re.compile(r"<([^<>]*)>\s*$")


def arrival(raw: bytes, to: Iterable[str]) -> Arrival:
    """A whole message, known by what it says of itself: the same from a mailbox or from another service."""
    recipients = tuple(dict.fromkeys(address(one) for one in to if one.strip()))
    return Arrival(key=key_of(raw, recipients), raw=raw, to=recipients)


def event(
    service: str,
    kind: EventKind,
    *,
    key: str,
    recipient: str = "",
    message_id: str = "",
    service_id: str = "",
    final: bool | None = None,
    dead: bool | None = None,
    words: str = "",
    at: datetime | None = None,
) -> ServiceEvent:
    """One event; what a bounce says of delivery and address is kept only for bounces and delays."""
    told = kind in ("bounce", "deferred")
    return ServiceEvent(
        key=f"{service}:{key if len(key) <= 200 and key == clean(key) else digest([key])}",
        kind=kind,
        recipient=address(recipient)[:320],
        message_id=bracketed(message_id) or None,
        service_id=clean(service_id)[:_LONGEST_ID],
        delivery_final=final if told else None,
        address_dead=dead if told else None,
        words=clean(words)[:_LONGEST_WORDS],
        at=at,
    )


def digest(marks: Any) -> str:
    """A short name for any JSON value, the same for the same value."""
    return hashlib.sha256(json.dumps(marks, sort_keys=True).encode()).hexdigest()[:40]


def address(text: str) -> str:
    """An address in lower case, without the name before it."""
    found = _ADDRESS.search(text)
    return clean(found[1] if found else text).replace(" ", "").lower()


def bracketed(message_id: str) -> str:
    """A Message-ID in its angle brackets; nothing for nothing."""
    inner = clean(message_id).replace(" ", "").strip("<>")[:_LONGEST_ID]
    return f"<{inner}>" if inner else ""


def is_gone(words: str, code: str = "") -> bool | None:
    """Whether a receiving server's words say that an address is dead; None where they leave it open.

    `words` may be a diagnostic code (`smtp; 550 5.1.1 …`, RFC 3464 section 2.3.6), an answer or a bare
    status. They are judged as an answer to RCPT is (mail/answers.py), but for one thing: there nobody
    could be asked again, here the service itself has the last word, so what is said of nobody is open.
    """
    words = words[:_LONGEST_WORDS]
    found = _REPLY.search(words[:200]) if not code else None
    if found:
        code, words = found[1], found[2] + words[200:]
    status = _STATUS.search(words)
    first = code[:1] or (status[0][:1] if status else "")
    if first not in ("4", "5"):
        return None
    if status and first == "5":
        words = words[status.end() :] if _POLICY.match(status[0]) else words[status.start() :]
    return _SETTLED.get(judge(Answer(500 if first == "5" else 450, words.strip())))

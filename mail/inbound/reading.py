"""A message read once: who wrote, what it answers, what it means, and why it was judged so.

Order matters: complaint and receipt, bounce, automatic reply, opt-out, person. What no machine's evidence
claims is a person's, for a reply that is mistaken for a machine's is a reply lost.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from domain.inbound import Mail, Meaning
from mail.inbound import (
    absence,
    addresses,
    automatic,
    bounces,
    notices,
    optout,
    quoting,
    reports,
    returned,
    texts,
)
from mail.inbound.findings import Finding
from mail.inbound.parsing import Post, guarded, header, in_charset, parse

_LONGEST_TEXT = 20_000
_log = logging.getLogger(__name__)


def read(raw: bytes, *, to: Sequence[str] = (), today: date | None = None) -> Mail:
    """Reads any bytes whatever as a message, without an error.

    `to` are the envelope's recipients, where they are known; `today` stands in where the message has no
    date of its own. What cannot be read at all is a person's, for a person to look at.
    """
    return explain(raw, to=to, today=today)[0]


def explain(raw: bytes, *, to: Sequence[str] = (), today: date | None = None) -> tuple[Mail, tuple[str, ...]]:
    """The message as `read` has it, and the evidence that decided its kind, in words."""
    try:
        return _explained(raw, to, today)
    except Exception:  # a message that breaks us must reach a person, not be lost
        _log.exception("A message of %d bytes could not be read", len(raw))
        text = in_charset(raw[:_LONGEST_TEXT], None).replace("\0", "")
        meaning = Meaning(kind="human", text=text)
        return Mail(addressed_to=tuple(to), meaning=meaning), ("it could not be read: look at it yourself",)


def _explained(raw: bytes, to: Sequence[str], today: date | None) -> tuple[Mail, tuple[str, ...]]:
    message = parse(raw)
    name, sender, rewritten = addresses.writer(message)
    sent_at = _sent_at(message)
    found = _judged(message, sent_at.date() if sent_at else today)
    mail = Mail(
        message_id=next(iter(addresses.message_ids(header(message, "message-id"))), None),
        sender=sender,
        sender_name=name,
        addressed_to=addresses.recipients(message, to),
        subject=header(message, "subject"),
        sent_at=sent_at,
        answers=addresses.answered(message),
        meaning=found.meaning,
        rewritten=rewritten,
    )
    return mail, found.because


def _sent_at(message: Post) -> datetime | None:
    value = re.sub(r"\([^)]*\)", "", header(message, "date"))[:100]
    found = guarded(lambda: parsedate_to_datetime(value), None)
    return found if found is not None and 1980 <= found.year < 2200 else None


def _judged(message: Post, day: date | None) -> Finding:
    sheets = returned.take_apart(message)
    own = quoting.own_words(texts.written(message))[:_LONGEST_TEXT]
    found = (
        reports.find(message, sheets) or notices.find(message, sheets) or bounces.find(message, sheets, own)
    )
    if found is not None:
        return Finding(found.meaning.model_copy(update={"text": own}), found.because)
    return _by_words(message, own, day)


def _by_words(message: Post, own: str, day: date | None) -> Finding:
    """An automatic reply, an opt-out, or a person."""
    signs = automatic.evidence(message, own)
    wish = optout.evidence(message, own)
    if signs and not optout.is_by_button(message, own):
        back = absence.first_day_back(f"{header(message, 'subject')}.\n\n{own}", day)
        return Finding(Meaning(kind="auto_reply", returns_on=back, text=own), tuple(signs))
    if wish:
        _, sender, rewritten = addresses.writer(message)
        known = sender and not rewritten
        meaning = Meaning(kind="unsubscribe", recipients=(sender,) if known else (), text=own)
        return Finding(meaning, tuple(wish))
    if notices.is_report(message):
        return Finding(
            Meaning(kind="other", text=own), ("a report of a form that only programs use (RFC 6522)",)
        )
    return Finding(Meaning(kind="human", text=own), ("nothing speaks for a machine",))

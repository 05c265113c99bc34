"""The day of a person who looks after outreach: what went out, what came in, what comes, what is wrong."""

from __future__ import annotations

from datetime import date, datetime

from domain.letters import Model, Stage
from domain.pending import Pending
from domain.received import Received


class SentLine(Model):
    """One e-mail that went out."""

    id: int
    cycle_id: str
    stage: Stage
    title: str
    company_id: str
    company: str
    urgent: bool
    candidates: tuple[str, ...]
    """Names, in order of id."""
    sent_at: datetime
    responded_at: datetime | None
    """When its cycle was answered, if it was."""


class Key(Model):
    """The figures above the day."""

    sent: int
    """E-mails of the day."""
    arrived: int
    """Messages of the day."""
    replies: int
    """Cycles answered on the day."""
    unsettled: int
    """Answered cycles, of any day, that still want an outcome."""
    due: int
    """Within the next 24 hours."""
    attention: int
    """Held, stuck, put off, overdue, not moved on."""
    unmatched: int
    """Messages that belong to no cycle yet, of any day."""
    active: int
    waiting: int
    held: int
    urgent: int
    """Open cycles that are urgent."""


class Today(Model):
    """One day, so far; every list holds its first fifty, `key` counts all."""

    at: datetime
    date: date
    """The organisation's (R16)."""
    hold_all: bool
    warnings: tuple[str, ...]
    """What stands still besides what `hold_all` and `key` say."""
    key: Key
    sent: tuple[SentLine, ...]
    """Urgent ones first, then the newest."""
    arrived: tuple[Received, ...]
    """Those that belong to no cycle first, then the newest."""
    due: tuple[Pending, ...]
    """Urgent ones first, then by time."""
    attention: tuple[Pending, ...]
    """Urgent ones first, then by time."""

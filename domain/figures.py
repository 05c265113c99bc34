"""What commands and pages show about the whole (SPEC sections 6 and 7): counts, nothing personal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from domain.cadence import Outcome
from domain.letters import Model
from domain.urgency import is_urgent


class Slots(Model):
    """The week's first e-mails (R5): `left` counts those that companies may still get."""

    week_start: date
    used: int
    left: int


class Bench(Model):
    """Candidates who can still be placed: available, starting today or later; and their live pitches."""

    available: int = 0
    urgent: int = 0
    without_live_pitch: int = 0
    urgent_without_live_pitch: int = 0
    live_pitches: int = 0


class LastRun(Model):
    """The newest run; `finished_at` None means that it is still starting its cycles."""

    id: str
    created_at: datetime
    planned: int
    passed_over: int
    finished_at: datetime | None


class Figures(Model):
    """Where outreach stands at one instant."""

    at: datetime
    hold_all: bool
    cycles: dict[str, int]
    """Open cycles by status, and `closed`."""
    approvals: int
    """Letters that wait for a person's word; their cycles are held."""
    urgent_cycles: int
    """Open cycles that are urgent."""
    outcomes: dict[Outcome, int]
    emails: dict[str, dict[str, int]]
    """Stage, then status, to count."""
    uncertain: int
    """E-mails whose end is unknown now (R10)."""
    threads: int
    """Cycles whose first e-mail a server accepted."""
    replies: int
    reply_rate: float | None
    """Replies by thread, 0 to 1; None before the first thread."""
    slots: Slots
    candidates: Bench
    companies: int
    open_roles: int
    last_run: LastRun | None


class Start(NamedTuple):
    """How many available candidates share what urgency depends on (R3), and whether a pitch is live."""

    start_date: date
    visa_required: bool
    live: bool
    people: int


def bench(starts: Iterable[Start], live_pitches: int, today: date) -> Bench:
    """Counts candidates who can still be placed by urgency and live pitch."""
    available = urgent = idle = idle_urgent = 0
    for one in starts:
        hurries = is_urgent(visa_required=one.visa_required, start_date=one.start_date, today=today)
        available += one.people
        urgent += one.people * hurries
        idle += one.people * (not one.live)
        idle_urgent += one.people * (hurries and not one.live)
    return Bench(
        available=available,
        urgent=urgent,
        without_live_pitch=idle,
        urgent_without_live_pitch=idle_urgent,
        live_pitches=live_pitches,
    )

"""What every open cycle waits for, and whether it should: due, overdue, stuck, held (SPEC section 6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from domain.cadence import HELD, following
from domain.letters import Model, Stage

Kind = Literal["stuck", "outage", "held", "overdue", "moving_on", "sending", "due", "waiting"]
KINDS: tuple[Kind, ...] = ("stuck", "outage", "held", "overdue", "moving_on", "sending", "due", "waiting")
"""Worst first: the first four want a person's eye."""

Coming = Stage | Literal["next_roles"]

GRACE = timedelta(minutes=1)
"""A step that is later than this is overdue: a healthy worker takes it up within a second."""


class Standing(Model):
    """An open cycle (or a closed one whose candidates have not moved on), as the database has it."""

    cycle_id: str
    role_id: str
    title: str
    company_id: str
    company: str
    generation: int
    urgent: bool
    status: str
    stage: Stage | None
    """The last stage that a server accepted."""
    next_action_at: datetime | None
    wait_until: datetime | None
    held_until: datetime | None = None
    held_reason: str | None
    closed_at: datetime | None
    email_status: Literal["sending", "uncertain"] | None
    """Of an e-mail that was claimed and has no end yet."""
    in_flight_since: datetime | None
    attempts: int
    error: str | None
    """The server's own words: for a person's eye alone."""


class Pending(Model):
    """One line of `pending`; `at` is when it is, or was, to happen."""

    kind: Kind
    cycle_id: str
    role_id: str
    title: str
    company_id: str
    company: str
    urgent: bool
    coming: Coming | None
    at: datetime | None
    attempts: int = 0
    why: str


class Task(Model):
    """A pending follow-up task: the readable mirror of a workflow's timer (SPEC section 4)."""

    cycle_id: str
    role_id: str
    title: str
    company_id: str
    company: str
    urgent: bool
    status: str
    """The cycle's: an active one's task is done when it is due, a held one's after its release."""
    stage: Coming
    due_at: datetime
    overdue: bool


class PendingPage(Model):
    """What some open cycles wait for; urgent first, then by time."""

    at: datetime
    hold_all: bool
    pending: tuple[Pending, ...]
    next: str | None = None
    """The cursor of the next page; None at the end."""


class TaskPage(Model):
    """Some pending follow-up tasks; urgent first, then by time."""

    at: datetime
    hold_all: bool
    tasks: tuple[Task, ...]
    next: str | None = None


def pending(
    found: Iterable[Standing], now: datetime, *, too_long: timedelta, hold_all: bool
) -> list[Pending]:
    """Says of each cycle what it waits for and why; urgent first, then by time.

    `too_long` is after how much time an attempt without an end is stuck.
    """
    lines = [line(one, now, too_long=too_long, hold_all=hold_all) for one in found]
    return sorted(lines, key=lambda one: (not one.urgent, one.at or now, one.cycle_id))


def line(one: Standing, now: datetime, *, too_long: timedelta, hold_all: bool) -> Pending:
    """Says of one cycle what it waits for and why."""
    kind, at, why = _judge(one, now, too_long, hold_all)
    return Pending(
        kind=kind,
        cycle_id=one.cycle_id,
        role_id=one.role_id,
        title=one.title,
        company_id=one.company_id,
        company=one.company,
        urgent=one.urgent,
        coming=None if one.status == "closed" else following(one.stage) or "next_roles",
        at=at,
        attempts=one.attempts,
        why=why,
    )


def _judge(
    one: Standing, now: datetime, too_long: timedelta, hold_all: bool
) -> tuple[Kind, datetime | None, str]:
    if one.status == "closed":
        return (
            "moving_on",
            one.closed_at,
            "its next roles are not booked yet; `reconcile` mends what was lost",
        )
    if one.status == "held":
        return (
            "held",
            one.held_until or one.next_action_at,
            HELD.get(one.held_reason or "", one.held_reason or ""),
        )
    if one.status == "waiting":
        return "waiting", one.wait_until, "for a slot of the week; gives up then"
    if one.in_flight_since is not None:
        if now - one.in_flight_since < too_long:
            return "sending", one.in_flight_since, "a mail server is taking it"
        return "stuck", one.in_flight_since, "handed over, and no worker has come back: is one running?"
    if one.email_status is not None and one.error and not hold_all:
        return "outage", one.next_action_at, f"tried {_times(one.attempts)}: {one.error}"
    return _timed(one, now, hold_all)


def _timed(one: Standing, now: datetime, hold_all: bool) -> tuple[Kind, datetime | None, str]:
    at = one.next_action_at
    if at is None or at > now - GRACE:
        return "due", at, _due(one)
    if hold_all:
        return "held", at, "everything is held; `release-all` lets it go"
    return "overdue", at, "nobody has taken it up: is a worker running?"


def _due(one: Standing) -> str:
    if one.stage is None:
        return "its slot is taken"
    moves = "" if following(one.stage) else "the candidates move on, "
    return f"{moves}unless a partner replies first"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"

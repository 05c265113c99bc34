"""Cycles as a person lists them: what was looked for, and a line for each."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from domain.cadence import Outcome
from domain.letters import Model, Stage
from domain.pending import Coming, Kind

Status = Literal["waiting", "active", "held", "closed"]
STATUSES: tuple[Status, ...] = ("waiting", "active", "held", "closed")


class Filters(Model):
    """What a list of cycles is narrowed to; None and an empty text narrow nothing."""

    status: Status | None = None
    open: bool | None = None
    """True for all that are not closed, False for closed ones."""
    outcome: Outcome | None = None
    stage: Stage | None = None
    """The last stage that a server accepted."""
    urgent: bool | None = None
    company_id: str | None = None
    role_id: str | None = None
    candidate_id: str | None = None
    specialist_id: str | None = None
    """Who signs, or would sign."""
    run_id: str | None = None
    """The run that started the cycle, or admitted it."""
    held_reason: str | None = None
    unsettled: bool = False
    """True for those that were answered, and of whose candidates one has no outcome but an interview."""
    q: str = ""
    """Looked for in company, role title, cycle id and the names of candidates; case does not matter."""


class Person(Model):
    """A candidate in a cycle."""

    id: str
    name: str
    status: str
    """Of the pitch."""


class CycleLine(Model):
    """One cycle in a list."""

    id: str
    role_id: str
    title: str
    company_id: str
    company: str
    specialist_id: str | None
    status: Status
    stage: Stage | None
    outcome: Outcome | None
    urgent: bool
    generation: int
    candidates: tuple[Person, ...]
    next_action_at: datetime | None
    kind: Kind | None
    """What it waits for, as `pending` sorts it; None once it has ended."""
    coming: Coming | None
    """What it does next; None once it has ended."""
    at: datetime | None
    """When that is, or was, to happen, a hold counted in; once it has ended, when it did."""
    waits: str
    """What it waits for and why, or how it ended, in words."""
    created_at: datetime
    responded_at: datetime | None
    closed_at: datetime | None
    held_reason: str | None
    run_id: str | None
    parent_cycle_id: str | None


class CyclePage(Model):
    """A page of cycles, the newest first."""

    at: datetime
    cycles: tuple[CycleLine, ...]
    next: str | None = None
    """The cursor of the next page; None at the end."""

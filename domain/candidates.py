"""Candidates as a person looks after them: how they get on, and where they may go next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from domain.cadence import Outcome
from domain.letters import Model

Status = Literal["available", "placed", "withdrawn"]
STATUSES: tuple[Status, ...] = ("available", "placed", "withdrawn")


class Filters(Model):
    """What a list of candidates is narrowed to; None and an empty text narrow nothing."""

    status: Status | None = None
    urgent: bool | None = None
    live: bool | None = None
    """False for those without a live pitch, True for the others."""
    q: str = ""
    """Looked for in name and id; case does not matter."""


class CandidateLine(Model):
    """One candidate and their momentum."""

    id: str
    name: str
    status: Status
    visa_required: bool
    start_date: date
    days_to_start: int
    """Negative once the start date has passed."""
    urgent: bool
    """R3, for who is to be had."""
    live_pitches: int
    cycles: int
    """Cycles so far."""
    generation: int
    """The highest of these cycles; 0 without any."""
    roles_left: int
    """Open roles that the candidate has a good enough match for and was never pitched for."""
    last_touched_at: datetime | None
    """When an e-mail of one of their cycles last went out."""


class CandidatePage(Model):
    """A page of candidates: urgent ones first, then by start; who is no longer to be had comes last."""

    at: datetime
    candidates: tuple[CandidateLine, ...]
    next: str | None = None


class CandidatePitch(Model):
    """One role that a candidate was put forward for, and what came of it."""

    cycle_id: str
    role_id: str
    title: str
    company_id: str
    company: str
    generation: int
    cycle_number: int
    score: float | None
    status: str
    """Of the pitch."""
    cycle_status: str
    outcome: Outcome | None
    """Of the cycle."""
    live: bool
    created_at: datetime
    responded_at: datetime | None
    interview_at: datetime | None
    outcome_at: datetime | None


class NextRole(Model):
    """A role that the candidate could move on to now (R8), best first."""

    role_id: str
    title: str
    company_id: str
    company: str
    score: float


class CandidateRecord(CandidateLine):
    """One candidate in full, without contact details."""

    bio: str
    skills: tuple[str, ...]
    interests: tuple[str, ...]
    university: str
    end_date: date | None
    pitches: tuple[CandidatePitch, ...]
    """The newest first, at most 200."""
    next_roles: tuple[NextRole, ...]
    """At most ten; none for who is no longer to be had."""

"""Runs as a person looks back on them: what was planned, started, and passed over for which reason."""

from __future__ import annotations

from datetime import date, datetime

from domain.cycles import CycleLine
from domain.letters import Model
from domain.planning import Reason


class RunLine(Model):
    """One run in a list."""

    id: str
    created_at: datetime
    week_start: date
    planned: int
    started: int
    admitted: int
    """Waiting cycles that it gave a slot."""
    passed_over: int
    finished_at: datetime | None


class RunPage(Model):
    """A page of runs, the newest first."""

    at: datetime
    runs: tuple[RunLine, ...]
    next: str | None = None


class PassedOver(Model):
    """A role that the run looked at and gave no slot."""

    role_id: str
    title: str
    company: str
    reason: Reason


class RunRecord(RunLine):
    """One run in full."""

    reasons: dict[Reason, int]
    """How many roles were passed over for which reason, the most frequent first."""
    passed_over_roles: tuple[PassedOver, ...]
    """By role id."""
    cycles: tuple[CycleLine, ...]
    """At most 200, the newest first; the list of cycles has the others."""

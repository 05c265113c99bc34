"""Outcomes after a reply: the candidate stays live, leaves everything, or moves on (R8, R15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import cycles, steering
from db.pool import Connection
from db.sql import queries
from domain import errors, outcomes
from domain.outcomes import Answered, PitchOutcome
from domain.rules import Rules

sql = queries("outcomes")


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording an outcome did."""

    changed: bool
    moves_on: bool = False
    """The candidate's next roles are still to be booked."""
    role_id: str = ""
    touched: Sequence[str] = ()
    """Open cycles that the candidate has left: their workflows are to be told."""


async def record(
    conn: Connection, cycle_id: str, candidate_id: str, outcome: PitchOutcome, rules: Rules, now: datetime
) -> Recorded:
    """Records what became of a candidate after a reply; the same again is harmless.

    Raises `errors.NotFound`, and `errors.Refused` for what `domain.outcomes.is_new` refuses.
    """
    if outcome == "placed":
        await queries("planning").lock_bookings.run(conn)  # before the cycle's row (R17)
    cycle = await cycles.lock(conn, cycle_id)
    row = await _pitch(conn, cycle_id, candidate_id)
    pitch = Answered.model_validate({name: row[name] for name in Answered.model_fields})
    moves_on = outcome == "declined" and _still_to_move(cycle, row)
    if not outcomes.is_new(pitch, outcome):
        return Recorded(changed=False, moves_on=moves_on)
    await cycles.event(conn, cycle_id, outcome, candidate_id, now)
    which = {"cycle": cycle_id, "candidate": candidate_id, "now": now}
    if outcome == "interview":
        await sql.note_interview.run(conn, **which)
        return Recorded(changed=True)
    await sql.note_outcome.run(conn, **which, status=outcome)
    if outcome == "placed":
        touched = await steering.withdraw(conn, candidate_id, "placed", rules, now)
        return Recorded(changed=True, role_id=cycle["role_id"], touched=touched)
    return Recorded(changed=True, moves_on=moves_on)


def _still_to_move(cycle: cycles.Row, pitch: Any) -> bool:
    """Tells whether a decline asks for next roles: once a cycle, and never after `stopped` (R8)."""
    return not (pitch["moved_on_at"] or cycle["moved_on_at"] or cycle["outcome"] == "stopped")


async def _pitch(conn: Connection, cycle_id: str, candidate_id: str) -> Any:
    row = await sql.pitch.one(conn, cycle=cycle_id, candidate=candidate_id)
    if row is None:
        raise errors.NotFound(
            f"{candidate_id!r} was never put forward in {cycle_id}: `show {cycle_id}` lists who was"
        )
    return row

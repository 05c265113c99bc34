"""Taking an answer back that was none: the cycle goes on where it was (R7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import cycles, threads
from db.pool import Connection
from db.sql import queries
from domain import errors
from domain.cadence import following
from domain.rules import Rules

sql = queries("reopening")


@dataclass(frozen=True, slots=True)
class Reopened:
    """What taking an answer back did."""

    active: bool
    """The cycle goes on; False where it had ended before the answer came."""
    outcome: str | None
    due: datetime | None = None
    held: str | None = None
    """Why it is held, where it was held when the answer came."""
    until: datetime | None = None
    """When that hold ends by itself; None: a person releases it."""
    also: tuple[int, ...] = ()
    """Messages that came after the one taken for an answer; one of them may be a person's."""
    resting: tuple[str, ...] = ()
    """Cycles that still wait because of an answer, of this cycle or of another one of the company."""


async def reopen(conn: Connection, cycle_id: str, rules: Rules, now: datetime) -> Reopened:
    """Takes the mark of an answer back: e-mail, pitches and messages are as if it had not been made.

    A cycle that the answer ended is active again and keeps its stage; what comes next is due when it was,
    now at the earliest, so that one e-mail goes out at most (R6). One that was held is held again, by the
    same reason. One that had ended before stays closed.

    Limits of live pitches and of the week are not checked again: the cycle keeps the slot that it had, its
    pitches counted as live while they were answered, and its e-mails have gone out already.

    Raises `errors.Refused` where an outcome was recorded, or the thread could not go on.
    """
    await queries("planning").lock_bookings.run(conn)
    row = await cycles.lock(conn, cycle_id)
    standing = await sql.standing.one(conn, cycle=cycle_id, today=rules.today(now))
    _refuse_mark(cycle_id, standing)
    ended_by_it = standing["outcome"] == "responded"
    if ended_by_it:
        await _refuse_thread(conn, row, standing)
    also = await _unmark(conn, cycle_id, now)
    await cycles.event(conn, cycle_id, "taken_back", standing["answered"] or "", now)
    due = await _go_on(conn, row, rules, now) if ended_by_it else None
    held, until = await _hold_again(conn, row, now) if ended_by_it else (None, None)
    resting = await sql.resting.all(conn, company=row["company_id"], cycle=cycle_id, now=now)
    return Reopened(
        active=ended_by_it,
        outcome=None if ended_by_it else row["outcome"],
        due=due,
        held=held,
        until=until,
        also=also,
        resting=tuple(one["id"] for one in resting),
    )


def _refuse_mark(cycle_id: str, standing: Any) -> None:
    if standing["responded_at"] is None:
        raise errors.Refused(f"{cycle_id} was never marked as answered: there is nothing to take back")
    if standing["decided"]:
        raise errors.Refused(
            f"{cycle_id} has an outcome on record for {', '.join(standing['decided'])}: whoever has an "
            "outcome has answered"
        )


async def _refuse_thread(conn: Connection, row: Any, standing: Any) -> None:
    """Says why a thread could not go on: it would end again at once, or stand in another's way."""
    if standing["role_status"] != "open":
        raise errors.Refused(f"{standing['role_id']} is {standing['role_status']}: nothing more goes out")
    if standing["other"] is not None:
        raise errors.Refused(f"{standing['role_id']} has an open cycle already: {standing['other']}")
    if not standing["candidates"]:
        raise errors.Refused(f"{row['id']} has no candidate left who is still to be had")
    thread = await threads.read(conn, row["id"], "follow_up_3")
    if not await threads.recipients(conn, row["company_id"], thread):
        raise errors.Refused(f"{row['id']} has nobody left to write to: `unsuppress ADDRESS` first")


async def _unmark(conn: Connection, cycle_id: str, now: datetime) -> tuple[int, ...]:
    also = await sql.also_answered.all(conn, cycle=cycle_id)
    await sql.unmark_emails.run(conn, cycle=cycle_id)
    await sql.unmark_pitches.run(conn, cycle=cycle_id, now=now)
    await sql.unmark_cycle.run(conn, cycle=cycle_id)
    await sql.unmark_messages.run(conn, cycle=cycle_id)
    return tuple(one["id"] for one in also)


async def _go_on(conn: Connection, row: Any, rules: Rules, now: datetime) -> datetime:
    cycle_id, due = row["id"], now
    if row["stage"] is not None:
        coming = following(row["stage"]) or "next_roles"
        was = await sql.due.value(conn, cycle=cycle_id, coming=coming, interval=rules.follow_up_interval)
        due = max(now, was)
        await sql.revive_task.run(conn, cycle=cycle_id, coming=coming, due=due)
    await sql.revive_emails.run(conn, cycle=cycle_id)
    await sql.reopen.run(conn, cycle=cycle_id, due=due)
    return due


async def _hold_again(conn: Connection, row: Any, now: datetime) -> tuple[str | None, datetime | None]:
    """Holds a cycle whose end is undone as it was held; names the reason, and when that passes.

    What passes by itself may be over. Whatever else held it, the sending step meets again, or it is settled.
    """
    reason, until = row["held_at_close"], row["held_at_close_until"]
    if reason != "person" and not (reason in cycles.RESTS and until is not None and until > now):
        return None, None
    await cycles.hold(conn, await cycles.lock(conn, row["id"]), reason, now, until)
    return reason, until

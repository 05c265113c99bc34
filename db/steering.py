"""What a person or a rule does to cycles; commands, pages, loads and signals take these same paths.

Each function runs inside the caller's transaction and names the cycles whose workflows are to be told.
Whatever touches several cycles waits for a booking in progress first (R17), so that the cycles it makes
are seen too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db import cycles, deliveries, others, sending
from db.pool import Connection
from db.sql import queries
from domain import errors
from domain.cadence import Next
from domain.inbound import OTHERS_REST
from domain.messages import Event
from domain.rules import Rules

rows = queries("cycles")
sql = queries("steering")


async def settle(
    conn: Connection, cycle_id: str, events: Sequence[Event], rules: Rules, now: datetime
) -> Next:
    """Brings a cycle's row in line with what its workflow was told, and names what comes next (R7, R15).

    Everything told may have been written already by whoever told it: a repetition is harmless.
    """
    await cycles.lock(conn, cycle_id)
    for event in events:
        row = await rows.find.one(conn, cycle=cycle_id)
        if row["status"] != "closed" or event.kind == "response_received":
            await _apply(conn, row, event, rules, now)
    row = await rows.find.one(conn, cycle=cycle_id)
    if await cycles.revalidate(conn, row, rules, now):
        await _end_of_hold(conn, row, rules, now)
    return await cycles.next_step(conn, cycle_id)


async def _apply(conn: Connection, row: cycles.Row, event: Event, rules: Rules, now: datetime) -> None:
    if event.kind == "response_received":
        try:
            await cycles.respond(conn, row, event.log_id, now)
        except errors.Refused as refused:
            await cycles.event(conn, row["id"], "refused", str(refused), now)
    elif event.kind == "stop":
        await cycles.close(conn, row, "stopped", now)
    elif event.kind == "pause":
        await cycles.hold(conn, row, "person", now)
    elif event.kind == "resume" and row["held_reason"] != "approval":
        await cycles.release(conn, row, rules, now)


async def _end_of_hold(conn: Connection, row: cycles.Row, rules: Rules, now: datetime) -> None:
    if row["status"] == "held" and row["held_until"] is not None and row["held_until"] <= now:
        await cycles.release(conn, row, rules, now)


async def unrested(conn: Connection, now: datetime, cycle_id: str | None = None) -> list[str]:
    """Names the cycles, or this one, that were answered and whose company's others do not rest yet (R7).

    Whoever marked them was cut off before the rest, or was a signal that came by hand.
    """
    found = await sql.unrested.all(
        conn, now=now, rest=OTHERS_REST, reasons=list(cycles.GIVES_WAY), cycle=cycle_id
    )
    return [row["id"] for row in found]


async def rest_others(conn: Connection, cycle_id: str, now: datetime) -> list[str]:
    """Has the company's other cycles rest, unless the answer was taken back; names those that changed.

    A repetition is harmless. Expects no cycle's row to be held.
    """
    await queries("planning").lock_bookings.run(conn)
    row = await rows.find.one(conn, cycle=cycle_id)
    return await others.rest(conn, cycle_id, now) if row["responded_at"] is not None else []


async def resume_company(conn: Connection, company_id: str, rules: Rules, now: datetime) -> list[str]:
    """Releases a company's cycles that rest because of what came in; names them (R6)."""
    if await sql.company_exists.value(conn, company=company_id) is None:
        raise errors.NotFound(f"there is no company {company_id!r}")
    await queries("planning").lock_bookings.run(conn)
    resting = await sql.resting.all(conn, company=company_id, reasons=list(cycles.RESTS))
    ids = [row["id"] for row in resting]
    return [
        row["id"]
        for row in await rows.lock_all.all(conn, cycles=ids)
        if await cycles.release(conn, row, rules, now)
    ]


async def withdraw(
    conn: Connection, candidate_id: str, status: str, rules: Rules, now: datetime
) -> list[str]:
    """Takes a candidate out of every open cycle at once; names those cycles (R15)."""
    if await sql.candidate_exists.value(conn, candidate=candidate_id) is None:
        raise errors.NotFound(f"there is no candidate {candidate_id!r}")
    await queries("planning").lock_bookings.run(conn)
    touched = [row["id"] for row in await rows.open_of_candidate.all(conn, candidate=candidate_id)]
    await sql.change_candidate.run(conn, candidate=candidate_id, status=status, now=now)
    await sql.end_answered.run(conn, now=now)
    return await _revalidate(conn, touched, rules, now)


async def close_role(conn: Connection, role_id: str, status: str, rules: Rules, now: datetime) -> list[str]:
    """Closes a role for good and ends its cycle at once; names that cycle (R15)."""
    if await sql.role_exists.value(conn, role=role_id) is None:
        raise errors.NotFound(f"there is no role {role_id!r}")
    await queries("planning").lock_bookings.run(conn)
    touched = [row["id"] for row in await rows.open_of_role.all(conn, role=role_id)]
    await sql.change_role.run(conn, role=role_id, status=status, now=now)
    return await _revalidate(conn, touched, rules, now)


async def catch_up(conn: Connection, rules: Rules, now: datetime) -> list[str]:
    """Brings every open cycle in line with the records as they are now, after a load (R15).

    E-mails of closed cycles whose attempt was lost with its worker end as `uncertain` here (R10).
    """
    await queries("planning").lock_bookings.run(conn)
    for lost in await sending.sql.lost.all(conn, before=now - sending.IN_FLIGHT):
        row = await cycles.lock(conn, lost["cycle_id"])
        await deliveries.lost(conn, row, lost["id"], rules, now)
    await sql.end_answered.run(conn, now=now)
    return await _revalidate(conn, await cycles.touched_by_records(conn, rules, now), rules, now)


async def _revalidate(conn: Connection, ids: Sequence[str], rules: Rules, now: datetime) -> list[str]:
    """Locks all the cycles, by id, before the first of them gives a slot back (R17: one order of locks)."""
    for row in await rows.lock_all.all(conn, cycles=list(ids)):
        await cycles.revalidate(conn, row, rules, now)
    return list(ids)

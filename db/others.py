"""What a message means for other cycles: those of its company rest, those with nobody left end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db import cycles, threads
from db.pool import Connection
from db.sql import queries
from domain import inbound

sql = queries("inbox")
rows = queries("cycles")


async def rest(conn: Connection, cycle_id: str, now: datetime) -> list[str]:
    """Has the company's other open cycles wait, and next roles of one that was answered after its end.

    Names the cycles that changed. The time counts from the reply, and what was released since is left
    alone: a repetition holds nothing longer, and nothing again. Expects no cycle's row to be held.
    """
    await queries("planning").lock_bookings.run(conn)
    cycle = await rows.find.one(conn, cycle=cycle_id)
    since = cycle["responded_at"] or now
    ended = cycle["outcome"] != "responded"
    late = await sql.children_not_begun.all(conn, cycle=cycle_id, since=since) if ended else []
    same = await sql.company_cycles.all(conn, cycle=cycle_id, company=cycle["company_id"], since=since)
    reasons = {one["id"]: "parent_answered" for one in late}
    reasons |= {one["id"]: "company_answered" for one in same}
    until = since + inbound.OTHERS_REST
    if until <= now:
        return []
    locked = await rows.lock_all.all(conn, cycles=sorted(reasons))
    return [row["id"] for row in locked if await cycles.rest(conn, row, reasons[row["id"]], until, now)]


async def end_unreachable(conn: Connection, addresses: Sequence[str], now: datetime) -> list[str]:
    """Ends active cycles whose thread has nobody left to write to; their candidates move on (R8).

    Names those that are to be told: a repetition names again who has not moved on yet. Expects no cycle's
    row to be held.
    """
    await queries("planning").lock_bookings.run(conn)
    begun = await sql.begun_with.all(conn, addresses=[one.lower() for one in addresses])
    ended = []
    for row in await rows.lock_all.all(conn, cycles=sorted(one["id"] for one in begun)):
        thread = await threads.read(conn, row["id"], "follow_up_3")
        if row["status"] == "active" and await threads.recipients(conn, row["company_id"], thread):
            continue
        await cycles.close(conn, row, "undeliverable", now)
        ended.append(row["id"])
    return ended

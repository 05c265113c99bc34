"""What open cycles wait for, and the tasks that mirror their timers (SPEC sections 4 and 6)."""

from __future__ import annotations

from datetime import datetime

from db.pool import Connection
from db.sending import IN_FLIGHT
from db.sql import queries
from domain.cadence import MOVES_ON
from domain.pending import Pending, Standing, Task, pending

sql = queries("pending")


async def hold_all(conn: Connection) -> bool:
    """Tells whether everything is held (`hold-all`)."""
    held: bool = await sql.hold_all.value(conn)
    return held


async def lines(conn: Connection, now: datetime) -> list[Pending]:
    """Says of every open cycle what it waits for; urgent first, then by time."""
    rows = await sql.standing.all(conn, moves_on=sorted(MOVES_ON))
    standing = (Standing.model_validate(dict(row)) for row in rows)
    return pending(standing, now, too_long=IN_FLIGHT, hold_all=await hold_all(conn))


async def tasks(conn: Connection, now: datetime, cycle_id: str | None = None) -> list[Task]:
    """Lists the pending follow-up tasks, of one cycle or of all; urgent first, then by time."""
    rows = await sql.tasks.all(conn, cycle=cycle_id)
    return [Task.model_validate(dict(row) | {"overdue": row["due_at"] <= now}) for row in rows]

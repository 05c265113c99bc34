"""What open cycles wait for, and the tasks that mirror their timers (SPEC sections 4 and 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from db.pool import Connection
from db.sending import IN_FLIGHT
from db.sql import queries
from domain.pending import GRACE, Pending, Standing, Task, line, pending

sql = queries("pending")

Place = tuple[bool, datetime, str]
"""Where a line stands: urgent, its time, its cycle's id."""

_STANDING = set(Standing.model_fields)
_BEGINNING = (None, None, None)
_ALL = None


async def hold_all(conn: Connection) -> bool:
    """Tells whether everything is held (`hold-all`)."""
    held: bool = await sql.hold_all.value(conn)
    return held


async def lines(conn: Connection, now: datetime) -> list[Pending]:
    """Says of every open cycle what it waits for; urgent first, then by time."""
    rows = await sql.standing.all(conn)
    return pending(map(standing, rows), now, too_long=IN_FLIGHT, hold_all=await hold_all(conn))


async def page(
    conn: Connection, now: datetime, *, after: Sequence[Any], most: int
) -> tuple[list[Pending], Place | None]:
    """Says of some open cycles what they wait for, and after which place more of them follow."""
    urgent, at, last = after
    rows = await sql.page.all(
        conn,
        after_urgent=urgent,
        after_at=at,
        after_id=last,
        most=most + 1,
    )
    more = _place(rows[most - 1]) if len(rows) > most else None
    return await _said(conn, rows[:most], now), more


async def wanting(conn: Connection, now: datetime, most: int) -> tuple[int, list[Pending]]:
    """Counts what wants a person's eye, and says so of the first of it."""
    rows = await sql.wanting.all(
        conn,
        stuck_before=now - IN_FLIGHT,
        overdue_before=now - GRACE,
        most=most,
    )
    return _total(rows), await _said(conn, rows, now)


async def due(conn: Connection, now: datetime, within: timedelta, most: int) -> tuple[int, list[Pending]]:
    """Counts what happens by itself within a time, and says so of the first of it."""
    rows = await sql.due.all(conn, overdue_before=now - GRACE, until=now + within, most=most)
    return _total(rows), await _said(conn, rows, now)


async def tasks(conn: Connection, now: datetime, cycle_id: str | None = None) -> list[Task]:
    """Lists the pending follow-up tasks, of one cycle or of all; urgent first, then by time."""
    return await _tasks(conn, now, cycle_id, _BEGINNING, _ALL)


async def task_page(
    conn: Connection, now: datetime, cycle_id: str | None, *, after: Sequence[Any], most: int
) -> tuple[list[Task], Place | None]:
    """Lists some of the pending follow-up tasks, and after which place more of them follow."""
    found = await _tasks(conn, now, cycle_id, after, most + 1)
    last = found[most - 1] if len(found) > most else None
    return found[:most], None if last is None else (last.urgent, last.due_at, last.cycle_id)


def standing(row: Any) -> Standing:
    """Reads how a cycle stands."""
    return Standing.model_validate({name: value for name, value in dict(row).items() if name in _STANDING})


async def _tasks(
    conn: Connection, now: datetime, cycle_id: str | None, after: Sequence[Any], most: int | None
) -> list[Task]:
    urgent, at, last = after
    rows = await sql.tasks.all(
        conn, cycle=cycle_id, after_urgent=urgent, after_at=at, after_id=last, most=most
    )
    return [Task.model_validate(dict(row) | {"overdue": row["due_at"] <= now}) for row in rows]


async def _said(conn: Connection, rows: Iterable[Any], now: datetime) -> list[Pending]:
    held = await hold_all(conn)
    return [line(standing(row), now, too_long=IN_FLIGHT, hold_all=held) for row in rows]


def _total(rows: Sequence[Any]) -> int:
    return rows[0]["total"] if rows else 0


def _place(row: Any) -> Place:
    return row["urgent"], row["at"], row["cycle_id"]

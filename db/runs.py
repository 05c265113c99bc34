"""Reads runs for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from db import cycle_lines
from db.pool import Connection
from db.sql import queries
from domain import errors, paging
from domain.cycles import Filters
from domain.runs import PassedOver, RunLine, RunRecord

sql = queries("runs")


async def page(
    conn: Connection, *, before: Sequence[Any], most: int
) -> tuple[list[RunLine], tuple[datetime, str] | None]:
    """Lists runs, the newest first, and the place after which more of them follow."""
    at, last = before
    rows = await sql.page.all(conn, id=None, before=at, before_id=last, most=most + 1)
    found = [RunLine.model_validate(dict(row)) for row in rows[:most]]
    return found, (found[-1].created_at, found[-1].id) if len(rows) > most else None


async def record(conn: Connection, run_id: str, now: datetime) -> RunRecord:
    """Reads one run in full; raises `errors.NotFound`."""
    wanted = paging.storable(run_id)
    row = await sql.page.one(conn, id=wanted, before=None, before_id=None, most=1)
    if row is None:
        raise errors.NotFound(f"there is no run {run_id!r}")
    passed = [PassedOver.model_validate(dict(one)) for one in await sql.passed_over.all(conn, id=wanted)]
    cycles, _ = await cycle_lines.page(conn, Filters(run_id=wanted), now, before=None, most=paging.MOST)
    return RunRecord(
        **dict(row),
        reasons=dict(Counter(one.reason for one in passed).most_common()),
        passed_over_roles=tuple(passed),
        cycles=tuple(cycles),
    )

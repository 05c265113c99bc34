"""Reads candidates for a person: their momentum, their pitches and their next best roles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from db import momentum, planning
from db.pool import Connection
from db.sql import queries
from domain import errors, paging, urgency
from domain.candidates import CandidateLine, CandidatePitch, CandidateRecord, Filters, NextRole
from domain.rules import Rules

sql = queries("candidates")

Place = tuple[int, Any, str]
"""Where a candidate stands in the list: group, start date, id."""

PITCHES = 200
NEXT = 10


async def page(
    conn: Connection, rules: Rules, filters: Filters, now: datetime, *, after: Sequence[Any], most: int
) -> tuple[list[CandidateLine], Place | None]:
    """Lists candidates and the place after which more of them follow."""
    rows = await _rows(conn, rules, filters, now, after=after, most=most + 1)
    last = rows[most - 1] if len(rows) > most else None
    more = None if last is None else (last["place"], last["start_date"], last["id"])
    return await _lines(conn, rules, rows[:most], now), more


async def record(conn: Connection, rules: Rules, candidate_id: str, now: datetime) -> CandidateRecord:
    """Reads one candidate in full; raises `errors.NotFound`."""
    wanted = paging.storable(candidate_id)
    rows = await _rows(conn, rules, Filters(), now, id=wanted, after=(None,) * 3, most=1)
    if not rows:
        raise errors.NotFound(f"there is no candidate {candidate_id!r}")
    (line,) = await _lines(conn, rules, rows, now)
    terms = planning.expiry(rules, rules.today(now))
    pitches = await sql.pitches.all(conn, id=wanted, most=PITCHES, **terms)
    return CandidateRecord(
        **line.model_dump(),
        **dict(await sql.record.one(conn, id=wanted)),
        pitches=tuple(CandidatePitch.model_validate(dict(one)) for one in pitches),
        next_roles=await _next_roles(conn, rules, wanted, now) if rows[0]["here"] else (),
    )


async def _rows(
    conn: Connection,
    rules: Rules,
    filters: Filters,
    now: datetime,
    *,
    after: Sequence[Any],
    most: int,
    id: str | None = None,
) -> list[Any]:
    today = rules.today(now)
    place, start, last = after
    found: list[Any] = await sql.page.all(
        conn,
        **planning.expiry(rules, today),
        urgent_with_visa=urgency.urgent_before(today, visa_required=True),
        urgent_without=urgency.urgent_before(today, visa_required=False),
        **filters.model_dump(exclude={"q"}),
        pattern=paging.like(filters.q) if filters.q.strip() else None,
        after_place=place,
        after_start=start,
        after_id=last,
        id=id,
        most=most,
    )
    return found


async def _lines(conn: Connection, rules: Rules, rows: Sequence[Any], now: datetime) -> list[CandidateLine]:
    ids = [row["id"] for row in rows]
    found = await sql.momentum.all(conn, ids=ids, min_match_score=rules.min_match_score)
    moves = {row["id"]: dict(row) for row in found}
    today = rules.today(now)
    return [
        CandidateLine(
            name=f"{row['first_name']} {row['last_name']}".strip(),
            days_to_start=urgency.days_to_start(row["start_date"], today),
            **{name: row[name] for name in _FROM_ROW},
            **moves[row["id"]],
        )
        for row in rows
    ]


_FROM_ROW = ("status", "visa_required", "start_date", "urgent", "live_pitches")


async def _next_roles(
    conn: Connection, rules: Rules, candidate_id: str, now: datetime
) -> tuple[NextRole, ...]:
    """Lists the next best roles as a silent cycle would look for them (R8)."""
    options = await momentum.best_options(conn, rules, rules.today(now), candidate_id, NEXT)
    titles = await sql.titles.all(conn, roles=[one.role_id for one in options])
    about = {row["role_id"]: dict(row) for row in titles}
    return tuple(NextRole(**about[one.role_id], score=one.candidate.score) for one in options)

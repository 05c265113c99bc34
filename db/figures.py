"""Counts of everything, at one instant (SPEC section 6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from db.planning import expiry
from db.pool import Connection
from db.sql import queries
from domain.figures import Bench, Figures, LastRun, Slots, Start, bench
from domain.rules import Rules

sql = queries("figures")


async def figures(conn: Connection, rules: Rules, now: datetime) -> Figures:
    """Counts where outreach stands; reads alone, in about 50 ms for ten thousand cycles."""
    cycles = await sql.cycles.all(conn)
    emails = await sql.emails.all(conn)
    totals = await sql.totals.one(conn, **expiry(rules, rules.today(now)))
    run = await sql.last_run.one(conn)
    return Figures(
        at=now,
        hold_all=totals["hold_all"],
        cycles=_count(cycles, "status"),
        approvals=totals["approvals"],
        urgent_cycles=sum(row["count"] for row in cycles if row["urgent"] and row["status"] != "closed"),
        outcomes=_count(cycles, "outcome"),
        emails=_stages(emails),
        uncertain=sum(row["count"] for row in emails if row["status"] == "uncertain"),
        threads=totals["threads"],
        replies=totals["replies"],
        reply_rate=totals["replies"] / totals["threads"] if totals["threads"] else None,
        slots=await _slots(conn, rules, now),
        candidates=await _bench(conn, rules, now, totals["live_pitches"]),
        companies=totals["companies"],
        open_roles=totals["open_roles"],
        last_run=None if run is None else LastRun.model_validate(dict(run)),
    )


def _count(rows: Iterable[Any], column: str) -> dict[Any, int]:
    counted: Counter[str] = Counter()
    for row in rows:
        if row[column] is not None:
            counted[row[column]] += row["count"]
    return dict(counted)


def _stages(rows: Iterable[Any]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["stage"], {})[row["status"]] = row["count"]
    return found


async def _slots(conn: Connection, rules: Rules, now: datetime) -> Slots:
    week = rules.week(now)
    row = await sql.slots.one(conn, week=week, weekly_limit=rules.weekly_limit)
    return Slots(week_start=week, used=row["used"], left=row["left"])


async def _bench(conn: Connection, rules: Rules, now: datetime, live_pitches: int) -> Bench:
    rows = await sql.candidates_by_start.all(conn, **expiry(rules, rules.today(now)))
    return bench((Start(*row) for row in rows), live_pitches, rules.today(now))

"""What became of the threads of a period: one set of questions behind endpoint, page and command."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from db.pool import Connection
from db.sql import queries
from domain import analytics, rates, urgency
from domain.analytics import Analytics, Breakdown, Facet, Group, Groups, Momentum, Period, Uncovered
from domain.rates import Ended, Survival
from domain.rules import Rules

sql = queries("analytics")

STEPS = 48
"""The survival curve's steps in a follow-up interval: hours, with the interval of 48 h (R6)."""
UNCOVERED = 100
"""Urgent candidates without a live pitch who are listed; all are counted."""


async def version(conn: Connection) -> int:
    """Names the state of the threads: the number of the newest event on record."""
    found: int = await sql.version.value(conn)
    return found


async def analytics_of(conn: Connection, rules: Rules, period: Period, now: datetime, most: int) -> Analytics:
    """Counts what became of a period's threads; groups of one kind are listed up to `most`."""
    since, until = period.instants(rules.zone)
    span = {"since": since, "until": until}
    facets = [Facet(*row) for row in await sql.facets.all(conn, **span)]
    threads = sum(one.threads for one in facets)
    replies = sum(one.replies for one in facets)
    return Analytics(
        at=now,
        period=period,
        emails=sum(one.emails * one.threads for one in facets),
        threads=threads,
        replies=replies,
        reply_rate=rates.rate(replies, threads),
        stages=analytics.stages(facets),
        by=await _breakdown(conn, span, facets, most),
        time_to_reply=await _time_to_reply(conn, span, rules, now, replies),
        funnel=analytics.funnel(await sql.funnel.one(conn, **span, ever=period == Period())),
        momentum=await _momentum(conn, rules, now),
    )


async def _breakdown(conn: Connection, span: dict[str, Any], facets: list[Facet], most: int) -> Breakdown:
    found: dict[str, list[Group]] = {"role": [], "company": [], "industry": []}
    total = dict.fromkeys(found, 0)
    for row in await sql.roles.all(conn, **span, most=most):
        found[row["dimension"]].append(
            analytics.group(row["id"], row["name"], row["threads"], row["replies"])
        )
        total[row["dimension"]] = row["groups"]
    of = {name: Groups(total=total[name], groups=tuple(listed)) for name, listed in found.items()}
    return Breakdown(
        **of,
        specialist=analytics.groups(((f.specialist_id, f.specialist or "", f) for f in facets), most),
        urgency=analytics.groups((("urgent" if f.urgent else "not_urgent", "", f) for f in facets), most),
        generation=analytics.groups(((str(f.generation), "", f) for f in facets), most),
        variant=analytics.groups(((f.variant, "", f) for f in facets), most),
    )


async def _time_to_reply(
    conn: Connection, span: dict[str, Any], rules: Rules, now: datetime, replies: int
) -> Survival:
    step = rules.follow_up_interval / STEPS
    rows = await sql.steps.all(conn, **span, now=now, step=step.total_seconds())
    return rates.survival((Ended(*row) for row in rows), step.total_seconds() / 3600, replies)


async def _momentum(conn: Connection, rules: Rules, now: datetime) -> Momentum:
    today = rules.today(now)
    rows = await sql.starts.all(
        conn, today=today, zone=rules.zone.key, reply_expiry_days=rules.reply_expiry_days
    )
    by_live: dict[int, int] = {}
    for row in rows:
        by_live[row["live"]] = by_live.get(row["live"], 0) + row["people"]
    hurries = [
        row
        for row in rows
        if urgency.is_urgent(visa_required=row["visa_required"], start_date=row["start_date"], today=today)
    ]
    return Momentum(
        available=analytics.covered((row["people"], row["live"] > 0) for row in rows),
        urgent=analytics.covered((row["people"], row["live"] > 0) for row in hurries),
        by_live_pitches=dict(sorted(by_live.items())),
        uncovered=await _uncovered(conn, hurries, today),
    )


async def _uncovered(conn: Connection, hurries: Iterable[Any], today: date) -> tuple[Uncovered, ...]:
    """Names those without a live pitch, whoever starts first."""
    soonest = sorted(hurries, key=lambda row: row["start_date"])
    idle = [candidate for row in soonest for candidate in row["idle"] or ()][:UNCOVERED]
    return tuple(
        Uncovered(
            candidate_id=row["candidate_id"],
            name=row["name"].strip(),
            days_to_start=urgency.days_to_start(row["start_date"], today),
            visa_required=row["visa_required"],
            pitches=row["pitches"],
        )
        for row in await sql.people.all(conn, candidates=idle)
    )

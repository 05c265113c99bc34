"""Where a cycle's candidates go next: the choice in `domain.momentum`, driven by the records (R8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from db import planning
from db.pool import Connection
from db.sql import queries
from domain import calendar, momentum
from domain.momentum import About, Child, Company, Option, Options
from domain.planning import Ask, Ranked
from domain.rules import Rules

sql = queries("momentum")
rows = queries("cycles")

_PAGE = 50
_DEPTH = 24
"""Deep enough to top up every child of one cycle: nine children, two more candidates each, three movers."""


async def choose(
    conn: Connection, rules: Rules, parent: Any, now: datetime, candidate_id: str | None = None
) -> Sequence[Child]:
    """Chooses next roles for those candidates of a closed cycle who are still to be had, or for one (R8)."""
    today = rules.today(now)
    if rules.max_generations is not None and parent["generation"] >= rules.max_generations:
        return ()
    found = await sql.movers.all(conn, cycle=parent["id"], today=today, candidate=candidate_id)
    movers = [row["candidate_id"] for row in found]
    if not movers:
        return ()
    live = await planning.live_pitches(conn, rules, today)
    ancestry = [row["role_id"] for row in await rows.ancestry.all(conn, cycle=parent["id"])]
    steps = momentum.choose(movers, live, max_live=rules.max_live_pitches, today=today)
    answer: object = None
    while True:
        try:
            asked = steps.send(answer)
        except StopIteration as done:
            chosen: Sequence[Child] = done.value
            return chosen
        if isinstance(asked, Options):
            answer = await _options(conn, rules, today, asked, ancestry)
        else:
            answer = await _about(conn, rules, today, asked, live)


async def best_options(
    conn: Connection, rules: Rules, today: date, candidate_id: str, most: int
) -> list[Option]:
    """Lists a candidate's best next roles, whatever they come from (R8)."""
    return await _options(conn, rules, today, Options(candidate_id, 0), (), most)


async def _options(
    conn: Connection,
    rules: Rules,
    today: date,
    asked: Options,
    ancestry: Sequence[str],
    most: int = _PAGE,
) -> list[Option]:
    found = await sql.options.all(
        conn,
        **planning.terms(rules, today),
        candidate=asked.candidate_id,
        ancestry=list(ancestry),
        min_match_score=rules.min_match_score,
        most=most,
        start=asked.start,
    )
    return [
        Option(
            row["role_id"],
            row["company_id"],
            Ranked(asked.candidate_id, row["score"], row["start_date"], row["visa_required"]),
        )
        for row in found
    ]


async def _about(
    conn: Connection, rules: Rules, today: date, asked: About, live: Mapping[str, int]
) -> Company:
    """Tells how a company stands; what asks there matters only while it has a slot left."""
    company = [asked.company_id]
    (limit,) = await queries("planning").slots.all(
        conn, companies=company, weekly_limit=rules.weekly_limit, week=calendar.week_start(today)
    )
    slots = limit["weekly_limit"] - limit["used"]
    asks: Sequence[Ask] = ()
    if slots > 0:
        full = [candidate for candidate, count in live.items() if count >= rules.max_live_pitches]
        found = await planning.asks(conn, rules, today, without=full, companies=company, depth=_DEPTH)
        asks = found.asks
    return Company(
        weekly_limit=limit["weekly_limit"],
        slots=slots,
        waiting=await sql.waiting_of_company.value(conn, company=asked.company_id),
        asks=tuple(asks),
    )

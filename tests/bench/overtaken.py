"""Counts the slots that a cycle without an urgent candidate took while an urgent one of its company asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from db import planning
from db.pool import Connection
from domain.messages import CycleStart
from domain.planning import Ask, Plan, topped_up, urgent
from domain.rules import Rules

ALL = 100_000
"""Deep enough to know every candidate of a role."""


async def in_a_run(conn: Connection, rules: Rules, plan: Plan, today: date) -> int:
    """Walks a plan again, before it is booked, and looks at each company at the moment of each slot."""
    calm = {one.company_id for one in plan.planned if not one.urgent}
    asking = await _asking(conn, rules, today, calm)
    live = Counter(await planning.live_pitches(conn, rules, today))
    given = {one.role_id for one in plan.planned}
    found = 0
    for one in plan.planned:
        if not one.urgent:
            others = [ask for ask in asking[one.company_id] if ask.role_id not in given]
            found += any(_asks_urgently(ask, live, rules, today) for ask in others)
        live.update(one.added)
    return found


async def by_children(conn: Connection, rules: Rules, children: Sequence[CycleStart], today: date) -> int:
    """Looks at the companies of next roles that took a slot at once, as they were before."""
    calm = {one.company_id for one in children if one.next.do == "send" and not one.urgent}
    asking = await _asking(conn, rules, today, calm)
    live = Counter(await planning.live_pitches(conn, rules, today))
    live.subtract(name for one in children for name in one.next.candidate_ids)
    return sum(any(_asks_urgently(ask, live, rules, today) for ask in asking[name]) for name in calm)


async def _asking(
    conn: Connection, rules: Rules, today: date, companies: set[str]
) -> Mapping[str, Sequence[Ask]]:
    found: dict[str, list[Ask]] = defaultdict(list)
    if companies:
        asking = await planning.asks(conn, rules, today, companies=sorted(companies), depth=ALL)
        for ask in asking.asks:
            found[ask.company_id].append(ask)
    return found


def _asks_urgently(ask: Ask, live: Mapping[str, int], rules: Rules, today: date) -> bool:
    left = (one for one in ask.best if live.get(one.candidate_id, 0) < rules.max_live_pitches)
    return urgent(topped_up(ask.own, left), today)

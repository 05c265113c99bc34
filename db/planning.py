"""Plans a run on the records: ranking in SQL, the walk in `domain.planning` (R1 to R5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.pool import Connection
from db.sql import queries
from domain import calendar
from domain.planning import PER_CYCLE, Ask, Book, Passed, Plan, Ranked, Reason, Want, walk
from domain.rules import Rules

sql = queries("planning")

DEPTH = PER_CYCLE + 1
"""How many candidates of a role a walk begins with: one may have no live pitch left at its turn."""


@dataclass(frozen=True, slots=True)
class Faces:
    """Who would write to whom: the specialist's address, the partner contacts' in order of id (R11)."""

    sender: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """What asks for a slot and what is passed over before the walk begins (R1, R4)."""

    asks: tuple[Ask, ...]
    passed_over: tuple[Passed, ...]


async def plan(
    conn: Connection,
    rules: Rules,
    today: date,
    *,
    roles: Sequence[str] | None = None,
    max_roles: int | None = None,
) -> Plan:
    """Plans what a run on `today` would do; changes nothing (R4, R12)."""
    await sql.plan_each_anew.run(conn)
    live = await live_pitches(conn, rules, today)
    book = Book(await slots_left(conn, rules, today), live, rules.max_live_pitches)
    asking = await asks(conn, rules, today, without=book.full, roles=roles)
    steps = walk(asking.asks, book, today=today, max_roles=max_roles)
    answer: Mapping[str, Sequence[Ranked]] | None = None
    while True:
        try:
            want = next(steps) if answer is None else steps.send(answer)
        except StopIteration as done:
            walked: Plan = done.value
            passed = sorted((*walked.passed_over, *asking.passed_over), key=lambda one: one.role_id)
            return Plan(walked.planned, tuple(passed))
        answer = await _answer(conn, rules, today, want)


async def asks(
    conn: Connection,
    rules: Rules,
    today: date,
    *,
    without: Iterable[str] = (),
    roles: Sequence[str] | None = None,
    companies: Sequence[str] | None = None,
    depth: int = DEPTH,
) -> Asking:
    """Lists what asks for a slot, each with its best candidates, and what R1 passes over.

    `roles` looks at those alone and lifts `stopped` for them; `companies` looks at theirs.
    """
    standing = await sql.standing.all(conn, **terms(rules, today, roles), roles=roles, companies=companies)
    passed = tuple(Passed(row["role_id"], row["reason"]) for row in standing if row["reason"])
    open_for = [row for row in standing if not row["reason"]]
    best = await _best(conn, rules, today, [row["role_id"] for row in open_for], without, depth)
    own = await _own(conn, today, [row["waiting_cycle_id"] for row in open_for if row["waiting_cycle_id"]])
    return Asking(tuple(_ask(row, best, own, depth) for row in open_for), passed)


async def best(conn: Connection, rules: Rules, today: date, role_id: str) -> list[Ranked]:
    """Ranks the best three who may be pitched for a role, whether it gets a slot or not (R1, R2)."""
    live = await live_pitches(conn, rules, today)
    full = [candidate for candidate, count in live.items() if count >= rules.max_live_pitches]
    return (await _best(conn, rules, today, [role_id], full, PER_CYCLE))[role_id]


async def own(conn: Connection, today: date, cycle_id: str) -> list[Ranked]:
    """Ranks a cycle's candidates who are still to be had (R15)."""
    found = (await _own(conn, today, [cycle_id]))[cycle_id]
    return sorted(found, key=lambda one: one.rank)


async def slots_left(
    conn: Connection, rules: Rules, today: date, companies: Sequence[str] | None = None
) -> dict[str, int]:
    """Counts the first e-mails each company may still get in the week of `today` (R5)."""
    rows = await sql.slots.all(
        conn, weekly_limit=rules.weekly_limit, week=calendar.week_start(today), companies=companies
    )
    return {row["company_id"]: row["weekly_limit"] - row["used"] for row in rows}


async def live_pitches(conn: Connection, rules: Rules, today: date) -> dict[str, int]:
    """Counts live pitches by candidate (SPEC section 2)."""
    rows = await sql.live_counts.all(conn, **expiry(rules, today))
    return {row["candidate_id"]: row["live"] for row in rows}


async def faces(conn: Connection, companies: Iterable[str]) -> dict[str, Faces]:
    """Names sender and recipients for companies that have both."""
    rows = await sql.faces.all(conn, companies=sorted(set(companies)))
    return {row["company_id"]: Faces(row["sender"], tuple(row["recipients"])) for row in rows}


def terms(rules: Rules, today: date, lifted: Sequence[str] | None = None) -> dict[str, Any]:
    """Names what `role_standing` depends on; for roles that are `lifted`, `stopped` does not count."""
    return {**expiry(rules, today), "role_rest_days": rules.role_rest_days, "lifted": list(lifted or ())}


def expiry(rules: Rules, today: date) -> dict[str, Any]:
    """Names what a live pitch depends on (SPEC section 2)."""
    return {"today": today, "zone": rules.zone.key, "reply_expiry_days": rules.reply_expiry_days}


async def _answer(conn: Connection, rules: Rules, today: date, want: Want) -> dict[str, list[Ranked]]:
    return await _best(conn, rules, today, want.role_ids, want.without, want.depth)


async def _best(
    conn: Connection, rules: Rules, today: date, roles: Sequence[str], without: Iterable[str], depth: int
) -> dict[str, list[Ranked]]:
    rows = await sql.best.all(
        conn,
        roles=list(roles),
        without=list(without),
        depth=depth,
        today=today,
        min_match_score=rules.min_match_score,
    )
    found: dict[str, list[Ranked]] = {role: [] for role in roles}
    for role_id, candidate_id, score, start_date, visa_required in rows:
        found[role_id].append(Ranked(candidate_id, score, start_date, visa_required))
    return found


async def _own(conn: Connection, today: date, cycles: Sequence[str]) -> dict[str, list[Ranked]]:
    found: dict[str, list[Ranked]] = {cycle: [] for cycle in cycles}
    if cycles:
        for row in await sql.own.all(conn, cycles=list(cycles), today=today):
            found[row["cycle_id"]].append(
                Ranked(row["candidate_id"], row["score"], row["start_date"], row["visa_required"])
            )
    return found


def _ask(
    row: Mapping[str, Any], best: Mapping[str, list[Ranked]], own: Mapping[str, list[Ranked]], depth: int
) -> Ask:
    role_id, cycle_id = row["role_id"], row["waiting_cycle_id"]
    return Ask(
        role_id=role_id,
        company_id=row["company_id"],
        best=tuple(best[role_id]),
        exhausted=len(best[role_id]) < depth,
        cycle_id=cycle_id,
        own=tuple(own.get(cycle_id, ())),
    )


__all__ = [
    "Asking",
    "Faces",
    "Reason",
    "asks",
    "expiry",
    "faces",
    "live_pitches",
    "plan",
    "slots_left",
    "terms",
]

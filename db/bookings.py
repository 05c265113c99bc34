"""Bookings: a run's plan and next roles, each one transaction under one lock (R8, R17).

Locks are taken in one order everywhere: the advisory lock, then cycle rows by id, then slots.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db import cycles, momentum, planning
from db.pool import Connection
from db.sending import TOLERANCE
from db.sql import queries
from domain import errors, names
from domain.cadence import Next, Outcome
from domain.messages import CycleStart, MovedOn, Page, PageOfRun, RunCounts
from domain.momentum import Child
from domain.planning import Plan, Planned
from domain.rules import Rules

sql = queries("bookings")
rows = queries("cycles")
outcomes = queries("outcomes")


@dataclass(frozen=True, slots=True)
class _New:
    """A cycle about to be booked."""

    role_id: str
    company_id: str
    urgent: bool
    candidate_ids: Sequence[str]
    admitted: bool = True
    run_id: str | None = None
    parent_id: str | None = None
    generation: int = 1


async def book_run(
    conn: Connection,
    rules: Rules,
    run_id: str,
    now: datetime,
    *,
    roles: Sequence[str] | None = None,
    max_roles: int | None = None,
) -> RunCounts:
    """Plans, claims and books a run; a retry under the same id returns what was stored (R17)."""
    await queries("planning").lock_bookings.run(conn)
    stored = await sql.find_run.one(conn, run=run_id)
    if stored is None:
        await queries("planning").lock_waiting.all(conn)
        await cycles.tidy_waiting(conn, rules, now)
        today = rules.today(now)
        plan = await planning.plan(conn, rules, today, roles=roles, max_roles=max_roles)
        await _store_run(conn, run_id, plan, rules, now)
        stored = await sql.find_run.one(conn, run=run_id)
    return RunCounts(
        planned=stored["planned"], admitted=stored["admitted"], passed_over=stored["passed_over"]
    )


async def _store_run(conn: Connection, run_id: str, plan: Plan, rules: Rules, now: datetime) -> None:
    passed = [{"role_id": one.role_id, "reason": one.reason} for one in plan.passed_over]
    await sql.insert_run.run(
        conn, id=run_id, now=now, week=rules.week(now), planned=len(plan.planned), passed_over=passed
    )
    for waiting in (one for one in plan.planned if one.cycle_id):
        await _admit(conn, waiting, run_id, rules, now)
    await _take_slots(conn, rules, rules.week(now), [one.company_id for one in plan.planned])
    fresh = [_of_run(one, run_id) for one in plan.planned if one.cycle_id is None]
    await _insert(conn, fresh, rules, now)


def _of_run(planned: Planned, run_id: str) -> _New:
    return _New(planned.role_id, planned.company_id, planned.urgent, planned.candidate_ids, run_id=run_id)


async def _admit(conn: Connection, planned: Planned, run_id: str, rules: Rules, now: datetime) -> None:
    assert planned.cycle_id is not None
    week = rules.week(now)
    if not await rows.admit.one(
        conn, cycle=planned.cycle_id, now=now, week=week, urgent=planned.urgent, run=run_id
    ):
        raise errors.Conflict(f"{planned.cycle_id} changed since this was planned; planning anew")
    for candidate in planned.added:
        await rows.insert_pitch.run(
            conn, candidate_id=candidate, role_id=planned.role_id, cycle_id=planned.cycle_id, now=now
        )
    await cycles.event(conn, planned.cycle_id, "admitted", run_id, now)


async def _take_slots(conn: Connection, rules: Rules, week: date, companies: Sequence[str]) -> None:
    """Takes one slot a mention; raises `errors.SlotGone` if another took one since the plan was made."""
    counts = {company: companies.count(company) for company in sorted(set(companies))}
    taken = await rows.take_slots.all(
        conn,
        week=week,
        weekly_limit=rules.weekly_limit,
        companies=list(counts),
        counts=list(counts.values()),
    )
    if len(taken) < len(counts):
        raise errors.SlotGone("a slot was taken since this was planned; planning anew")


async def end(conn: Connection, rules: Rules, cycle_id: str, now: datetime) -> MovedOn:
    """Closes a cycle whose time has come and books its candidates' next roles, in one booking (R8, R17).

    A cycle that was answered, held or changed meanwhile is left as it is; one whose candidates have moved
    on returns the same children again.
    """
    await queries("planning").lock_bookings.run(conn)
    row = await cycles.lock(conn, cycle_id)
    outcome = _ending(row, now + TOLERANCE)
    if outcome is not None and await cycles.revalidate(conn, row, rules, now):
        await queries("sending").finish_task.run(conn, cycle=cycle_id, stage="next_roles", now=now)
        await cycles.close(conn, row, outcome, now)
    step = await cycles.next_step(conn, cycle_id)
    if not (step.moves_on or step.moved_on):
        return MovedOn(next=step)
    children = await move_on(conn, rules, await rows.find.one(conn, cycle=cycle_id), now)
    return MovedOn(next=await cycles.next_step(conn, cycle_id), children=tuple(children))


def _ending(row: cycles.Row, now: datetime) -> Outcome | None:
    """Names how a cycle ends whose time has come, or None while it has not."""
    if row["status"] == "waiting" and row["wait_until"] <= now:
        return "not_admitted"
    silent = row["status"] == "active" and row["stage"] == "follow_up_3"
    return "no_response" if silent and row["next_action_at"] <= now else None


async def move_on(conn: Connection, rules: Rules, parent: Any, now: datetime) -> list[CycleStart]:
    """Books the next roles of a closed cycle's candidates, once; a retry returns what was stored (R8).

    Expects the booking lock and the parent's row to be held, in this order.
    """
    if parent["moved_on_at"] is None:
        await _book_next(conn, rules, parent, now)
        await rows.mark_moved_on.run(conn, cycle=parent["id"], now=now)
    return await starts(conn, [row["id"] for row in await rows.children.all(conn, cycle=parent["id"])])


async def move_on_alone(
    conn: Connection, rules: Rules, cycle_id: str, candidate_id: str, now: datetime
) -> MovedOn:
    """Books the next roles of one declined candidate, once; a retry returns what was stored (R8, R17).

    Whoever has moved on with the cycle itself does not move on again: those children are returned.
    """
    await queries("planning").lock_bookings.run(conn)
    parent = await cycles.lock(conn, cycle_id)
    which = {"cycle": cycle_id, "candidate": candidate_id}
    pitch = await outcomes.pitch.one(conn, **which)
    at = pitch["moved_on_at"] or parent["moved_on_at"]
    if at is None and pitch["status"] == "declined":
        await _book_next(conn, rules, parent, now, candidate_id)
        await outcomes.mark_moved_on.run(conn, **which, now=now)
        at = now
    children = await outcomes.children_of.all(conn, **which, at=at)
    booked = await starts(conn, [row["id"] for row in children])
    return MovedOn(next=await cycles.next_step(conn, cycle_id), children=tuple(booked))


async def _book_next(
    conn: Connection, rules: Rules, parent: Any, now: datetime, candidate_id: str | None = None
) -> None:
    await cycles.tidy_waiting(conn, rules, now)
    children = await momentum.choose(conn, rules, parent, now, candidate_id)
    admitted = [child.company_id for child in children if child.admitted]
    await _take_slots(conn, rules, rules.week(now), admitted)
    await _insert(conn, [_of_parent(child, parent) for child in children], rules, now)


def _of_parent(child: Child, parent: Any) -> _New:
    return _New(
        child.role_id,
        child.company_id,
        child.urgent,
        child.candidate_ids,
        admitted=child.admitted,
        parent_id=parent["id"],
        generation=parent["generation"] + 1,
    )


async def _insert(conn: Connection, news: Sequence[_New], rules: Rules, now: datetime) -> None:
    """Writes cycles and pitches; `errors.AlreadyPitched` if a pair was used since it was planned."""
    ids = await _fresh_ids(conn, [new.role_id for new in news])
    week, until = rules.week(now), rules.end_of_wait(now)
    await rows.insert.each(
        conn, [{"id": ids[new.role_id], **_columns(new, week, until, now)} for new in news]
    )
    await rows.insert_pitch.each(
        conn,
        [
            {"candidate_id": candidate, "role_id": new.role_id, "cycle_id": ids[new.role_id], "now": now}
            for new in news
            for candidate in new.candidate_ids
        ],
    )
    await rows.insert_event.each(
        conn,
        [
            {
                "cycle": ids[new.role_id],
                "now": now,
                "kind": "planned" if new.admitted else "waiting",
                "detail": new.run_id or new.parent_id or "",
            }
            for new in news
        ],
    )


def _columns(new: _New, week: date, until: datetime, now: datetime) -> dict[str, Any]:
    """Names a new cycle's columns: it begins in its slot of the week, or waits for one."""
    return {
        "role_id": new.role_id,
        "company_id": new.company_id,
        "run_id": new.run_id,
        "parent_cycle_id": new.parent_id,
        "generation": new.generation,
        "urgent": new.urgent,
        "status": "active" if new.admitted else "waiting",
        "waiting_for": "send" if new.admitted else "slot",
        "next_action_at": now if new.admitted else until,
        "created_at": now,
        "wait_until": None if new.admitted else until,
        "slot_week": week if new.admitted else None,
    }


async def _fresh_ids(conn: Connection, roles: Sequence[str]) -> dict[str, str]:
    """Names new cycles, counting on where two roles' slugs are alike."""
    counts: dict[str, int] = {}
    found = {row["role_id"]: row for row in await rows.names.all(conn, roles=list(roles))}
    for role in roles:
        counts[role] = found[role]["cycles"] + 1
    ids: dict[str, str] = {}
    open_roles: Iterable[str] = roles
    while open_roles:
        tried = {
            role: names.cycle_id(found[role]["company_name"], found[role]["title"], role, counts[role])
            for role in open_roles
        }
        taken = {row["id"] for row in await rows.taken_ids.all(conn, ids=list(tried.values()))}
        again = []
        for role, name in tried.items():
            if name in taken or name in ids.values():
                counts[role] += 1
                again.append(role)
            else:
                ids[role] = name
        open_roles = again
    return ids


async def page(conn: Connection, order: PageOfRun) -> Page:
    """Reads the next cycles of a run, urgent ones first: its own to start, admitted ones to tell."""
    found = await sql.cycles_of_run.all(conn, run=order.run_id, after=order.after, most=order.most)
    fresh = [row["id"] for row in found if row["fresh"]]
    return Page(
        starts=tuple(await starts(conn, fresh)),
        admitted=tuple(row["id"] for row in found if not row["fresh"]),
        after=found[-1]["place"] if len(found) == order.most else None,
    )


async def finish(conn: Connection, run_id: str, started: int, now: datetime) -> None:
    """Notes that every cycle of a run has been started."""
    await sql.finish_run.run(conn, run=run_id, started=started, now=now)


async def starts(conn: Connection, cycle_ids: Sequence[str]) -> list[CycleStart]:
    """Reads what the workflows of these cycles are started with, in the order given."""
    found = {row["id"]: row for row in await sql.starts.all(conn, cycles=list(cycle_ids))}
    return [_start(found[cycle_id]) for cycle_id in cycle_ids]


def _start(row: Any) -> CycleStart:
    step: Next = cycles.following_step(row, tuple(row["candidate_ids"]))
    return CycleStart(
        cycle_id=row["id"],
        role_id=row["role_id"],
        company_id=row["company_id"],
        title=f"{row['title']} at {row['company_name']}",
        generation=row["generation"],
        urgent=row["urgent"],
        next=step,
    )

"""R17: what fell between the database and Temporal is found and mended; safe to repeat at any time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from temporalio.client import Client, WorkflowExecutionStatus, WorkflowQueryFailedError
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from db import bookings, steering
from db.pool import transaction
from db.sql import queries
from desk import outcomes
from desk.office import Office
from desk.steering import PATIENCE, tell
from domain import names
from domain.messages import CycleStart, EventKind, Reconciled
from workflows import attributes, details, steps
from workflows.cycle import OutreachCycle

Row = Any

AT_ONCE = 20
"""Questions to Temporal at the same time: far below any server's limits."""

ONCE = WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY

LONG_PAST = timedelta(minutes=5)
"""An active cycle this much overdue is told to look again."""

HEARS = timedelta(minutes=1)
"""By then a workflow that was told something has done it."""
LOOKS_BACK = timedelta(days=1)
"""What has been due or closed for longer is left to `reconcile`."""


async def reconcile(office: Office, now: datetime) -> Reconciled:
    """Starts lost cycles again where they were, tells cycles what they missed, names strangers (R17)."""
    async with transaction(office.pool) as conn:
        touched = await steering.catch_up(conn, office.rules, now)
        should_run = await queries("steering").to_run.all(conn)
        unheard = await queries("steering").unheard.all(conn, before=now - LONG_PAST)
    running = await _running(office.temporal)
    missing = await _missing(office.temporal, should_run, running)
    restarted = await _restart(office, missing)
    moved_on = await outcomes.take_up(office)
    rested = await _rest(office, now)
    open_ones = {row["id"] for row in should_run if row["status"] != "closed"}
    stale = await _closed_but_running(office, running, open_ones)
    told = await _tell(office, touched, unheard, stale, rested, set(restarted))
    async with transaction(office.pool) as conn:
        known = {row["id"] for row in await queries("steering").known.all(conn, cycles=sorted(running))}
    without_row = tuple(sorted(running - known))
    return Reconciled(restarted=tuple(restarted), told=told, without_row=without_row, moved_on=moved_on)


async def retell(office: Office, now: datetime) -> int:
    """Tells workflows what they did not hear, since Temporal was away when a person decided; counts them.

    One that has heard, and waits for a mail server or for its turn, is left in peace. The rest, such as a
    workflow that is gone, is left to `reconcile`.
    """
    async with transaction(office.pool) as conn:
        found = await queries("steering").untold.all(conn, since=now - LOOKS_BACK, before=now - HEARS)
    deaf = await _not_heard(office.temporal, found)
    closed = [row["id"] for row in deaf if row["status"] == "closed"]
    due = [row["id"] for row in deaf if row["status"] != "closed"]
    away = [*await tell(office, closed, "candidate_withdrawn"), *await tell(office, due, "send_next_now")]
    moved_on = await outcomes.take_up(office)
    return len(deaf) - len(away) + len(moved_on)


async def _not_heard(client: Client, rows: Sequence[Row]) -> list[Row]:
    """Names the cycles whose workflow stands elsewhere than their row: asking leaves nothing in a history."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def is_deaf(row: Row) -> bool:
        handle = client.get_workflow_handle(names.workflow_id(row["id"]))
        async with gate:
            try:
                step = await handle.query(OutreachCycle.state, rpc_timeout=timedelta(seconds=PATIENCE))
            except (RPCError, WorkflowQueryFailedError):
                return False  # the next sweep asks again
        return step.do != "end" if row["status"] == "closed" else step.do == "await_release"

    found = await asyncio.gather(*map(is_deaf, rows))
    return [row for row, deaf in zip(rows, found, strict=True) if deaf]


async def _rest(office: Office, now: datetime) -> list[str]:
    """Has cycles rest whose company has answered, where whoever marked the answer was cut off (R7)."""
    async with transaction(office.pool) as conn:
        answered = await steering.unrested(conn, now)
    rested: list[str] = []
    for one in answered:
        async with transaction(office.pool) as conn:
            rested += await steering.rest_others(conn, one, now)
    return rested


async def _running(client: Client) -> set[str]:
    """Names the cycles whose workflow runs, as the visibility store knows them: it may lag behind."""
    query = "WorkflowType = 'OutreachCycle' AND ExecutionStatus = 'Running'"
    return {names.cycle_of(found.id) async for found in client.list_workflows(query, page_size=1000)}


async def _missing(client: Client, should_run: Sequence[Row], running: set[str]) -> list[Row]:
    """Names the cycles that should run and do not; each one not listed is asked about by name."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def is_missing(row: Row) -> bool:
        async with gate:
            if await is_running(client, names.workflow_id(row["id"])):
                return False
            return not await _is_being_started(client, row)

    absent = [row for row in should_run if row["id"] not in running]
    found = await asyncio.gather(*map(is_missing, absent))
    return [row for row, missing in zip(absent, found, strict=True) if missing]


async def _is_being_started(client: Client, row: Row) -> bool:
    """Tells whether the run, parent or decline that booked a cycle is alive and will start it itself."""
    if row["run_open"]:
        return await is_running(client, row["run_id"])
    parent = row["parent_cycle_id"]
    if parent is None:
        return False
    starters = [names.decline_workflow_id(parent, one) for one in row["declined"]]
    return any([await is_running(client, one) for one in (names.workflow_id(parent), *starters)])


async def is_running(client: Client, workflow_id: str) -> bool:
    """Tells whether a workflow runs; raises what Temporal's client raises."""
    try:
        found = await client.get_workflow_handle(workflow_id).describe()
    except RPCError as failed:
        if failed.status == RPCStatusCode.NOT_FOUND:
            return False
        raise
    return found.status in (WorkflowExecutionStatus.RUNNING, WorkflowExecutionStatus.CONTINUED_AS_NEW)


async def _restart(office: Office, missing: Sequence[Row]) -> list[str]:
    if not missing:
        return []
    async with transaction(office.pool) as conn:
        starts = await bookings.starts(conn, [row["id"] for row in missing])
    reopened = {row["id"] for row in missing if row["reopened"]}
    gate = asyncio.Semaphore(AT_ONCE)

    async def start(one: CycleStart) -> bool:
        async with gate:
            return await start_cycle(office, one, again=one.cycle_id in reopened)

    begun = await asyncio.gather(*map(start, starts))
    return [one.cycle_id for one, new in zip(starts, begun, strict=True) if new]


async def start_cycle(office: Office, start: CycleStart, *, again: bool = False) -> bool:
    """Starts a cycle's workflow where its row stands; one that runs or has completed is left alone.

    `again` starts one that has completed too: the answer that ended it was taken back.
    """
    reuse = WorkflowIDReusePolicy.ALLOW_DUPLICATE if again else ONCE
    try:
        await office.temporal.start_workflow(
            OutreachCycle.run,
            start,
            id=names.workflow_id(start.cycle_id),
            task_queue=office.task_queue,
            id_reuse_policy=reuse,
            search_attributes=attributes.at_start(start),
            priority=steps.URGENT if start.urgent else steps.NORMAL,
            static_summary=details.summary(start),
        )
    except WorkflowAlreadyStartedError:
        return False
    return True


async def _closed_but_running(office: Office, running: set[str], should_run: set[str]) -> list[str]:
    """Names workflows that run although their cycle is closed: they have not heard of it."""
    async with transaction(office.pool) as conn:
        rows = await queries("steering").known.all(conn, cycles=sorted(running - should_run))
    return [row["id"] for row in rows]


async def _tell(
    office: Office,
    touched: Iterable[str],
    unheard: Sequence[Row],
    stale: Iterable[str],
    rested: Iterable[str],
    restarted: set[str],
) -> tuple[str, ...]:
    admitted = [row["id"] for row in unheard if row["admitted"]]
    overdue = sorted({*rested, *(row["id"] for row in unheard if not row["admitted"])})
    changed = sorted({*touched, *stale})
    lists: tuple[tuple[EventKind, list[str]], ...]
    lists = (("candidate_withdrawn", changed), ("admitted", admitted), ("send_next_now", overdue))
    for kind, ids in lists:
        await tell(office, [one for one in ids if one not in restarted], kind)
    return tuple(sorted({*changed, *admitted, *overdue} - restarted))

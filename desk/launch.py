"""Starts a run and tells what came of it (the brief's run_outreach_automation; SPEC sections 5 and 6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import WorkflowFailureError, WorkflowHandle
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from db import launch, pending, preview
from db.workers import Told
from desk import temporal, workers
from desk.office import Office
from desk.snapshot import snapshot
from domain import errors
from domain.letters import Model
from domain.messages import RunCounts, RunRequest
from workflows.run import OutreachRun

Run = WorkflowHandle[Any, RunCounts]

REDIRECT = "OUTREACH_REDIRECT_ALL_TO"
HELD = "everything is held (`hold-all`): no e-mail goes out until `release-all`"

_NO_END_YET = ("coming", "sending_again")
"""A first e-mail that a mail server put off has a reason: it is tried again by itself, however long."""


class Launched(Model):
    """What a run did: cycles started, waiting ones that it gave a slot, roles passed over by reason."""

    run_id: str
    planned: int
    started: int
    admitted: int
    restarted: int = 0
    passed_over: dict[str, int]


class FirstEmails(Model):
    """Where the first e-mails of a run stand, by standing; `sent`, or a reason not to be."""

    run_id: str
    total: int
    standings: dict[str, int]

    @property
    def open(self) -> int:
        """Counts those that have neither gone out nor a reason not to."""
        return sum(self.standings.get(one, 0) for one in _NO_END_YET)


def run_id(now: datetime, token: str) -> str:
    """Names a run: `run-20260601T090000Z-1a2b`, from its time and four hexadecimal digits."""
    return f"run-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{token}"


async def check(office: Office, roles: Sequence[str] | None) -> list[str]:
    """Raises `errors.Refused` where no role is loaded, `errors.NotFound` for an unknown one.

    Returns those of `roles` that are closed: a run does not plan them.
    """
    async with snapshot(office.pool) as conn:
        return await preview.closed_among(conn, roles)


async def is_polled(office: Office) -> bool:
    """Tells whether a worker takes work from the task queue."""
    client = office.temporal
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=office.task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    try:
        return bool((await client.workflow_service.describe_task_queue(request)).pollers)
    except RPCError as failed:
        raise temporal.down(failed) from failed


async def warnings(
    office: Office, own: Mapping[str, str], closed: Sequence[str], *, dry_run: bool = False
) -> tuple[str, ...]:
    """Says what stands in a run's way, or would surprise whoever launches; `own` is what they were told.

    Raises `errors.Refused` where letters would not be redirected, or approved, as they were told. Other
    differences are said: the workers' settings count, and nobody else gets a letter through them.
    """
    running = await workers.live(office)
    differences = list(workers.differences(own, running))
    unapproved = list(workers.unapproved(office.rules.approval, running))
    astray = own.get(REDIRECT) and any(one.startswith(f"{REDIRECT} ") for one in differences)
    if not dry_run and (astray or unapproved):
        raise errors.Refused(
            "letters would not go out as this command was told:\n  "
            + "\n  ".join(dict.fromkeys([*differences, *unapproved]))
            + "\nstart the workers again with the settings that are meant (`up`: Ctrl-C, then `up` again)"
        )
    go = "would go" if dry_run else "goes"
    said = [f"{one}: {'a' if dry_run else 'the'} run {go} by the worker's" for one in differences]
    said += [one async for one in _notes(office, own, closed, running)]
    if not dry_run and not await is_polled(office):
        said.append(
            f"no worker takes work from the task queue {office.task_queue!r}: the run begins once one "
            "does. Start `worker.py`, or `starter.py up`"
        )
    return tuple(said)


async def _notes(
    office: Office, own: Mapping[str, str], closed: Sequence[str], running: Sequence[Told]
) -> AsyncIterator[str]:
    async with snapshot(office.pool) as conn:
        held = await pending.hold_all(conn)
    if held:
        yield HELD
    for role in closed:
        yield f"role {role} is closed: it is not planned"
    for address in sorted({one.told.get(REDIRECT, "") for one in running} - {""}):
        yield f"every e-mail goes to {address} instead ({REDIRECT})"
    if own.get(REDIRECT) and not running:
        yield (
            f"{REDIRECT} is {own[REDIRECT]} here; no worker runs, and the one that will goes by its own "
            "settings"
        )


async def start(
    office: Office,
    run: str,
    *,
    roles: Sequence[str] | None = None,
    max_roles: int | None = None,
    by: str = "the command line",
) -> Run:
    """Starts a run, or finds it started; it goes on by itself, whatever becomes of the caller."""
    request = RunRequest(max_roles=max_roles, roles=None if roles is None else tuple(roles))
    try:
        return await office.temporal.start_workflow(
            OutreachRun.run,
            request,
            id=run,
            task_queue=office.task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            static_summary=_summary(request, by),
        )
    except WorkflowAlreadyStartedError:
        return office.temporal.get_workflow_handle_for(OutreachRun.run, run)
    except RPCError as failed:
        raise temporal.down(failed) from failed


def _summary(request: RunRequest, by: str) -> str:
    looks = (
        f"looks at {len(request.roles)} of the roles" if request.roles is not None else "looks at every role"
    )
    most = f", plans {request.max_roles} at most" if request.max_roles is not None else ""
    return f"A run from {by}: {looks}{most}"


async def outcome(office: Office, handle: Run) -> Launched:
    """Waits until every cycle of a run has been started, and tells what it did."""
    try:
        counts = await handle.result()
    except WorkflowFailureError as failed:
        raise errors.Unavailable(
            f"{handle.id} ended without a result ({failed.cause}); what it booked is started by `reconcile`"
        ) from failed
    except RPCError as failed:
        raise errors.TemporalDown(
            f"Temporal does not answer ({failed.message}); {handle.id} goes on once it does"
        ) from failed
    async with snapshot(office.pool) as conn:
        row = await launch.run(conn, handle.id)
    return Launched(
        run_id=handle.id,
        planned=counts.planned,
        started=counts.started,
        admitted=counts.admitted,
        restarted=counts.restarted,
        passed_over=dict(Counter(one["reason"] for one in row["passed_over"]).most_common()),
    )


async def first_emails(office: Office, run: str, now: datetime) -> FirstEmails:
    """Counts where the first e-mails of a run stand."""
    async with snapshot(office.pool) as conn:
        standings = await launch.first_emails(conn, run, now)
    return FirstEmails(run_id=run, total=sum(standings.values()), standings=standings)

"""Starts a run and tells what came of it (the brief's run_outreach_automation; SPEC sections 5 and 6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import WorkflowFailureError, WorkflowHandle
from temporalio.service import RPCError

from db import launch, preview
from desk import temporal
from desk.office import Office
from desk.snapshot import snapshot
from domain import errors
from domain.letters import Model
from domain.messages import RunCounts, RunRequest
from workflows.run import OutreachRun

Run = WorkflowHandle[Any, RunCounts]

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


async def start(
    office: Office, run: str, *, roles: Sequence[str] | None = None, max_roles: int | None = None
) -> Run:
    """Starts a run; it goes on by itself, whatever becomes of the caller."""
    request = RunRequest(max_roles=max_roles, roles=None if roles is None else tuple(roles))
    try:
        return await office.temporal.start_workflow(
            OutreachRun.run,
            request,
            id=run,
            task_queue=office.task_queue,
            static_summary=_summary(request),
        )
    except RPCError as failed:
        raise temporal.down(failed) from failed


def _summary(request: RunRequest) -> str:
    looks = (
        f"looks at {len(request.roles)} of the roles" if request.roles is not None else "looks at every role"
    )
    most = f", plans {request.max_roles} at most" if request.max_roles is not None else ""
    return f"A run from the command line: {looks}{most}"


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

"""A stage for workflow tests: the real workflows and activities on a real database and Temporal server.

The one thing played is the partner's mail server: `Outbox`, a transport that keeps what it is given.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

import worker
from activities.bios import Biographer
from activities.cycles import CycleSteps
from activities.letters import LetterSteps
from activities.reconcile import ReconcileSteps
from activities.runs import RunSteps
from db.pool import Pool
from desk.office import Office
from domain import names
from domain.letters import Accepted, Brand, Delivery
from domain.messages import CycleEnd, RunCounts, RunRequest
from domain.rules import Rules
from mail.letters import Letters
from tests.cast import CAST, Records
from tests.fill import fill
from workflows.cycle import OutreachCycle
from workflows.run import OutreachRun

Answer = Callable[[EmailMessage, Sequence[str]], Delivery]


@dataclass
class Outbox:
    """A mail server that keeps every accepted message, and answers as it is told."""

    sent: list[EmailMessage] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    name: str = "outbox"
    resends_safely: bool = True
    longest: float = 1.0

    async def send(self, message: EmailMessage, *, sender: str, recipients: Sequence[str]) -> Delivery:
        """Answers as told for this message, else accepts it."""
        delivery = self.answers.pop(0)(message, recipients) if self.answers else Accepted({})
        if isinstance(delivery, Accepted):
            self.sent.append(message)
        return delivery

    async def close(self) -> None:
        """Has nothing to let go of."""

    @property
    def subjects(self) -> list[str]:
        """Lists the subjects of what was accepted."""
        return [str(message["Subject"]) for message in self.sent]


@dataclass
class Stage:
    """The running application, and what a test does with it."""

    env: WorkflowEnvironment
    pool: Pool
    rules: Rules
    outbox: Outbox
    task_queue: str

    @property
    def client(self) -> Client:
        """The client whose workflows skip time."""
        return self.env.client

    @property
    def office(self) -> Office:
        """The desk's view of the same."""
        return Office(self.pool, self.rules, self.client, self.task_queue)

    async def launch(self, run_id: str, **request: Any) -> RunCounts:
        """Runs one planning pass to its end."""
        return await self.client.execute_workflow(
            OutreachRun.run, RunRequest(**request), id=self._run(run_id), task_queue=self.task_queue
        )

    async def end_of(self, cycle_id: str) -> CycleEnd:
        """Waits, in skipped time, until a cycle has ended."""
        return await self.cycle(cycle_id).result()

    def cycle(self, cycle_id: str) -> WorkflowHandle[Any, CycleEnd]:
        """The handle of a cycle's workflow."""
        return self.client.get_workflow_handle_for(OutreachCycle.run, names.workflow_id(cycle_id))

    async def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """Reads rows from the database."""
        return [dict(row) for row in await self.pool.fetch(query, *values)]

    def _run(self, run_id: str) -> str:
        return f"{run_id}-{self.task_queue}"


@contextlib.asynccontextmanager
async def stage(
    env: WorkflowEnvironment,
    pool: Pool,
    *,
    task_queue: str,
    rules: Rules | None = None,
    records: Records = CAST,
) -> AsyncIterator[Stage]:
    """Runs a worker with the real steps on `pool`, its letters going to an `Outbox`.

    The records are moved to the server's present day: skipped time begins there.
    """
    await fill(pool, records, today=datetime.now(UTC).date())
    rules, outbox = rules or Rules(), Outbox()
    letters = LetterSteps(pool, rules, Brand(), Letters(), outbox, Biographer(pool))
    cycle, run = CycleSteps(pool, rules), RunSteps(pool, rules)
    office = Office(pool, rules, env.client, task_queue)
    async with Worker(
        env.client,
        task_queue=task_queue,
        workflows=[OutreachRun, OutreachCycle],
        activities=[
            letters.send_letter,
            cycle.settle,
            cycle.move_on,
            run.plan_run,
            run.page_of_run,
            run.finish_run,
            ReconcileSteps(office).reconcile,
        ],
        workflow_runner=worker.RUNNER,
    ):
        yield Stage(env, pool, rules, outbox, task_queue)

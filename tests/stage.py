"""A stage for workflow tests: the real workflows and activities on a real database and Temporal server.

The one thing played is the partners' mail server: `Outbox`, a transport that keeps what it is given.

Every stage has a namespace of its own, and every story begins on the coming Monday at 09:00 UTC. There a
run is played to its end; each cycle it starts then stands still until the test moves its clock:

    await play.launch()
    acme = await play.thread("r-data")
    await acme.forward(hours=49)
    assert await acme.stages() == ["initial", "follow_up_1"]

When the stage is left, every history it made is replayed (STYLE 18) and searched for personal data.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client, WorkflowHandle, WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import TimeSkipper, TimeSkippingConfig, WorkflowEnvironment
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
from domain.cadence import Next
from domain.letters import STAGES, Brand
from domain.messages import CycleEnd, RunCounts, RunRequest
from domain.rules import Rules
from mail.letters import Letters
from tests import history
from tests.cast import CAST, Records
from tests.fill import fill
from tests.outbox import Outbox
from workflows.cycle import OutreachCycle
from workflows.run import OutreachRun

TASK_QUEUE = "outreach"

LETTERS = Letters()
"""Compiled once: that takes longer than many a story."""

_numbers = itertools.count(1)


@dataclass
class Stage:
    """The running application, and what a test does with it."""

    client: Client
    pool: Pool
    rules: Rules
    monday: datetime
    make_workers: Callable[[], tuple[Worker, Worker]]
    outbox: Outbox = field(default_factory=Outbox)
    runs: list[str] = field(default_factory=list)
    _working: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)

    def __post_init__(self) -> None:
        self.clock = TimeSkipper(self.client, config=TimeSkippingConfig(disable_propagation=True))
        self.free = TimeSkipper(self.client)

    @property
    def office(self) -> Office:
        """The desk's view of the same."""
        return Office(self.pool, self.rules, self.client, TASK_QUEUE)

    async def launch(self, run_id: str = "run-1", *, day: float = 0, **request: Any) -> RunCounts:
        """Plays a planning pass to its end, `day` days after the story's Monday; its cycles then wait."""
        delay = self.monday + timedelta(days=day) - datetime.now(UTC)
        handle = await self.clock.client.start_workflow(
            OutreachRun.run, RunRequest(**request), id=run_id, task_queue=TASK_QUEUE, start_delay=delay
        )
        self.runs.append(run_id)
        return await handle.result()

    async def thread(self, role_id: str) -> Thread:
        """The last cycle of a role."""
        found = await self.rows(
            "select id from outreach_cycle where role_id = $1 order by ordinal desc limit 1", role_id
        )
        assert found, f"{role_id} has no cycle"
        return Thread(self, found[0]["id"])

    async def underway(self, role_id: str = "r-data", *, letters: int = 1) -> Thread:
        """Launches a role and brings its thread to where so many letters have gone out."""
        await self.launch(roles=(role_id,))
        thread = await self.thread(role_id)
        if letters:
            await thread.forward(hours=1 + 48 * (letters - 1))
            assert await thread.stages() == list(STAGES[:letters])
        return thread

    async def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """Reads rows from the database."""
        return [dict(row) for row in await self.pool.fetch(query, *values)]

    async def value(self, query: str, *values: Any) -> Any:
        """Reads one value from the database."""
        return await self.pool.fetchval(query, *values)

    async def work(self) -> None:
        """Lets a worker begin."""
        for one in self.make_workers():
            await self._working.enter_async_context(one)

    async def rest(self) -> None:
        """Ends the worker; what happens meanwhile waits for the next one."""
        await self._working.aclose()

    async def histories(self) -> list[WorkflowHistory]:
        """Fetches every history that this stage has made."""
        cycles = [names.workflow_id(row["id"]) for row in await self.rows("select id from outreach_cycle")]
        return [
            await self.client.get_workflow_handle(found.id, run_id=found.run_id).fetch_history()
            async for found in self.client.list_workflows(page_size=1000)
            if found.id in {*cycles, *self.runs} or found.id.startswith("decline-")
        ]


@dataclass(frozen=True)
class Thread:
    """One cycle as a test follows it."""

    play: Stage
    id: str

    @property
    def handle(self) -> WorkflowHandle[Any, CycleEnd]:
        """The handle of its workflow."""
        return self.play.client.get_workflow_handle_for(OutreachCycle.run, names.workflow_id(self.id))

    async def forward(self, **span: float) -> bool:
        """Moves its clock, such as `hours=49`, and all that falls due meanwhile; False if it has ended.

        A step that waits for its next try as the clock begins to move may try at once.
        """
        return await self.play.clock.fast_forward(self.handle, timedelta(**span))

    async def told(self, signal: str, *payload: Any) -> None:
        """Signals its workflow and lets it do what it does about it."""
        await self.handle.signal(signal, *payload)
        await self.forward(minutes=1)

    async def seen(self, kind: str, *, times: int = 1) -> None:
        """Waits until its history shows an event of a kind, such as `TIMER_FIRED`, so many times."""
        wanted = EventType.Value(f"EVENT_TYPE_{kind}")
        async for event in self.handle.fetch_history_events(wait_new_event=True):
            times -= event.event_type == wanted
            if not times:
                return
        raise AssertionError(f"{self.id} has ended without {kind}")

    async def backs_off(self) -> None:
        """Waits until a step of its has failed and is to be tried again."""
        while True:
            pending = (await self.handle.describe()).raw_description.pending_activities
            if pending and pending[0].last_failure.message:
                return

    async def end(self) -> CycleEnd:
        """Moves its clock to its very end."""
        await self.play.clock.fast_forward(self.handle)
        return await self.handle.result()

    async def now(self) -> datetime:
        """Tells its time."""
        return await self.play.clock.get_current_time(self.handle)

    async def state(self) -> Next:
        """Asks its workflow where it stands."""
        return await self.handle.query(OutreachCycle.state)

    async def row(self) -> dict[str, Any]:
        """Reads its row."""
        return (await self.play.rows("select * from outreach_cycle where id = $1", self.id))[0]

    async def emails(self) -> list[dict[str, Any]]:
        """Reads its e-mails' rows, in order."""
        return await self.play.rows("select * from outreach_log where cycle_id = $1 order by id", self.id)

    async def stages(self, status: str = "sent") -> list[str]:
        """Names the stages whose e-mail has a status."""
        return [email["stage"] for email in await self.emails() if email["status"] == status]

    async def pitches(self) -> dict[str, str]:
        """Reads what became of each candidate's pitch."""
        rows = await self.play.rows(
            "select candidate_id, status from candidate_outreach_history where cycle_id = $1", self.id
        )
        return {row["candidate_id"]: row["status"] for row in rows}

    async def children(self) -> list[Thread]:
        """Lists the next roles' cycles, in the order of their booking."""
        rows = await self.play.rows(
            "select id from outreach_cycle where parent_cycle_id = $1 order by ordinal", self.id
        )
        return [Thread(self.play, row["id"]) for row in rows]


@contextlib.asynccontextmanager
async def stage(
    env: WorkflowEnvironment,
    pool: Pool,
    *,
    rules: Rules | None = None,
    records: Records = CAST,
    logic_flags: Sequence[Any] = (),
) -> AsyncIterator[Stage]:
    """Runs a worker with the real steps on `pool`, its letters going to an `Outbox`.

    `logic_flags` are the SDK's, to be tried before they become its default.
    """
    client = await _namespace(env)
    rules, monday = rules or Rules(), coming_monday(datetime.now(UTC))
    await fill(pool, records, today=monday.date())
    play = Stage(client, pool, rules, monday, make_workers=lambda: _workers(play, logic_flags))
    await play.work()
    try:
        yield play
        for found in await play.histories():
            await history.check(found, records)
    finally:
        await play.rest()


def coming_monday(now: datetime) -> datetime:
    """Names the first Monday 09:00 UTC after this day."""
    return datetime.combine(now.date() + timedelta(days=7 - now.weekday()), time(9), UTC)


async def _namespace(env: WorkflowEnvironment) -> Client:
    """Makes a namespace, so that no story knows another's workflows."""
    name = f"stage-{os.getpid()}-{next(_numbers)}"
    request = RegisterNamespaceRequest(namespace=name)
    request.workflow_execution_retention_period.FromTimedelta(timedelta(days=3))
    await env.client.workflow_service.register_namespace(request)
    client = await Client.connect(
        env.client.service_client.config.target_host, namespace=name, data_converter=pydantic_data_converter
    )
    await worker.register_attributes(client)
    return client


def _workers(play: Stage, logic_flags: Sequence[Any]) -> tuple[Worker, Worker]:
    rules, pool = play.rules, play.pool
    letters = LetterSteps(pool, rules, Brand(), LETTERS, play.outbox, Biographer(pool))
    cycle, run = CycleSteps(pool, rules), RunSteps(pool, rules)
    activities = [
        letters.send_letter,
        cycle.settle,
        cycle.move_on,
        run.plan_run,
        run.page_of_run,
        run.finish_run,
        ReconcileSteps(play.office).reconcile,
    ]
    made = worker.built(play.client, TASK_QUEUE, activities, grace=timedelta(seconds=1))
    for flag in logic_flags:
        made[0]._set_default_workflow_logic_flag(flag, enabled=True)
    return made

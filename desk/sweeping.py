"""The sweep as a Temporal Schedule: every two minutes what came in and was not finished is taken up (R17).

Every worker makes sure of it at its start: without it a reply could wait for ever.
"""

from __future__ import annotations

from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError

from desk import temporal
from workflows.sweep import InboxSweep

ID = "outreach-sweep"
WORKFLOW = "sweep-inbox"
EVERY = timedelta(minutes=2)
CATCH_UP = timedelta(seconds=10)
"""A missed sweep is not made up for: the next one does the same. Ten seconds is Temporal's least."""


async def ensure(client: Client, task_queue: str) -> None:
    """Creates the schedule, or makes it what it is to be; one that a person paused stays paused."""
    schedule = _schedule(task_queue)

    def change(found: ScheduleUpdateInput) -> ScheduleUpdate:
        schedule.state = found.description.schedule.state
        return ScheduleUpdate(schedule)

    try:
        try:
            await client.create_schedule(ID, schedule)
        except ScheduleAlreadyRunningError:
            await client.get_schedule_handle(ID).update(change)
    except RPCError as failed:
        raise temporal.down(failed) from failed


def _schedule(task_queue: str) -> Schedule:
    return Schedule(
        action=ScheduleActionStartWorkflow(
            InboxSweep.run,
            id=WORKFLOW,
            task_queue=task_queue,
            static_summary="Takes up what came in and was not finished",
        ),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=EVERY)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
    )

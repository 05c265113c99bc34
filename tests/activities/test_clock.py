"""R16: an attempt knows what day it is from Temporal alone."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from temporalio import activity, workflow
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment, WorkflowEnvironment
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from activities.clock import Clock

ORDERED = datetime(2026, 6, 1, 9, tzinfo=UTC)
LATE = timedelta(hours=30)
TRIES = 4


def at(scheduled: datetime, started: datetime) -> ActivityEnvironment:
    environment = ActivityEnvironment()
    environment.info = dataclasses.replace(
        ActivityEnvironment.default_info(), scheduled_time=scheduled, started_time=started
    )
    return environment


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=3)])
def test_an_attempt_is_as_late_as_temporal_says(late: timedelta) -> None:
    scheduled = datetime(2020, 1, 1, tzinfo=UTC)
    now = at(scheduled, scheduled + late).run(lambda: Clock(ORDERED).now())
    assert timedelta(0) <= now - ORDERED - late < timedelta(seconds=1)


def test_a_start_that_seems_to_precede_its_schedule_is_no_step_back() -> None:
    scheduled = datetime(2020, 1, 1, tzinfo=UTC)
    now = at(scheduled, scheduled - timedelta(seconds=5)).run(lambda: Clock(ORDERED).now())
    assert now >= ORDERED


@activity.defn
async def tell_time(ordered: datetime) -> datetime:
    if activity.info().attempt < TRIES:
        raise ApplicationError("again", next_retry_delay=LATE)
    return Clock(ordered).now()


@workflow.defn
class AsksTheTime:
    @workflow.run
    async def run(self) -> tuple[datetime, datetime]:
        await workflow.sleep(timedelta(days=3))
        ordered = workflow.now()
        told: datetime = await workflow.execute_activity(
            tell_time, ordered, start_to_close_timeout=timedelta(seconds=30)
        )
        return ordered, told


async def test_a_retry_days_later_knows_what_day_it_is_in_skipped_time_too(
    temporal: WorkflowEnvironment,
) -> None:
    """`scheduled_time` is that of the first attempt, `started_time` that of this one."""
    async with Worker(
        temporal.client,
        task_queue="clock",
        workflows=[AsksTheTime],
        activities=[tell_time],
        workflow_runner=UnsandboxedWorkflowRunner(),
    ):
        ordered, told = await temporal.client.execute_workflow(
            AsksTheTime.run, id="asks-the-time", task_queue="clock"
        )
    assert abs(told - ordered - LATE * (TRIES - 1)) < timedelta(minutes=1)

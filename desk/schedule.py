"""The daily run as a Temporal Schedule (SPEC section 5): the brief's cron job, pausable and back-fillable.

It starts an `OutreachRun` whose id is `run-daily` and the time it was due, such as
`run-daily-2026-06-01T08:00:00Z`. A run still going when the next is due makes that one skip; a run missed
while Temporal was away is made up for within `CATCH_UP`. To make up for older ones:
`temporal schedule backfill --schedule-id outreach-daily --start-time … --end-time …`.
"""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleDescription,
    ScheduleHandle,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleState,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError, RPCStatusCode

from desk import temporal
from domain import errors
from domain.letters import Model
from domain.messages import RunRequest
from domain.rules import Rules
from workflows.run import OutreachRun

ID = "outreach-daily"
RUN = "run-daily"
AT = time(9)

CATCH_UP = timedelta(hours=8)
"""A run missed in the morning is made up for until the end of the working day, never at night."""

T = TypeVar("T")


class Daily(Model):
    """The daily run as Temporal has it."""

    schedule_id: str = ID
    at: str
    """HH:MM on the clock of `time_zone`."""
    time_zone: str
    paused: bool
    note: str = ""
    next_runs: tuple[datetime, ...] = ()
    recent_runs: tuple[str, ...] = ()
    """Workflow ids of the latest runs, which are the ids of the runs in the database."""


async def put(client: Client, rules: Rules, task_queue: str, at: time = AT) -> Daily:
    """Creates the schedule, or moves it to `at` in the organisation's time zone; paused stays paused."""
    if not await _create(client, rules, task_queue, at):
        await _update(client, rules, task_queue, at)
    return await needed(client)


async def ensure(client: Client, rules: Rules, task_queue: str) -> Daily:
    """Creates the schedule at 09:00 if there is none; one that stands keeps its times and its pause."""
    if not await _create(client, rules, task_queue, AT):
        await _update(client, rules, task_queue, None)
    return await needed(client)


async def show(client: Client) -> Daily | None:
    """Reads the schedule; None if there is none."""
    try:
        return _daily(await client.get_schedule_handle(ID).describe())
    except RPCError as failed:
        if failed.status == RPCStatusCode.NOT_FOUND:
            return None
        raise temporal.down(failed) from failed


async def pause(client: Client) -> Daily:
    """Pauses the daily run; raises `errors.NotFound` if there is none."""
    await _checked(_handle(client).pause(note="paused with `schedule pause`"))
    return await needed(client)


async def resume(client: Client) -> Daily:
    """Lets the daily run go on from its next time; raises `errors.NotFound` if there is none."""
    await _checked(_handle(client).unpause(note="resumed with `schedule resume`"))
    return await needed(client)


async def delete(client: Client) -> None:
    """Deletes the schedule; runs that it started go on. Raises `errors.NotFound` if there is none."""
    await _checked(_handle(client).delete())


def _handle(client: Client) -> ScheduleHandle:
    return client.get_schedule_handle(ID)


async def needed(client: Client) -> Daily:
    """Reads the schedule; raises `errors.NotFound` if there is none."""
    return _daily(await _checked(_handle(client).describe()))


async def _checked(call: Awaitable[T]) -> T:
    """Awaits a call to Temporal; its errors become ours."""
    try:
        return await call
    except RPCError as failed:
        if failed.status == RPCStatusCode.NOT_FOUND:
            raise errors.NotFound(
                "no daily run is scheduled: `starter.py schedule set` creates it"
            ) from failed
        raise temporal.down(failed) from failed


async def _create(client: Client, rules: Rules, task_queue: str, at: time) -> bool:
    """Returns whether it was new."""
    try:
        await _checked(client.create_schedule(ID, _schedule(rules, task_queue, at, ScheduleState())))
    except ScheduleAlreadyRunningError:
        return False
    return True


async def _update(client: Client, rules: Rules, task_queue: str, at: time | None) -> None:
    def change(found: ScheduleUpdateInput) -> ScheduleUpdate:
        stands = found.description.schedule
        fresh = _schedule(rules, task_queue, at or AT, stands.state)
        if at is None:
            fresh.spec = replace(stands.spec, time_zone_name=rules.zone.key)
        return ScheduleUpdate(fresh)

    await _checked(_handle(client).update(change))


def _schedule(rules: Rules, task_queue: str, at: time, state: ScheduleState) -> Schedule:
    calendar = ScheduleCalendarSpec(
        hour=[ScheduleRange(at.hour)], minute=[ScheduleRange(at.minute)], comment="the daily run"
    )
    return Schedule(
        action=ScheduleActionStartWorkflow(
            OutreachRun.run,
            RunRequest(),
            id=RUN,
            task_queue=task_queue,
            static_summary="The daily run: gives out the week's slots and starts cycles",
        ),
        spec=ScheduleSpec(calendars=[calendar], time_zone_name=rules.zone.key),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
        state=state,
    )


def _hour(stands: Schedule) -> time:
    """Reads the time of day of a schedule; 09:00 of one that somebody gave another shape."""
    if len(stands.spec.calendars) != 1:
        return AT
    calendar = stands.spec.calendars[0]
    return time(calendar.hour[0].start, calendar.minute[0].start) if calendar.hour and calendar.minute else AT


def _daily(found: ScheduleDescription) -> Daily:
    state, info = found.schedule.state, found.info
    recent: list[Any] = [one.action for one in info.recent_actions]
    return Daily(
        at=f"{_hour(found.schedule):%H:%M}",
        time_zone=found.schedule.spec.time_zone_name or "UTC",
        paused=state.paused,
        note=state.note or "",
        next_runs=() if state.paused else tuple(info.next_action_times[:5]),
        recent_runs=tuple(one.workflow_id for one in recent[-5:]),
    )

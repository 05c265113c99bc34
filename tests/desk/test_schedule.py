"""The daily run as a Temporal Schedule, on the real dev server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from temporalio.client import Client, ScheduleOverlapPolicy
from temporalio.testing import WorkflowEnvironment

from db.pool import Pool
from desk import figures, launch, schedule
from desk.office import Office
from domain import errors
from domain.rules import Rules
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import DAY, book, do

LONDON = Rules(zone=ZoneInfo("Europe/London"))
QUEUE = "outreach-of-nobody"


@pytest_asyncio.fixture
async def client(temporal: WorkflowEnvironment) -> AsyncIterator[Client]:
    """A client of a server without a schedule, and without one again afterwards."""
    yield temporal.client
    if await schedule.show(temporal.client) is not None:
        await schedule.delete(temporal.client)


async def test_the_daily_run_is_at_nine_on_the_organisations_clock(client: Client) -> None:
    daily = await schedule.put(client, LONDON, QUEUE)
    assert (daily.at, daily.time_zone, daily.paused) == ("09:00", "Europe/London", False)
    assert {run.astimezone(LONDON.zone).time() for run in daily.next_runs} == {time(9)}
    assert len(daily.next_runs) > 1


async def test_a_run_still_going_makes_the_next_one_skip_and_a_missed_one_is_made_up_for(
    client: Client,
) -> None:
    await schedule.put(client, LONDON, QUEUE)
    found = await client.get_schedule_handle(schedule.ID).describe()
    assert found.schedule.policy.overlap == ScheduleOverlapPolicy.SKIP
    assert found.schedule.policy.catchup_window == timedelta(hours=8)


async def test_setting_it_again_moves_it_and_leaves_it_paused(client: Client) -> None:
    await schedule.put(client, LONDON, QUEUE)
    await schedule.pause(client)
    daily = await schedule.put(client, LONDON, QUEUE, time(7, 30))
    assert (daily.at, daily.paused) == ("07:30", True)
    assert (await schedule.resume(client)).paused is False


async def test_ensuring_it_keeps_the_hour_that_a_person_chose(client: Client) -> None:
    assert (await schedule.ensure(client, Rules(), QUEUE)).at == "09:00"
    await schedule.put(client, Rules(), QUEUE, time(7, 30))
    daily = await schedule.ensure(client, LONDON, QUEUE)
    assert (daily.at, daily.time_zone) == ("07:30", "Europe/London")


async def test_without_one_every_change_says_how_to_create_it(client: Client) -> None:
    assert await schedule.show(client) is None
    for change in (schedule.pause, schedule.resume, schedule.delete, schedule.needed):
        with pytest.raises(errors.NotFound, match="schedule set"):
            await change(client)


async def test_its_run_is_named_after_the_day_it_was_due(client: Client) -> None:
    await schedule.put(client, LONDON, QUEUE)
    await client.get_schedule_handle(schedule.ID).trigger()
    found = await schedule.needed(client)
    for _ in range(100):
        if found.recent_runs:
            break
        found = await schedule.needed(client)
    (run,) = found.recent_runs
    assert run.startswith("run-daily-")
    await client.get_workflow_handle(run).terminate()


async def test_waiting_cycles_and_no_run_to_admit_them_are_warned_of(client: Client, pool: Pool) -> None:
    await fill(pool)
    office = Office(pool, LONDON, client, QUEUE)
    (first, *_) = await book(pool)
    await do(
        pool,
        "update outreach_cycle set status = 'waiting', waiting_for = 'slot', wait_until = $2 where id = $1",
        first,
        NOW + 14 * DAY,
    )
    assert "no run is scheduled" in "".join((await figures.pendings(office, NOW)).warnings)
    await schedule.put(client, LONDON, QUEUE)
    assert (await figures.pendings(office, NOW)).warnings == ()
    await schedule.pause(client)
    assert "paused" in "".join((await figures.pendings(office, NOW)).warnings)


async def test_a_queue_that_no_worker_polls_is_known(client: Client, pool: Pool) -> None:
    assert not await launch.is_polled(Office(pool, LONDON, client, QUEUE))

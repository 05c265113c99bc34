"""A run is started once for each key, and never beside another one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

from db.pool import Pool
from desk import runs, triggers
from desk.office import Office
from desk.triggers import Asked, Triggered
from domain import errors
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import RULES, do

QUEUE = "nobody-works-here"
EVERYTHING = Asked()


@pytest_asyncio.fixture
async def office(pool: Pool, temporal: WorkflowEnvironment) -> AsyncIterator[Office]:
    """A desk whose runs begin and wait for a worker; they are ended afterwards."""
    await fill(pool)
    yield Office(pool, RULES, temporal.client, QUEUE)
    for row in await pool.fetch("select run_id from run_trigger"):
        handle = temporal.client.get_workflow_handle(row["run_id"])
        if await triggers.is_running(temporal.client, row["run_id"]):
            await handle.terminate()


async def ask(
    office: Office, key: str | None = None, asked: Asked = EVERYTHING, by: str = "ana"
) -> Triggered:
    return await triggers.trigger(office, {}, asked, by, key, NOW)


async def test_a_run_begins_and_says_that_no_worker_is_there(office: Office) -> None:
    begun = await ask(office)
    assert begun.changed
    assert await triggers.is_running(office.temporal, begun.run_id)
    assert any("no worker takes work" in one for one in begun.warnings)


async def test_a_run_that_has_not_planned_yet_is_said_to_have_begun(office: Office) -> None:
    begun = await ask(office)
    with pytest.raises(errors.NotFound, match="has begun"):
        await runs.run(office, NOW, begun.run_id)


async def test_a_second_one_is_refused_and_told_which_is_going(office: Office) -> None:
    begun = await ask(office)
    with pytest.raises(errors.Refused, match=begun.run_id):
        await ask(office)


async def test_two_at_the_same_moment_begin_one(office: Office) -> None:
    both = await asyncio.gather(ask(office), ask(office), return_exceptions=True)
    assert sorted(type(one).__name__ for one in both) == ["Refused", "Triggered"]


async def test_the_same_key_leads_to_the_same_run_also_at_the_same_moment(office: Office) -> None:
    several = await asyncio.gather(*(ask(office, "k-1") for _ in range(3)))
    assert len({one.run_id for one in several}) == 1
    assert sorted(one.changed for one in several) == [False, False, True]


async def test_a_key_is_its_callers_own(office: Office) -> None:
    begun = await ask(office, "k-1")
    with pytest.raises(errors.Refused, match=begun.run_id):
        await ask(office, "k-1", by="bea")


async def test_the_same_key_with_another_request_is_refused(office: Office) -> None:
    await ask(office, "k-1")
    with pytest.raises(triggers.KeyUsed, match="k-1"):
        await ask(office, "k-1", Asked(max_roles=3))


async def test_a_request_that_was_cut_off_before_the_run_began_begins_it_when_it_comes_again(
    office: Office,
) -> None:
    with pytest.raises(errors.TemporalDown):
        await ask(Office(office.pool, RULES, None, QUEUE), "k-1")
    await do(
        office.pool,
        "insert into run_trigger values ('run-cut-off', 'ana', 'k-1', $1, $2)",
        EVERYTHING.model_dump(),
        NOW,
    )
    begun = await ask(office, "k-1")
    assert (begun.run_id, begun.changed) == ("run-cut-off", True)


async def test_a_run_that_has_ended_is_still_the_one_of_its_key_without_temporal(office: Office) -> None:
    begun = await ask(office, "k-1")
    await do(
        office.pool,
        "insert into outreach_run (id, created_at, week_start, planned, finished_at) "
        "values ($1, $2, $3, 0, $2)",
        begun.run_id,
        NOW,
        RULES.week(NOW),
    )
    again = await ask(Office(office.pool, RULES, None, QUEUE), "k-1")
    assert (again.run_id, again.changed) == (begun.run_id, False)


async def test_a_run_that_is_gone_stands_in_nobodys_way(office: Office) -> None:
    begun = await ask(office)
    await office.temporal.get_workflow_handle(begun.run_id).terminate()
    assert (await ask(office)).changed

"""A run gives out the week's slots, starts its cycles page by page, and mends what it finds broken (R17)."""

from __future__ import annotations

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import UnsandboxedWorkflowRunner

import worker
from db.pool import Pool
from desk.reconcile import reconcile
from tests.stage import Stage, stage
from workflows import run as run_module


async def test_a_run_starts_every_cycle_it_planned(play: Stage) -> None:
    counts = await play.launch()
    rows = await play.rows("select id, run_id from outreach_cycle")
    assert counts.planned == counts.started == len(rows) == 4
    assert {row["run_id"] for row in rows} == {"run-1"}
    finished = await play.rows("select planned, started, finished_at from outreach_run")
    assert (finished[0]["planned"], finished[0]["started"]) == (4, 4)
    assert finished[0]["finished_at"] is not None


async def test_a_run_with_nothing_to_do_ends(play: Stage) -> None:
    counts = await play.launch(roles=("r-old",))
    assert (counts.planned, counts.started) == (0, 0)


async def test_a_large_run_goes_on_as_new_and_plans_nothing_twice(
    temporal: WorkflowEnvironment, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "RUNNER", UnsandboxedWorkflowRunner())
    monkeypatch.setattr(run_module, "PAGE", 1)
    monkeypatch.setattr(run_module, "PAGES_A_RUN", 2)
    async with stage(temporal, pool) as play:
        counts = await play.launch()
        assert counts.planned == counts.started == 4
        found = [one async for one in play.client.list_workflows("WorkflowType = 'OutreachRun'")]
        assert [one.status for one in found].count(WorkflowExecutionStatus.CONTINUED_AS_NEW) == 2
        assert await play.value("select count(*) from outreach_run") == 1


async def test_a_run_first_starts_again_what_was_lost_where_it_was(play: Stage) -> None:
    acme = await play.underway(letters=2)
    await acme.handle.terminate()
    counts = await play.launch("run-2", day=3, roles=("r-old",))
    assert counts.restarted == 1
    assert (await acme.state()).stage == "follow_up_2"
    assert await acme.stages() == ["initial", "follow_up_1"]
    due = (await acme.row())["next_action_at"]
    await acme.forward(seconds=(due - await acme.now()).total_seconds() + 60)
    assert await acme.stages() == ["initial", "follow_up_1", "follow_up_2"]


async def test_a_signal_that_comes_before_the_first_task_counts(play: Stage) -> None:
    acme = await play.underway()
    await acme.handle.terminate()
    await play.rest()
    assert (await reconcile(play.office, play.monday)).restarted == (acme.id,)
    await acme.handle.signal("stop")
    await play.work()
    assert (await acme.handle.result()).outcome == "stopped"
    assert await acme.stages() == ["initial"]


async def test_a_second_start_of_the_same_cycle_is_refused_quietly(play: Stage) -> None:
    acme = await play.underway()
    assert (await reconcile(play.office, play.monday)).restarted == ()
    await acme.told("stop")
    assert (await reconcile(play.office, play.monday)).restarted == ()

"""A run gives out the week's slots, starts its cycles page by page, and mends what it finds broken (R17)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import UnsandboxedWorkflowRunner

import worker
from db import bookings, steering
from db.pool import Pool, transaction
from desk.reconcile import reconcile
from tests.stage import Stage, Thread, stage
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


async def test_a_thread_whose_workflow_has_completed_is_not_started_again(play: Stage) -> None:
    """Its row says that its candidates are still to move on; what has run to its end sends nothing twice."""
    acme = await play.underway()
    await acme.told("stop")
    await acme.handle.result()
    await play.pool.execute("update outreach_cycle set outcome = 'no_response'")
    assert (await reconcile(play.office, play.monday)).restarted == ()


async def test_what_a_run_has_booked_is_left_for_it_to_start(play: Stage) -> None:
    async with transaction(play.pool) as conn:
        await bookings.book_run(conn, play.rules, "run-1", play.monday)
    counts = await play.launch("run-1")
    assert (counts.planned, counts.started, counts.restarted) == (4, 4, 0)


async def test_what_a_parent_has_booked_is_left_for_it_to_start(play: Stage) -> None:
    acme = await play.underway()
    await play.rest()
    now = await acme.now()
    async with transaction(play.pool) as conn:
        await steering.close_role(conn, "r-data", "closed", play.rules, now)
    async with transaction(play.pool) as conn:
        booked = (await bookings.end(conn, play.rules, acme.id, now)).children
    assert booked and (await reconcile(play.office, now)).restarted == ()
    await play.work()
    assert (await acme.handle.result()).children == tuple(child.cycle_id for child in booked)


async def test_reconcile_tells_a_thread_what_it_has_not_heard_of_and_no_other(play: Stage) -> None:
    """One lost its role, one is long overdue; the third is well."""
    await play.launch(roles=("r-data", "r-fleet", "r-care"))
    data, fleet, care = [await play.thread(role) for role in ("r-data", "r-fleet", "r-care")]
    for thread in (data, fleet, care):
        await thread.forward(hours=1)
    await play.pool.execute("update role set status = 'closed' where id = 'r-data'")
    late = play.monday - timedelta(days=1)
    await play.pool.execute("update outreach_cycle set next_action_at = $1 where id = $2", late, fleet.id)
    found = await reconcile(play.office, play.monday + timedelta(hours=1))
    assert found.told == (data.id, fleet.id)
    heard = [await _signals(thread) for thread in (data, fleet, care)]
    assert heard == [["candidate_withdrawn"], ["send_next_now"], []]


async def _signals(thread: Thread) -> list[str]:
    """Names what a thread's workflow was told, in order."""
    events = (await thread.handle.fetch_history()).events
    signalled = [
        event for event in events if event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED
    ]
    return [event.workflow_execution_signaled_event_attributes.signal_name for event in signalled]


async def test_an_urgent_thread_goes_before_others_in_every_queue(play: Stage) -> None:
    await play.launch(roles=("r-data", "r-port"))
    for role, priority in (("r-data", 3), ("r-port", 1)):
        history = await (await play.thread(role)).handle.fetch_history()
        started = history.events[0].workflow_execution_started_event_attributes
        assert started.priority.priority_key == priority

"""What a thread costs in Temporal Cloud's actions and in events (issue 2)."""

from __future__ import annotations

from tests import history, stories
from tests.stage import Stage


async def test_a_silent_cycle_keeps_to_its_budget(play: Stage) -> None:
    acme = await play.underway()
    await acme.end()
    found = await acme.handle.fetch_history()
    kinds = history.kinds(found)
    print(f"a silent cycle: {history.actions(found)} actions, {history.events(found)} events")
    assert history.actions(found) <= 16
    assert history.events(found) <= 75
    assert kinds.count("ACTIVITY_TASK_SCHEDULED") == 5
    assert kinds.count("TIMER_STARTED") == 4
    assert kinds.count("UPSERT_WORKFLOW_SEARCH_ATTRIBUTES") == 5


async def test_an_answered_cycle_costs_one_signal_and_one_step_more_than_its_letters(play: Stage) -> None:
    acme = await play.underway()
    await acme.handle.signal("response_received")
    await acme.end()
    kinds = history.kinds(await acme.handle.fetch_history())
    assert kinds.count("ACTIVITY_TASK_SCHEDULED") == 2
    assert kinds.count("UPSERT_WORKFLOW_SEARCH_ATTRIBUTES") == 2


async def test_an_answer_that_is_on_record_costs_a_signal_and_no_step(play: Stage) -> None:
    acme = await stories.answered_on_record(play)
    assert (await acme.handle.result()).outcome == "responded"
    kinds = history.kinds(await acme.handle.fetch_history())
    assert kinds.count("ACTIVITY_TASK_SCHEDULED") == 2, "its letters"
    assert kinds.count("UPSERT_WORKFLOW_SEARCH_ATTRIBUTES") == 3


async def test_a_run_of_four_cycles_takes_four_steps(play: Stage) -> None:
    await play.launch()
    kinds = history.kinds(await play.client.get_workflow_handle("run-1").fetch_history())
    assert kinds.count("ACTIVITY_TASK_SCHEDULED") == 4
    assert kinds.count("START_CHILD_WORKFLOW_EXECUTION_INITIATED") == 4

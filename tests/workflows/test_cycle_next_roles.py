"""Where candidates go when a thread ends without a place for them (R8)."""

from __future__ import annotations

from datetime import timedelta

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from db import bookings
from db.pool import Pool, transaction
from desk import steering
from desk.reconcile import reconcile
from domain.letters import STAGES
from domain.rules import Rules
from tests.cast import ADA, SOFIA, Records, a_company, a_contact, a_match, a_role
from tests.stage import Stage, Thread, stage
from workflows import attributes

ONE_AT_A_TIME = Rules(max_live_pitches=1)

CHAIN = Records(
    specialists=[SOFIA],
    companies=[a_company(id) for id in ("one", "two", "three")],
    contacts=[a_contact(f"k-{id}", id, first_name="Tom") for id in ("one", "two", "three")],
    roles=[a_role(f"r-{id}", id) for id in ("one", "two", "three")],
    candidates=[ADA],
    matches=[
        a_match("ada", role, score) for role, score in (("r-one", 0.9), ("r-two", 0.8), ("r-three", 0.7))
    ],
)
"""One candidate, three roles, one live pitch at a time: a chain."""


async def test_a_silent_candidate_goes_through_three_generations_at_the_true_48_hours(
    temporal: WorkflowEnvironment, pool: Pool
) -> None:
    async with stage(temporal, pool, rules=ONE_AT_A_TIME, records=CHAIN) as play:
        await play.launch()
        thread = await play.thread("r-one")
        line = [thread]
        while True:
            assert (await thread.end()).outcome == "no_response"
            assert await thread.stages() == list(STAGES)
            children = await thread.children()
            if not children:
                break
            (thread,) = children
            line.append(thread)
        rows = [await one.row() for one in line]
        assert [row["role_id"] for row in rows] == ["r-one", "r-two", "r-three"]
        assert [row["generation"] for row in rows] == [1, 2, 3]
        closed = [(row["closed_at"] - play.monday) / timedelta(hours=192) for row in rows]
        assert [round(ratio, 3) for ratio in closed] == [1, 2, 3]
        numbers = await play.rows("select cycle_number from candidate_outreach_history order by created_at")
        assert [row["cycle_number"] for row in numbers] == [1, 2, 3]


async def test_a_chain_ends_at_the_last_generation_allowed(temporal: WorkflowEnvironment, pool: Pool) -> None:
    rules = Rules(max_live_pitches=1, max_generations=2)
    async with stage(temporal, pool, rules=rules, records=CHAIN) as play:
        await play.launch()
        first = await play.thread("r-one")
        await first.end()
        (second,) = await first.children()
        assert (await second.end()).children == ()


async def test_silent_candidates_move_on_in_groups_one_cycle_a_role(play: Stage) -> None:
    acme = await play.underway()
    end = await acme.end()
    children = await acme.children()
    assert end.children == tuple(child.id for child in children)
    rows = [await child.row() for child in children]
    assert len({row["role_id"] for row in rows}) == len(rows) > 1
    assert "r-data" not in {row["role_id"] for row in rows}
    assert {row["generation"] for row in rows} == {2}
    for child in children:
        assert (await child.handle.describe()).status == WorkflowExecutionStatus.RUNNING


async def test_a_child_without_a_slot_waits_until_a_second_run_admits_it(play: Stage) -> None:
    acme = await play.underway()
    await acme.end()
    web = await _waiting(play)
    assert play.outbox.subjects and await web.stages() == []
    counts = await play.launch("run-2", day=8.1, roles=("r-web",))
    assert (counts.planned, counts.admitted, counts.started) == (1, 1, 0)
    await web.forward(hours=3)  # its own clock stands at day 8
    assert await web.stages() == ["initial"]
    assert (await web.end()).outcome == "no_response"


async def test_an_admission_that_its_run_could_not_tell_is_told_by_reconcile(play: Stage) -> None:
    acme = await play.underway()
    await acme.end()
    web, now = await _waiting(play), play.monday + timedelta(days=8.1)
    async with transaction(play.pool) as conn:
        await bookings.book_run(conn, play.rules, "run-2", now, roles=["r-web"])
    assert web.id in (await reconcile(play.office, now)).told
    await web.forward(hours=3)  # its own clock stands at day 8
    assert await web.stages() == ["initial"]


async def test_what_an_admission_makes_urgent_shows_as_urgent_everywhere(play: Stage) -> None:
    acme = await play.underway()
    await acme.end()
    web = await _waiting(play)
    assert not (await web.state()).urgent
    await play.pool.execute("update candidate set visa_required = true, start_date = start_date - 45")
    await play.launch("run-2", day=8.1, roles=("r-web",))
    await web.forward(hours=3)  # its own clock stands at day 8
    assert (await web.state()).urgent
    found = await web.handle.describe()
    assert found.typed_search_attributes[attributes.URGENT] is True
    assert (await web.emails())[0]["urgent"] is True
    scheduled = EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
    last = [event for event in (await web.handle.fetch_history()).events if event.event_type == scheduled][-1]
    assert last.activity_task_scheduled_event_attributes.priority.priority_key == 1


async def test_a_wait_that_runs_out_closes_the_cycle_and_its_candidates_move_on(play: Stage) -> None:
    acme = await play.underway()
    await acme.end()
    web = await _waiting(play)
    began = (await web.row())["created_at"]
    await web.forward(days=13.9)
    assert (await web.state()).do == "await_slot"
    assert (await web.end()).outcome == "not_admitted"
    row = await web.row()
    assert abs(row["closed_at"] - began - timedelta(days=14)) < timedelta(minutes=1)
    assert set((await web.pitches()).values()) == {"released"}
    assert row["moved_on_at"] is not None


async def test_a_waiting_child_can_be_stopped_and_frees_its_pairs(play: Stage) -> None:
    acme = await play.underway()
    await acme.end()
    web = await _waiting(play)
    await steering.stop(play.office, web.id, await web.now())
    assert (await web.handle.result()).outcome == "stopped"
    assert set((await web.pitches()).values()) == {"released"}


async def _waiting(play: Stage) -> Thread:
    web = await play.thread("r-web")
    assert (await web.row())["status"] == "waiting"
    assert (await web.state()).do == "await_slot"
    return web

"""A decline moves its candidate on at once, also after the cycle has closed (R8)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from temporalio.client import WorkflowExecutionStatus, WorkflowHandle

from db import bookings
from db.pool import transaction
from desk import outcomes, reconcile, steering
from domain import names
from tests import history
from tests.stage import Stage, Thread


async def answered(play: Stage) -> Thread:
    acme = await play.underway()
    await steering.reply(play.office, acme.id, await acme.now())
    await acme.handle.result()
    return acme


def decline_of(play: Stage, thread: Thread, candidate: str) -> WorkflowHandle[Any, Any]:
    return play.client.get_workflow_handle(names.decline_workflow_id(thread.id, candidate))


async def test_a_declined_candidate_moves_on_alone_after_the_cycle_has_closed(play: Stage) -> None:
    acme = await answered(play)
    done = await outcomes.record(play.office, acme.id, "bela", "declined", await acme.now())
    assert done.untold == ()
    started = await decline_of(play, acme, "bela").result()
    children = await acme.children()
    assert started == [child.id for child in children] != []
    for child in children:
        assert "bela" in await child.pitches()
        assert (await child.handle.describe()).status == WorkflowExecutionStatus.RUNNING
    assert await acme.pitches() == {"ada": "responded", "bela": "declined", "chidi": "responded"}


async def test_a_decline_costs_few_actions(play: Stage) -> None:
    acme = await answered(play)
    await outcomes.record(play.office, acme.id, "bela", "declined", await acme.now())
    handle = decline_of(play, acme, "bela")
    await handle.result()
    assert history.actions(await handle.fetch_history()) == 2


async def test_a_decline_that_was_lost_is_started_by_reconcile(play: Stage) -> None:
    acme = await answered(play)
    alone = replace(play.office, client=None)
    now = await acme.now()
    assert (await outcomes.record(alone, acme.id, "bela", "declined", now)).untold == (acme.id,)
    found = await reconcile.reconcile(play.office, now)
    assert found.moved_on == (names.decline_workflow_id(acme.id, "bela"),)
    assert await decline_of(play, acme, "bela").result()
    assert (await reconcile.reconcile(play.office, now)).moved_on == ()


async def test_a_decline_that_was_lost_is_started_by_the_next_sweep(play: Stage) -> None:
    acme = await answered(play)
    now = await acme.now()
    await outcomes.record(replace(play.office, client=None), acme.id, "bela", "declined", now)
    assert await reconcile.retell(play.office, now) == 1
    assert await decline_of(play, acme, "bela").result()
    assert await reconcile.retell(play.office, now) == 0


async def test_booked_and_then_lost_the_same_children_are_started(play: Stage) -> None:
    acme = await answered(play)
    now = await acme.now()
    await outcomes.record(replace(play.office, client=None), acme.id, "bela", "declined", now)
    async with transaction(play.pool) as conn:
        booked = await bookings.move_on_alone(conn, play.rules, acme.id, "bela", now)
    assert await outcomes.start(play.office, acme.id, "bela")
    started = await decline_of(play, acme, "bela").result()
    assert started == [child.cycle_id for child in booked.children] != []
    assert len(await acme.children()) == len(started)


async def test_children_that_a_decline_is_still_starting_are_left_to_it(play: Stage) -> None:
    acme = await answered(play)
    now = await acme.now()
    await play.rest()
    await outcomes.record(play.office, acme.id, "bela", "declined", now)
    async with transaction(play.pool) as conn:
        booked = await bookings.move_on_alone(conn, play.rules, acme.id, "bela", now)
    assert booked.children
    assert (await reconcile.reconcile(play.office, now)).restarted == ()
    await play.work()
    assert await decline_of(play, acme, "bela").result()


async def test_two_candidates_of_one_cycle_declined_at_once_both_move_on(play: Stage) -> None:
    acme = await answered(play)
    now = await acme.now() + timedelta(minutes=1)
    both = ("ada", "chidi")
    await asyncio.gather(*(outcomes.record(play.office, acme.id, one, "declined", now) for one in both))
    started = [child for one in both for child in await decline_of(play, acme, one).result()]
    assert sorted(started) == sorted(child.id for child in await acme.children()) != []
    for one in both:
        assert any([one in await child.pitches() for child in await acme.children()])


async def test_a_placed_candidate_leaves_the_other_threads_at_once(play: Stage) -> None:
    acme = await answered(play)
    await play.launch("run-2", roles=("r-care",))
    care = await play.thread("r-care")
    assert "ada" in await care.pitches()
    done = await outcomes.record(play.office, acme.id, "ada", "placed", await acme.now())
    assert done.cycle_ids == (acme.id, care.id)
    await care.forward(hours=1)
    assert "ada" not in (await care.state()).candidate_ids

"""A thread whose answer was none goes on in a workflow of its own (R7, R17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db import reopening as records
from db.pool import transaction
from desk import reconcile, reopening, steering
from desk.office import Office
from domain import errors
from tests.stage import Stage, Thread


def on_the_clock(play: Stage) -> Office:
    """The desk whose workflows stand still until a test moves their clock."""
    return replace(play.office, client=play.clock.client)


async def answered(play: Stage) -> Thread:
    acme = await play.underway()
    await steering.reply(play.office, acme.id, await acme.now())
    await acme.handle.result()
    return acme


async def test_a_reopened_thread_sends_what_comes_next_when_it_was_due_and_once(play: Stage) -> None:
    acme = await answered(play)
    first = (await acme.emails())[0]
    done = await reopening.reopen(on_the_clock(play), acme.id, first["sent_at"] + timedelta(hours=1))
    assert done.untold == () and "goes on" in done.words
    assert (await acme.state()).stage == "follow_up_1"
    await acme.forward(days=(first["sent_at"] - await acme.now()) / timedelta(days=1) + 2.1)
    assert await acme.stages() == ["initial", "follow_up_1"]
    second = (await acme.emails())[1]
    assert abs(second["sent_at"] - first["sent_at"] - timedelta(hours=48)) < timedelta(minutes=1)
    assert (await acme.end()).outcome == "no_response"
    assert len(await acme.stages()) == 4


async def test_a_workflow_that_has_not_heard_of_the_answer_is_waited_for(play: Stage) -> None:
    acme = await play.underway()
    now = await acme.now()
    with pytest.raises(errors.Refused, match="never marked"):
        await reopening.reopen(play.office, acme.id, now)
    await steering.reply(replace(play.office, client=None), acme.id, now)
    with pytest.raises(errors.Refused, match="reconcile"):
        await reopening.reopen(play.office, acme.id, now)
    await reconcile.reconcile(play.office, now)
    await acme.handle.result()
    assert (await reopening.reopen(on_the_clock(play), acme.id, now)).changed


async def test_a_reopened_thread_whose_start_was_lost_is_started_by_reconcile(play: Stage) -> None:
    acme = await answered(play)
    now = play.monday + timedelta(hours=2)
    async with transaction(play.pool) as conn:
        await records.reopen(conn, acme.id, play.rules, now)
    found = await reconcile.reconcile(on_the_clock(play), now)
    assert found.restarted == (acme.id,)
    assert (await acme.state()).stage == "follow_up_1"
    assert (await reconcile.reconcile(on_the_clock(play), now)).restarted == ()


async def test_a_paused_thread_that_is_reopened_writes_nothing_until_it_is_resumed(play: Stage) -> None:
    acme = await play.underway()
    await steering.pause(play.office, acme.id, await acme.now())
    await steering.reply(play.office, acme.id, await acme.now())
    await acme.handle.result()
    done = await reopening.reopen(on_the_clock(play), acme.id, await acme.now())
    assert "held, as it was: a person paused it" in done.words
    await acme.forward(days=10)
    assert await acme.stages() == ["initial"]
    await steering.resume(play.office, acme.id, await acme.now())
    assert (await acme.end()).outcome == "no_response"
    assert len(await acme.stages()) == 4


async def test_without_temporal_nothing_is_reopened(play: Stage) -> None:
    acme = await answered(play)
    with pytest.raises(errors.TemporalDown):
        await reopening.reopen(replace(play.office, client=None), acme.id, play.monday)
    assert (await acme.row())["status"] == "closed"

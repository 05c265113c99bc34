"""Held, stopped, forced: what a person may do to a thread, by command, by signal, in the Web UI (R6, R17)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from temporalio.client import WorkflowExecutionStatus

from db.sql import queries
from desk import steering
from domain import errors
from domain.letters import STAGES, Accepted, Outage
from domain.messages import SendNow
from tests.stage import Stage, Thread

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("by", ["command", "signal"])
async def test_after_a_long_hold_one_letter_goes_out_and_the_next_an_interval_later(
    play: Stage, by: str
) -> None:
    acme = await play.underway()
    await _steer(acme, "pause", by)
    await acme.forward(days=7)
    assert (await acme.state()).do == "await_release"
    assert await acme.stages() == ["initial"]
    released = await acme.now()
    await _steer(acme, "resume", by)
    assert await acme.stages() == ["initial", "follow_up_1"]
    assert (await acme.emails())[1]["sent_at"] - released < MINUTE
    await acme.forward(hours=47)
    assert len(await acme.stages()) == 2
    await acme.forward(hours=2)
    assert len(await acme.stages()) == 3


async def test_a_hold_that_ends_before_a_letter_is_due_changes_nothing(play: Stage) -> None:
    acme = await play.underway()
    await acme.told("pause")
    await acme.forward(hours=20)
    await acme.told("resume")
    assert await acme.stages() == ["initial"]
    await acme.forward(hours=27)
    first, second = await acme.emails()
    assert abs(second["sent_at"] - first["sent_at"] - timedelta(hours=48)) < MINUTE


async def test_silence_closes_a_cycle_only_after_release(play: Stage) -> None:
    acme = await play.underway(letters=4)
    await acme.told("pause")
    await acme.told("pause")
    await acme.forward(days=9)
    assert (await acme.row())["status"] == "held"
    released = await acme.now()
    await acme.told("resume")
    assert (await acme.handle.result()).outcome == "no_response"
    assert (await acme.row())["closed_at"] - released < MINUTE


async def test_a_cycle_held_before_its_first_letter_waits_for_a_slot_if_the_week_has_passed(
    play: Stage,
) -> None:
    play.outbox.down_until = play.monday + timedelta(hours=1)
    acme = await play.underway(letters=0)
    await acme.told("pause")
    assert (await acme.state()).why == "person"
    await acme.forward(days=7)
    await acme.told("resume")
    state = await acme.state()
    assert state.do == "await_slot"
    assert await acme.stages() == []
    assert abs(state.at - await acme.now() - timedelta(days=14)) < timedelta(minutes=2)


@pytest.mark.parametrize(("by", "letters"), [("command", 1), ("signal", 4), ("cancel", 1), ("cancel", 4)])
async def test_stopped_it_ends_and_nobody_moves_on(play: Stage, by: str, letters: int) -> None:
    acme = await play.underway(letters=letters)
    await (acme.handle.cancel() if by == "cancel" else _steer(acme, "stop", by))
    assert (await acme.handle.result()).outcome == "stopped"
    assert (await acme.handle.describe()).status == WorkflowExecutionStatus.COMPLETED
    assert (await acme.row())["outcome"] == "stopped"
    assert await acme.stages() == list(STAGES[:letters])
    assert not await acme.children()


async def test_a_held_cycle_can_be_cancelled(play: Stage) -> None:
    acme = await play.underway()
    await acme.told("pause")
    await acme.handle.cancel()
    assert (await acme.handle.result()).outcome == "stopped"


async def test_cancelled_while_it_is_being_closed_it_stops_and_nobody_moves_on(play: Stage) -> None:
    acme = await play.underway(letters=4)
    async with play.pool.acquire() as booking, booking.transaction():
        await queries("planning").lock_bookings.run(booking)
        skipping = asyncio.create_task(acme.forward(hours=49))
        await acme.seen("ACTIVITY_TASK_SCHEDULED", times=5)
        await acme.handle.cancel()
        assert (await acme.handle.result()).outcome == "stopped"
    await skipping
    assert not await acme.children()


async def test_cancelled_between_two_attempts_it_stops_and_the_pairs_are_free_again(play: Stage) -> None:
    play.outbox.answers = [Outage("smtp_451", "later", retry_after=3600.0)]
    acme = await play.underway(letters=0)
    await acme.backs_off()
    await acme.handle.cancel()
    assert (await acme.handle.result()).outcome == "stopped"
    assert await acme.stages("skipped") == ["initial"]
    assert set((await acme.pitches()).values()) == {"released"}
    assert await play.value("select used from email_limiter where company_id = 'acme'") == 0


@pytest.mark.parametrize("delivery", [Accepted({}), Outage("smtp_451", "later")], ids=["accepted", "refused"])
@pytest.mark.parametrize("paused_first", [False, True])
async def test_cancelled_while_a_server_listens_it_waits_for_the_attempts_end_and_stops(
    play: Stage, delivery: Any, paused_first: bool
) -> None:
    acme = await play.underway()
    listening, answering = asyncio.Event(), asyncio.Event()

    async def listen(_: Any) -> None:
        listening.set()
        await answering.wait()

    play.outbox.handed, play.outbox.answers = listen, [delivery]
    skipping = asyncio.create_task(acme.forward(hours=60))
    await listening.wait()
    if paused_first:
        await acme.handle.signal("pause")
        await acme.seen("ACTIVITY_TASK_CANCEL_REQUESTED")
    await acme.handle.cancel()
    await acme.seen("WORKFLOW_EXECUTION_CANCEL_REQUESTED")
    if not paused_first:
        await acme.seen("ACTIVITY_TASK_CANCEL_REQUESTED")
    answering.set()
    await skipping
    assert (await acme.handle.result()).outcome == "stopped"
    crossed = isinstance(delivery, Accepted)
    assert await acme.stages() == list(STAGES[: 2 if crossed else 1])
    assert await acme.stages("sending") == []


async def test_forced_the_next_follow_up_goes_out_now_and_the_one_after_an_interval_later(
    play: Stage,
) -> None:
    acme = await play.underway()
    await acme.forward(hours=5)
    now = await acme.now()
    await steering.nudge(play.office, acme.id, now, force=True)
    await acme.forward(minutes=1)
    emails = await acme.emails()
    assert [email["stage"] for email in emails] == ["initial", "follow_up_1"]
    assert emails[1]["sent_at"] - now < MINUTE
    await acme.forward(hours=49)
    assert abs((await acme.emails())[2]["sent_at"] - emails[1]["sent_at"] - timedelta(hours=48)) < MINUTE


async def test_forced_it_goes_on_trying_though_something_else_comes_between(play: Stage) -> None:
    acme = await play.underway()
    refused = asyncio.Event()

    def refuse(*_: Any) -> Outage:
        refused.set()
        return Outage("smtp_451", "later", retry_after=600.0)

    play.outbox.answers = [refuse]
    await acme.handle.signal("send_next_now", SendNow(force=True))
    await refused.wait()
    await acme.told("candidate_withdrawn")
    assert await acme.stages() == ["initial", "follow_up_1"]


async def test_nudged_a_thread_that_is_not_due_goes_on_waiting(play: Stage) -> None:
    acme = await play.underway()
    await acme.told("send_next_now")
    assert await acme.stages() == ["initial"]
    await acme.forward(hours=48)
    assert await acme.stages() == ["initial", "follow_up_1"]


async def test_force_is_refused_where_no_follow_up_is_to_come(play: Stage) -> None:
    acme = await play.underway(letters=4)
    with pytest.raises(errors.Refused, match="last follow-up"):
        await steering.nudge(play.office, acme.id, await acme.now(), force=True)
    await acme.told("send_next_now", SendNow(force=True))
    assert len(await acme.stages()) == 4


async def test_held_all_nothing_is_handed_over_until_the_release(play: Stage) -> None:
    acme = await play.underway()
    await acme.forward(hours=46)
    await steering.hold_all(play.office, await acme.now())
    await acme.forward(hours=1, minutes=5)
    assert len(play.outbox.sent) == 1
    assert await acme.stages("sending") == []
    await steering.release_all(play.office, await acme.now())
    await acme.forward(minutes=1)
    assert await acme.stages() == ["initial", "follow_up_1"]


async def test_hold_all_waits_until_nothing_is_in_flight(play: Stage) -> None:
    acme = await play.underway()
    listening, answering = asyncio.Event(), asyncio.Event()

    async def listen(_: Any) -> None:
        listening.set()
        await answering.wait()

    play.outbox.handed = listen
    skipping = asyncio.create_task(acme.forward(hours=50))
    await listening.wait()
    holding = asyncio.create_task(steering.hold_all(play.office, await acme.now(), look=0.01))
    done, _ = await asyncio.wait([holding], timeout=0.1)
    assert not done
    answering.set()
    await holding
    await skipping
    assert await acme.stages() == ["initial", "follow_up_1"]


async def test_a_signal_after_the_end_is_harmless(play: Stage) -> None:
    acme = await play.underway()
    await acme.told("stop")
    with pytest.raises(errors.Refused, match="closed"):
        await steering.pause(play.office, acme.id, await acme.now())
    again = await steering.stop(play.office, acme.id, await acme.now())
    assert not again.changed


async def _steer(acme: Thread, verb: str, by: str) -> None:
    if by == "signal":
        await acme.handle.signal(verb)
    else:
        await getattr(steering, verb)(acme.play.office, acme.id, await acme.now())
    if verb != "stop":
        await acme.forward(minutes=1)

"""A person's reply stops the thread, whenever and however it comes (R7)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from temporalio.testing import WorkflowEnvironment
from temporalio.worker._workflow_instance import _WorkflowLogicFlag

from db import cycles
from db.pool import Pool, transaction
from db.sql import queries
from desk import steering
from desk.reconcile import reconcile
from domain.letters import STAGES, Accepted, Outage
from domain.messages import ResponseReceived
from tests.stage import Stage, Thread, stage

BATCH = _WorkflowLogicFlag.PROCESS_WORKFLOW_ACTIVATION_JOBS_AS_SINGLE_BATCH


@pytest.mark.parametrize("count", [1, 2, 3, 4])
async def test_a_recorded_reply_stops_the_thread_after_each_stage(play: Stage, count: int) -> None:
    acme = await play.underway(letters=count)
    done = await steering.reply(play.office, acme.id, await acme.now())
    assert done.changed and not done.untold
    assert (await acme.end()).outcome == "responded"
    assert await acme.stages() == list(STAGES[:count])
    assert set((await acme.pitches()).values()) == {"responded"}
    assert not await acme.children()


@pytest.mark.parametrize("count", [1, 4])
async def test_the_signal_alone_records_the_reply_and_stops_the_thread(play: Stage, count: int) -> None:
    acme = await play.underway(letters=count)
    email = (await acme.emails())[0]
    await acme.told("response_received", ResponseReceived(log_id=email["id"]))
    assert (await acme.handle.result()).outcome == "responded"
    assert await acme.stages() == list(STAGES[:count])
    answered = (await acme.emails())[0]["response_received_at"]
    assert abs(answered - email["sent_at"]) < timedelta(hours=48 * count)
    tasks = await play.rows("select status from follow_up_task where cycle_id = $1", acme.id)
    assert {task["status"] for task in tasks} <= {"done", "cancelled"}


async def test_a_reply_told_twice_counts_once(play: Stage) -> None:
    acme = await play.underway()
    await acme.handle.signal("response_received")
    await acme.handle.signal("response_received")
    assert (await acme.end()).outcome == "responded"
    events = await play.rows("select kind from cycle_event where cycle_id = $1", acme.id)
    assert [event["kind"] for event in events].count("responded") == 1
    again = await steering.reply(play.office, acme.id, await acme.now())
    assert not again.changed


async def test_a_reply_before_anything_was_accepted_is_refused_and_the_thread_goes_on(play: Stage) -> None:
    play.outbox.answers = [Outage("smtp_451", "try later", retry_after=3600.0)]
    acme = await play.underway(letters=0)
    await acme.backs_off()
    await acme.handle.signal("response_received")
    await acme.seen("ACTIVITY_TASK_COMPLETED", times=2)  # told the database, then sent
    assert await acme.stages() == ["initial"]
    assert (await acme.row())["responded_at"] is None
    events = await play.rows("select kind from cycle_event where cycle_id = $1", acme.id)
    assert "refused" in {event["kind"] for event in events}


@pytest.mark.parametrize("flags", [(), (BATCH,)], ids=["today", "coming flag"])
async def test_a_reply_and_the_timer_in_one_task_send_nothing(
    temporal: WorkflowEnvironment, pool: Pool, flags: Any
) -> None:
    """Under the coming flag the wait raises TimeoutError although the reply is there (sdk-python#800)."""
    async with stage(temporal, pool, logic_flags=flags) as play:
        acme = await play.underway()
        await play.rest()
        skipping = asyncio.create_task(acme.forward(hours=60))
        await acme.seen("TIMER_FIRED")
        await acme.handle.signal("response_received")
        await play.work()
        await skipping
        assert (await acme.handle.result()).outcome == "responded"
        assert await acme.stages() == ["initial"]
        assert play.outbox.subjects and len(play.outbox.sent) == 1


async def test_a_reply_between_two_attempts_ends_the_sending(play: Stage) -> None:
    acme = await play.underway()
    refusing = asyncio.Event()

    def refuse(*_: Any) -> Outage:
        refusing.set()
        return Outage("smtp_451", "greylisted", retry_after=7 * 86400.0)

    play.outbox.answers = [refuse]
    skipping = asyncio.create_task(acme.forward(hours=60))
    await refusing.wait()
    await acme.handle.signal("response_received")
    await skipping
    assert (await acme.handle.result()).outcome == "responded"
    assert await acme.stages() == ["initial"]
    assert await acme.stages("skipped") == ["follow_up_1"]


@pytest.mark.parametrize(
    ("delivery", "stages"),
    [(Accepted({}), ["initial", "follow_up_1"]), (Outage("smtp_451", "later"), ["initial"])],
    ids=["accepted", "refused"],
)
async def test_a_reply_while_a_server_listens_waits_for_the_attempts_end(
    play: Stage, delivery: Any, stages: list[str]
) -> None:
    """The e-mail has crossed it, or has not; either way it is on record, and nothing follows."""
    acme = await play.underway()
    listening, answering = asyncio.Event(), asyncio.Event()

    async def listen(_: Any) -> None:
        listening.set()
        await answering.wait()

    play.outbox.handed, play.outbox.answers = listen, [delivery]
    skipping = asyncio.create_task(acme.forward(hours=60))
    await listening.wait()
    await acme.handle.signal("response_received")
    await acme.seen("ACTIVITY_TASK_CANCEL_REQUESTED")
    answering.set()
    await skipping
    assert (await acme.handle.result()).outcome == "responded"
    assert await acme.stages() == stages
    assert len(play.outbox.sent) == len(stages)


async def test_a_recorded_answer_to_a_letter_whose_attempt_is_not_over_leaves_nothing_behind(
    play: Stage,
) -> None:
    acme = await play.underway()
    refusing = asyncio.Event()

    def refuse(*_: Any) -> Outage:
        refusing.set()
        return Outage("smtp_451", "greylisted", retry_after=7 * 86400.0)

    play.outbox.answers = [refuse]
    skipping = asyncio.create_task(acme.forward(hours=60))
    await refusing.wait()
    await acme.backs_off()
    async with transaction(play.pool) as conn:
        assert await cycles.respond(conn, await cycles.lock(conn, acme.id), None, await acme.now())
    await acme.handle.signal("response_received", ResponseReceived(ended=True))
    await skipping
    assert (await acme.handle.result()).outcome == "responded"
    assert (await acme.stages(), await acme.stages("skipped")) == (["initial"], ["follow_up_1"])


async def test_a_reply_to_a_cycle_that_has_ended_stays_on_record(play: Stage) -> None:
    acme = await play.underway(letters=4)
    await acme.end()
    done = await steering.reply(play.office, acme.id, await acme.now())
    assert done.changed and not done.untold
    row = await acme.row()
    assert (row["outcome"], row["responded_at"] is not None) == ("no_response", True)
    assert set((await acme.pitches()).values()) == {"responded"}


async def test_a_reply_told_while_the_cycle_is_being_closed_is_not_lost(play: Stage) -> None:
    acme = await play.underway(letters=4)
    async with play.pool.acquire() as booking, booking.transaction():
        await queries("planning").lock_bookings.run(booking)
        skipping = asyncio.create_task(acme.forward(hours=49))
        await acme.seen("ACTIVITY_TASK_SCHEDULED", times=5)
        await acme.handle.signal("response_received")
        await acme.seen("WORKFLOW_EXECUTION_SIGNALED")
    await skipping
    assert (await acme.handle.result()).outcome == "no_response"
    assert (await acme.row())["responded_at"] is not None
    assert set((await acme.pitches()).values()) == {"responded"}


async def _two_threads(play: Stage) -> tuple[Thread, Thread]:
    """Two threads of one company that have begun."""
    await play.launch(roles=("r-port", "r-fleet"))
    port, fleet = await play.thread("r-port"), await play.thread("r-fleet")
    for one in (port, fleet):
        await one.forward(hours=1)
        assert await one.stages() == ["initial"]
    return port, fleet


async def test_a_reply_told_by_a_signal_alone_has_the_companys_other_cycles_rest(play: Stage) -> None:
    port, fleet = await _two_threads(play)
    await port.told("response_received")
    assert (await port.handle.result()).outcome == "responded"
    row = await fleet.row()
    assert (row["status"], row["held_reason"]) == ("held", "company_answered")
    await fleet.forward(hours=60)
    assert await fleet.stages() == ["initial"]


async def test_a_rest_that_was_cut_off_is_done_by_reconcile_and_once(play: Stage) -> None:
    port, fleet = await _two_threads(play)
    now = await port.now()
    async with transaction(play.pool) as conn:
        assert await cycles.respond(conn, await cycles.lock(conn, port.id), None, now)
    assert fleet.id in (await reconcile(play.office, now)).told
    assert (await fleet.row())["held_reason"] == "company_answered"
    await steering.resume(play.office, fleet.id, now)
    assert fleet.id not in (await reconcile(play.office, now)).told
    assert (await fleet.row())["status"] == "active"

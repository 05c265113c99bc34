"""Commands on running cycles, as a person gives them (SPEC section 6; R6 to R8, R15, R17)."""

from __future__ import annotations

import asyncio
import signal

import pytest
from temporalio.client import WorkflowExecutionStatus

from tests.acceptance import ledger, worlds
from tests.acceptance.post import body
from tests.acceptance.programs import looks
from tests.acceptance.theatre import Theatre
from tests.cast import CAST

ASKED = {"OUTREACH_FOLLOW_UP_INTERVAL": "1h"}
"""An interval in which nothing happens by itself: each follow-up is asked for."""


async def test_commands_steer_running_cycles(theatre: Theatre) -> None:
    await theatre.load(CAST)
    theatre.settings |= ASKED
    await theatre.worker()
    await theatre.done("launch", "--wait")
    data, port, fleet, care = [
        await theatre.cycle(role) for role in ("r-data", "r-port", "r-fleet", "r-care")
    ]

    await theatre.done("pause", data)
    refused = await theatre.command("follow-ups", "--cycle", data, "--force")
    assert refused.code == 1 and "held" in refused.err
    await theatre.done("resume", data)
    await theatre.done("follow-ups", "--cycle", data, "--force")
    await theatre.sent(data, "follow_up_1")
    await theatre.done("withdraw", "bela")
    await theatre.done("follow-ups", "--cycle", data, "--force")
    await theatre.sent(data, "follow_up_2")
    *with_bela, without = (body(one) for one in (await ledger.threads(theatre))[data])
    assert all("Bela" in text and "Ada" in text for text in with_bela)
    assert "Bela" not in without and "Ada" in without

    await theatre.done("stop", port)
    await ended(theatre, port, "stopped")
    assert not await children(theatre, port)

    await theatre.done("close-role", "r-fleet")
    await ended(theatre, fleet, "role_closed")
    assert await children(theatre, fleet), "its candidates found no next role"

    assert "recorded" in (await theatre.done("reply", care)).out
    await ended(theatre, care, "responded")
    assert "already" in (await theatre.done("reply", care)).out
    unknown = await theatre.command("reply", "no-such-cycle")
    assert unknown.code == 1 and "no-such-cycle" in unknown.err and "Traceback" not in unknown.err


async def ended(theatre: Theatre, cycle_id: str, outcome: str) -> None:
    """Returns once row and workflow have ended, the one as expected, the other in order."""
    await theatre.until("outcome = $2 from outreach_cycle where id = $1", cycle_id, outcome)
    workflow = await theatre.workflow(cycle_id)
    assert (await asyncio.wait_for(workflow.result(), 30))["outcome"] == outcome
    assert (await workflow.describe()).status == WorkflowExecutionStatus.COMPLETED


async def children(theatre: Theatre, cycle_id: str) -> list[object]:
    """The cycles that one led to."""
    return [*await theatre.rows("select id from outreach_cycle where parent_cycle_id = $1", cycle_id)]


async def test_nothing_reaches_a_server_between_hold_all_and_release_all(theatre: Theatre) -> None:
    await theatre.load(worlds.alike(4))
    await theatre.worker()
    theatre.post.gate.clear()
    await theatre.done("launch")
    await theatre.wait_for(lambda: theatre.post.in_hand == 4, "every letter is with the server")

    holding = asyncio.create_task(theatre.done("hold-all"))
    await theatre.until("now() > changed_at + interval '1 second' from control where hold_all")
    assert not holding.done(), "it returned although letters were in flight"
    theatre.post.gate.set()
    await holding
    assert await theatre.value("select count(*) from outreach_log where in_flight_since is not null") == 0
    assert theatre.post.messages == 4

    await theatre.until("bool_and(now() > next_action_at + interval '2 seconds') from outreach_cycle")
    pending = (await theatre.done("pending", "--json")).json
    assert pending["hold_all"] and "release-all" in str(pending["warnings"])
    assert theatre.post.messages == 4, "a letter went out while everything was held"

    await theatre.done("release-all")
    await theatre.done("follow-ups")
    await theatre.all_closed(within=45)
    await ledger.whole(theatre)
    assert not (await ledger.ledger(theatre)).uncertain


async def test_two_launches_at_once_start_every_cycle_once(theatre: Theatre) -> None:
    """Both runs wait for a worker, so that it takes them up together."""
    await theatre.load(worlds.alike(12))
    theatre.settings |= ASKED
    client = await theatre.client()
    launches = [asyncio.create_task(theatre.done("launch", "--wait", "--json")) for _ in range(2)]
    async for _ in looks(within=30):
        if (await client.count_workflows("WorkflowType = 'OutreachRun'")).count == 2:
            break
    await theatre.worker()

    both = await asyncio.gather(*launches)

    assert sum(one.json["started"] for one in both) == 12
    await theatre.until("count(*) = 12 from outreach_log where status = 'sent'")
    assert [len(theatre.post.letters_to(worlds.address(f"c{one:03}"))) for one in range(12)] == [1] * 12


async def test_a_terminated_cycle_is_started_again_where_it_was_and_a_cancelled_one_is_stopped(
    theatre: Theatre,
) -> None:
    await theatre.load(worlds.alike(2))
    theatre.settings |= ASKED
    await theatre.worker()
    await theatre.done("launch", "--wait")
    lost = await theatre.cycle("r000")
    await theatre.force(lost)
    await theatre.sent(lost, "follow_up_1")
    await (await theatre.workflow(lost)).terminate("an operator's mistake")

    mended = await theatre.done("reconcile", "--json")

    assert mended.json["restarted"] == [lost]
    assert (await theatre.done("reconcile", "--json")).json == {
        "restarted": [],
        "told": [],
        "moved_on": [],
        "without_row": [],
    }
    for stage in ("follow_up_2", "follow_up_3"):
        await theatre.force(lost)
        await theatre.sent(lost, stage)
    assert len((await ledger.threads(theatre))[lost]) == 4
    other = await theatre.cycle("r001")
    await (await theatre.workflow(other)).cancel()
    await ended(theatre, other, "stopped")
    assert not (await ledger.ledger(theatre)).uncertain


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_worker_that_is_told_to_stop_finishes_what_it_has_begun(
    theatre: Theatre, number: signal.Signals
) -> None:
    await theatre.load(worlds.alike(3))
    theatre.settings |= ASKED
    worker = await theatre.worker()
    theatre.post.gate.clear()
    await theatre.done("launch")
    await theatre.wait_for(lambda: theatre.post.in_hand == 3, "every letter is with the server")

    worker.send(number)
    await worker.says("finishing what was begun")
    assert worker.is_running
    theatre.post.gate.set()

    assert await worker.ended() == 0
    assert "Traceback" not in worker.output
    assert await theatre.rows("select distinct status, uncertain_at, attempts from outreach_log") == [
        {"status": "sent", "uncertain_at": None, "attempts": 1}
    ]
    await theatre.worker()
    await theatre.force(await theatre.cycle("r000"))
    await theatre.sent(await theatre.cycle("r000"), "follow_up_1")

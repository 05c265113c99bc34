"""Stories whose histories are recorded (tests/histories) and replayed on every run of the tests.

Each plays one way through a thread on a `Stage` and returns the thread worth recording.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from temporalio.client import WorkflowHandle

from db import cycles
from db.pool import transaction
from desk import approvals, outcomes, reopening, steering
from domain import names
from domain.letters import AllRefused, Uncertain
from domain.messages import ResponseReceived, SendNow
from domain.rules import Rules
from tests.cast import LI, TOM
from tests.stage import Stage, Thread

Story = Callable[[Stage], Awaitable["Thread | Beside"]]

RULES = {"uncertain-held": Rules(on_uncertain_send="hold"), "approved": Rules(approval="all")}
"""Stories that are not played by SPEC's defaults."""

RUNS = {"silent": "run-1", "delayed-into-a-full-week": "run-2"}
"""Stories in which a run is worth recording too."""


async def silent(play: Stage) -> Thread:
    """Nobody answers; the candidates move on."""
    acme = await play.underway()
    await acme.end()
    return acme


async def answered(play: Stage) -> Thread:
    """A partner answers the first follow-up."""
    acme = await play.underway(letters=2)
    await steering.reply(play.office, acme.id, await acme.now())
    await acme.end()
    return acme


async def answered_on_record(play: Stage) -> Thread:
    """A partner answers by e-mail: the database has ended the cycle when its workflow hears of it."""
    acme = await play.underway(letters=2)
    async with transaction(play.pool) as conn:
        assert await cycles.respond(conn, await cycles.lock(conn, acme.id), None, await acme.now())
    await acme.handle.signal("response_received", ResponseReceived(ended=True))
    await acme.end()
    return acme


async def answered_with_the_timer(play: Stage) -> Thread:
    """The reply and the timer land in one workflow task."""
    acme = await play.underway()
    await play.rest()
    skipping = asyncio.create_task(acme.forward(hours=60))
    await acme.seen("TIMER_FIRED")
    await acme.handle.signal("response_received")
    await play.work()
    await skipping
    return acme


async def answered_in_an_outage(play: Stage) -> Thread:
    """The reply comes while the second letter is between two attempts."""
    acme = await play.underway()
    play.outbox.down_until = play.monday + timedelta(days=9)
    await acme.forward(hours=49)
    await acme.handle.signal("response_received")
    await acme.end()
    return acme


async def held(play: Stage) -> Thread:
    """Held over several due times, then released, then silent."""
    acme = await play.underway()
    await acme.told("pause")
    await acme.forward(days=7)
    await acme.told("resume")
    await acme.end()
    return acme


async def forced(play: Stage) -> Thread:
    """A follow-up goes out before it is due; later a person stops the thread."""
    acme = await play.underway()
    await acme.told("send_next_now", SendNow(force=True))
    await acme.forward(hours=50)
    await acme.told("stop")
    return acme


async def cancelled(play: Stage) -> Thread:
    """Cancelled in the Web UI between two letters."""
    acme = await play.underway()
    await acme.handle.cancel()
    await acme.handle.result()
    return acme


async def cancelled_while_sending(play: Stage) -> Thread:
    """Paused, then cancelled, while a server listens."""
    acme = await play.underway()
    listening, answering = asyncio.Event(), asyncio.Event()

    async def listen(_: Any) -> None:
        listening.set()
        await answering.wait()

    play.outbox.handed = listen
    skipping = asyncio.create_task(acme.forward(hours=60))
    await listening.wait()
    await acme.handle.signal("pause")
    await acme.seen("ACTIVITY_TASK_CANCEL_REQUESTED")
    await acme.handle.cancel()
    await acme.seen("WORKFLOW_EXECUTION_CANCEL_REQUESTED")
    answering.set()
    await skipping
    return acme


async def somebody_leaves(play: Stage) -> Thread:
    """One candidate withdraws, then the role is filled."""
    acme = await play.underway()
    await steering.withdraw(play.office, "ada", await acme.now())
    await acme.forward(hours=49)
    await steering.close_role(play.office, "r-data", await acme.now(), "filled")
    await acme.end()
    return acme


async def undeliverable(play: Stage) -> Thread:
    """Every address refuses the first letter for good."""
    play.outbox.answers = [AllRefused({LI.email: "550", TOM.email: "550"})]
    acme = await play.underway(letters=0)
    await acme.end()
    return acme


async def uncertain_held(play: Stage) -> Thread:
    """The first letter's end is unknown; a person says that it went out."""
    play.outbox.answers = [Uncertain("lost after the dot")]
    acme = await play.underway(letters=0)
    await acme.forward(hours=5)
    await steering.resume(play.office, acme.id, await acme.now(), "sent")
    await acme.end()
    return acme


async def delayed_into_a_full_week(play: Stage) -> Thread:
    """The first letter misses its week; a later run admits the thread again."""
    next_week = (play.monday + timedelta(days=7)).date()
    await play.pool.execute("insert into email_limiter values ('acme', $1, 1, 1)", next_week)
    play.outbox.down_until = play.monday + timedelta(days=7.5)
    acme = await play.underway(letters=0)
    await acme.forward(days=14)
    await play.launch("run-2", day=14, roles=("r-data",))
    await acme.end()
    return acme


async def not_admitted(play: Stage) -> Thread:
    """A next-role cycle waits for a slot that never comes."""
    acme = await play.underway()
    await acme.end()
    web = await play.thread("r-web")
    await web.end()
    return web


@dataclass(frozen=True)
class Beside:
    """A workflow worth recording that is no thread."""

    handle: WorkflowHandle[Any, Any]


async def declined(play: Stage) -> Beside:
    """A partner answers and declines one of the three, who moves on alone."""
    acme = await answered(play)
    await outcomes.record(play.office, acme.id, "bela", "declined", await acme.now())
    handle = play.client.get_workflow_handle(names.decline_workflow_id(acme.id, "bela"))
    await handle.result()
    return Beside(handle)


async def taken_back(play: Stage) -> Thread:
    """What was taken for an answer was none; the thread goes on to its silent end."""
    acme = await answered(play)
    office = replace(play.office, client=play.clock.client)
    await reopening.reopen(office, acme.id, play.monday + timedelta(days=2, hours=2))
    await acme.end()
    return acme


async def approved(play: Stage) -> Thread:
    """Two letters wait for approval and go out; the third is refused."""
    acme = await play.underway(letters=0)
    for hours in (60, 72):
        await acme.forward(hours=hours)
        (draft,) = (await approvals.waiting(play.office)).drafts
        await approvals.approve(play.office, draft.id, draft.hash, "Ana", await acme.now())
        await acme.forward(minutes=1)
    await acme.forward(hours=49)
    (draft,) = (await approvals.waiting(play.office)).drafts
    await approvals.refuse(play.office, draft.id, "Ana", await acme.now())
    await acme.end()
    return acme


STORIES: dict[str, Story] = {
    story.__name__.replace("_", "-"): story
    for story in (
        silent,
        answered,
        answered_on_record,
        answered_with_the_timer,
        answered_in_an_outage,
        held,
        forced,
        cancelled,
        cancelled_while_sending,
        somebody_leaves,
        undeliverable,
        uncertain_held,
        delayed_into_a_full_week,
        not_admitted,
        declined,
        taken_back,
        approved,
    )
}

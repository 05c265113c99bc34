"""Servers that refuse, hang up or fall silent: nothing is lost or sent twice unmarked (R5, R10, R11)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from temporalio.testing import WorkflowEnvironment

from db.pool import Pool
from desk import steering
from domain import errors
from domain.letters import Accepted, AllRefused, Uncertain
from domain.rules import Rules
from tests.cast import LI, TOM
from tests.stage import Stage, stage

REFUSED_TOM = {TOM.email: f"550 5.1.1 <{TOM.email}>: Tom Reed left us"}
REFUSED_BOTH = {LI.email: f"550 5.1.1 <{LI.email}>", **REFUSED_TOM}


async def test_overdue_letters_go_out_one_at_a_time_an_interval_apart(play: Stage) -> None:
    acme = await play.underway()
    play.outbox.down_until = play.monday + timedelta(days=6.5)
    await acme.forward(days=30)
    emails = await acme.emails()
    gaps = [round((later["sent_at"] - emails[0]["sent_at"]) / timedelta(days=1)) for later in emails]
    assert gaps == [0, 7, 9, 11]
    assert (await acme.handle.result()).outcome == "no_response"


async def test_a_first_letter_delayed_into_a_new_week_takes_one_of_its_slots(play: Stage) -> None:
    play.outbox.down_until = play.monday + timedelta(days=7.5)
    acme = await play.underway(letters=0)
    await acme.forward(days=9)
    assert await acme.stages() == ["initial"]
    slots = await play.rows("select week_start, used from email_limiter order by week_start")
    next_week = (play.monday + timedelta(days=7)).date()
    assert {row["week_start"]: row["used"] for row in slots}[next_week] == 1
    assert (await acme.row())["slot_week"] == next_week


async def test_a_first_letter_delayed_into_a_full_week_waits_and_a_later_run_admits_it(play: Stage) -> None:
    next_week = (play.monday + timedelta(days=7)).date()
    await play.pool.execute("insert into email_limiter values ('acme', $1, 1, 1)", next_week)
    play.outbox.down_until = play.monday + timedelta(days=7.5)
    acme = await play.underway(letters=0)
    await acme.forward(days=9)
    assert (await acme.state()).do == "await_slot"
    assert await acme.stages() == []
    await acme.forward(days=5)
    counts = await play.launch("run-2", day=14, roles=("r-data",))
    assert (counts.admitted, counts.started) == (1, 0)
    await acme.forward(minutes=1)
    assert await acme.stages() == ["initial"]
    assert (await acme.row())["slot_week"] == next_week + timedelta(days=7)


async def test_refused_for_good_by_all_it_ends_undeliverable_and_gives_everything_back(play: Stage) -> None:
    play.outbox.answers = [AllRefused(REFUSED_BOTH)]
    acme = await play.underway(letters=0)
    assert (await acme.handle.result()).outcome == "undeliverable"
    assert await acme.stages("failed") == ["initial"]
    assert set((await acme.pitches()).values()) == {"released"}
    assert await play.value("select used from email_limiter where company_id = 'acme'") == 0
    assert await play.value("select count(*) from suppressed_address") == 2
    children = await acme.children()
    assert children
    companies = await play.rows("select company_id from outreach_cycle where parent_cycle_id = $1", acme.id)
    assert "acme" not in {row["company_id"] for row in companies}


async def test_who_was_refused_for_good_gets_no_follow_up(play: Stage) -> None:
    play.outbox.answers = [Accepted(REFUSED_TOM)]
    acme = await play.underway()
    await acme.forward(hours=48)
    assert [str(message["To"]).count("@") for message in play.outbox.sent] == [2, 1]
    assert (await acme.emails())[0]["refused"] == REFUSED_TOM
    play.outbox.answers = [AllRefused({LI.email: "550"})]
    await acme.forward(hours=48)
    assert (await acme.handle.result()).outcome == "undeliverable"
    assert set((await acme.pitches()).values()) == {"pitched"}


async def test_an_unknown_end_is_sent_again_as_the_same_message(play: Stage) -> None:
    handed: list[str] = []

    async def note(message: Any) -> None:
        handed.append(str(message["Message-ID"]))

    play.outbox.handed, play.outbox.answers = note, [Uncertain("connection lost after the dot")]
    acme = await play.underway()
    (email,) = await acme.emails()
    assert handed == [email["message_id"]] * 2
    assert email["status"] == "sent" and email["uncertain_at"] is not None and email["attempts"] == 2


async def test_an_attempt_that_broke_off_counts_as_uncertain_and_says_nothing_of_what_it_quoted(
    play: Stage,
) -> None:
    async def break_off(message: Any) -> None:
        play.outbox.handed = None
        raise RuntimeError(f"cannot deliver to {message['To']}: {message.get_body(('plain',))}")

    play.outbox.handed = break_off
    acme = await play.underway()
    (email,) = await acme.emails()
    assert email["status"] == "sent" and email["uncertain_at"] is not None


@pytest.mark.parametrize("decision", ["sent", "again"])
async def test_held_for_a_person_an_unknown_end_is_decided_by_one(
    temporal: WorkflowEnvironment, pool: Pool, decision: Any
) -> None:
    async with stage(temporal, pool, rules=Rules(on_uncertain_send="hold")) as play:
        play.outbox.answers = [Uncertain("connection lost after the dot")]
        acme = await play.underway(letters=0)
        await acme.forward(days=3)
        assert (await acme.state()).why == "uncertain"
        assert play.outbox.sent == []
        with pytest.raises(errors.Refused, match="--again"):
            await steering.resume(play.office, acme.id, await acme.now())
        await steering.resume(play.office, acme.id, await acme.now(), decision)
        await acme.forward(minutes=1)
        (email, *more) = await acme.emails()
        sent = [str(message["Message-ID"]) for message in play.outbox.sent]
        if decision == "again":
            assert (sent, more) == ([email["message_id"]], [])
        else:
            assert [one["stage"] for one in more] == ["follow_up_1"]
            assert sent == [more[0]["message_id"]]
            assert str(play.outbox.sent[0]["In-Reply-To"]) == email["message_id"]
        assert email["uncertain_at"] is not None


async def test_a_worker_that_dies_while_a_server_listens_leaves_an_uncertain_letter(play: Stage) -> None:
    listening = asyncio.Event()

    async def hang(_: Any) -> None:
        listening.set()
        await asyncio.Event().wait()

    play.outbox.handed = hang
    acme = await play.underway(letters=0)
    await listening.wait()
    play.outbox.handed = None
    await play.rest()
    await play.work()
    await acme.forward(hours=1)
    (email,) = await acme.emails()
    assert email["status"] == "sent" and email["uncertain_at"] is not None

"""An answer that was none is taken back, and the thread goes on as it was (R7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from db import cycles, inbox, others, outcomes, reopening
from db.pool import transaction
from domain import errors
from domain.inbound import Arrival, Mail, Meaning
from domain.letters import AllRefused, Outage, Uncertain
from domain.messages import MovedOn
from tests.db.acts import Play

DAY = timedelta(days=1)
HUMAN = Mail(sender="partner@acme.example", meaning=Meaning(kind="human"))


async def reopen(play: Play, cycle: str) -> reopening.Reopened:
    async with transaction(play.pool) as conn:
        return await reopening.reopen(conn, cycle, play.rules, play.now)


async def arrives(play: Play, cycle: str, key: str = "m1") -> inbox.Item:
    """Has a message answer the first letter, taken for a person's."""
    answers = HUMAN.model_copy(update={"answers": ((await play.email(cycle))["message_id"],)})
    async with transaction(play.pool) as conn:
        item_id = await inbox.store(conn, Arrival(key=key, raw=b"..."), "test", play.now)
        assert item_id is not None
        return await inbox.attach(conn, item_id, answers, play.rules, play.now)


async def wrongly_answered(play: Play, *stages: Any) -> tuple[str, dict[str, Any]]:
    """A thread ended by a message that was no answer, and its row as it was before."""
    cycle = await play.one()
    await play.send(cycle, *stages)
    before = await play.cycle(cycle)
    play.now += timedelta(hours=1)
    item = await arrives(play, cycle)
    assert item.effect == "responded"
    return cycle, before


async def test_a_cycle_goes_on_as_if_it_had_not_been_answered(play: Play) -> None:
    cycle, before = await wrongly_answered(play, "initial", "follow_up_1")
    pitched = {"ada": "pitched", "bela": "pitched", "chidi": "pitched"}
    done = await reopen(play, cycle)
    assert done.active and done.due == before["next_action_at"]
    assert await play.cycle(cycle) == before
    assert await play.pitches(cycle) == pitched
    marks = "select count(*) from outreach_log where response_received_at is not null"
    assert await play.value(marks) == 0
    assert await play.value("select effect from inbox") == "taken_back"
    assert await play.value("select detail from cycle_event where kind = 'taken_back'") == "initial"


async def test_an_overdue_follow_up_goes_out_at_once_and_the_next_an_interval_later(
    play: Play,
) -> None:
    cycle, _ = await wrongly_answered(play, "initial")
    play.now += 10 * DAY
    assert (await reopen(play, cycle)).due == play.now
    step = await play.send(cycle, "follow_up_1")
    assert step.stage == "follow_up_2"
    assert step.at == play.now + play.rules.follow_up_interval


async def test_after_the_last_letter_silence_closes_a_reopened_cycle(play: Play) -> None:
    cycle, _ = await wrongly_answered(play, "initial", "follow_up_1", "follow_up_2", "follow_up_3")
    await reopen(play, cycle)
    moved: MovedOn = await play.move_on(cycle, at=(await play.step(cycle)).at)
    assert moved.next.outcome == "no_response"
    assert moved.children


async def test_a_thread_that_a_person_had_paused_is_paused_again(play: Play) -> None:
    cycle = await play.one()
    await play.send(cycle)
    await play.hold(cycle)
    before = await play.cycle(cycle)
    await arrives(play, cycle)
    assert (await play.cycle(cycle))["held_reason"] is None
    play.now += 10 * DAY
    done = await reopen(play, cycle)
    assert (done.active, done.held, done.until) == (True, "person", None)
    assert await play.cycle(cycle) == before | {"next_action_at": play.now}
    assert (await play.refused(cycle, "follow_up_1")).do == "await_release"
    assert await play.release(cycle)
    assert (await play.step(cycle)).stage == "follow_up_1"


@pytest.mark.parametrize("reason", cycles.RESTS)
@pytest.mark.parametrize("days", [3, 8])
async def test_a_rest_goes_on_until_its_end_after_reopening_and_no_longer(
    play: Play, reason: str, days: int
) -> None:
    cycle = await play.one()
    await play.send(cycle)
    until = play.now + 7 * DAY
    async with transaction(play.pool) as conn:
        assert await cycles.rest(conn, await cycles.lock(conn, cycle), reason, until, play.now)
    await arrives(play, cycle)
    play.now += days * DAY
    done = await reopen(play, cycle)
    assert (done.held, done.until) == ((reason, until) if days < 7 else (None, None))
    assert (await play.step(cycle)).do == ("await_release" if days < 7 else "send")


async def test_a_thread_that_was_resumed_before_the_answer_is_not_held_by_reopening(play: Play) -> None:
    cycle = await play.one()
    await play.send(cycle)
    assert await play.hold(cycle) and await play.release(cycle)
    await arrives(play, cycle)
    assert (await reopen(play, cycle)).held is None
    assert (await play.cycle(cycle))["status"] == "active"


async def test_a_person_can_answer_after_all(play: Play) -> None:
    cycle, _ = await wrongly_answered(play, "initial")
    await reopen(play, cycle)
    assert await play.reply(cycle)
    with pytest.raises(errors.Refused, match="has an outcome on record for ada"):
        async with transaction(play.pool) as conn:
            await outcomes.record(conn, cycle, "ada", "interview", play.rules, play.now)
            await reopening.reopen(conn, cycle, play.rules, play.now)


async def test_a_letter_claimed_before_the_mark_is_between_two_attempts_again(play: Play) -> None:
    cycle = await play.one()
    await play.send(cycle)
    play.now = (await play.step(cycle)).at or play.now
    claimed = await play.claimed(cycle, "follow_up_1")
    await play.record(claimed, Outage(code="421", words="busy"))
    await play.reply(cycle)
    assert (await play.email(cycle, "follow_up_1"))["status"] == "skipped"
    await reopen(play, cycle)
    assert (await play.email(cycle, "follow_up_1"))["status"] == "sending"
    again = await play.claimed(cycle, "follow_up_1")
    assert again.envelope.message_id == claimed.envelope.message_id
    await play.record(again)
    assert (await play.email(cycle, "follow_up_1"))["status"] == "sent"


async def test_a_letter_that_crossed_the_mark_counts(play: Play) -> None:
    cycle = await play.one()
    await play.send(cycle)
    play.now = (await play.step(cycle)).at or play.now
    claimed = await play.claimed(cycle, "follow_up_1")
    await play.reply(cycle)
    await play.record(claimed)
    done = await reopen(play, cycle)
    assert done.due == play.now + play.rules.follow_up_interval
    assert (await play.step(cycle)).stage == "follow_up_2"


async def test_a_letter_in_flight_while_it_is_reopened_is_recorded_like_any_other(play: Play) -> None:
    cycle = await play.one()
    await play.send(cycle)
    play.now = (await play.step(cycle)).at or play.now
    claimed = await play.claimed(cycle, "follow_up_1")
    await play.reply(cycle)
    await reopen(play, cycle)
    step = await play.record(claimed)
    assert (step.stage, step.at) == ("follow_up_2", play.now + play.rules.follow_up_interval)


async def test_an_uncertain_first_letter_stays_uncertain(play: Play) -> None:
    cycle = await play.one()
    await play.record(await play.claimed(cycle), Uncertain("lost"))
    await play.reply(cycle)
    await reopen(play, cycle)
    assert await play.pitches(cycle) == {"ada": "claimed", "bela": "claimed", "chidi": "claimed"}
    assert (await play.step(cycle)).stage == "initial"


async def test_what_waits_because_of_the_answer_is_named(play: Play) -> None:
    port = await play.one("r-port", "run-port")
    fleet = await play.one("r-fleet", "run-fleet")
    for cycle in (port, fleet):
        await play.send(cycle)
    await play.reply(port)
    async with transaction(play.pool) as conn:
        assert await others.rest(conn, port, play.now) == [fleet]
    assert (await reopen(play, port)).resting == (fleet,)


async def test_who_has_left_meanwhile_stays_away(play: Play) -> None:
    cycle, _ = await wrongly_answered(play, "initial")
    await play.withdraw("ada")
    await reopen(play, cycle)
    assert (await play.pitches(cycle))["ada"] == "withdrawn"
    assert "ada" not in (await play.step(cycle)).candidate_ids


async def test_a_late_mark_is_taken_back_and_the_cycle_stays_closed(play: Play) -> None:
    cycle = await play.one()
    await play.silence(cycle)
    await play.reply(cycle)
    done = await reopen(play, cycle)
    assert (done.active, done.outcome) == (False, "no_response")
    assert set((await play.pitches(cycle)).values()) == {"no_response"}


async def test_what_came_after_the_first_mark_is_named(play: Play) -> None:
    cycle, _ = await wrongly_answered(play, "initial")
    second = await arrives(play, cycle, "m2")
    assert second.effect == "answered_before"
    assert (await reopen(play, cycle)).also == (second.id,)


async def test_what_is_still_to_be_done_about_the_message_is_not_done_any_more(play: Play) -> None:
    cycle, _ = await wrongly_answered(play, "initial")
    await reopen(play, cycle)
    item_id = await play.value("select id from inbox")
    async with transaction(play.pool) as conn:
        item = await inbox.attach(conn, item_id, HUMAN, play.rules, play.now)
        assert await inbox.follow(conn, item, play.now) == []
    assert (await play.cycle(cycle))["status"] == "active"


async def _closed(play: Play, cycle: str) -> None:
    await play.close_role("r-data")


async def _another(play: Play, cycle: str) -> None:
    play.now += 30 * DAY
    await play.one("r-data", "run-2")


async def _everybody_left(play: Play, cycle: str) -> None:
    for one in ("ada", "bela", "chidi"):
        await play.withdraw(one)


async def _suppressed(play: Play, cycle: str) -> None:
    await play.execute(
        "insert into suppressed_address select lower(email), 'x', now() from contact where email is not null"
    )


@pytest.mark.parametrize(
    ("meanwhile", "words"),
    [
        (_closed, "r-data is closed"),
        (_another, "has an open cycle already"),
        (_everybody_left, "no candidate left"),
        (_suppressed, "nobody left to write to"),
    ],
)
async def test_a_thread_that_could_not_go_on_stays_closed_and_says_why(
    play: Play, meanwhile: Any, words: str
) -> None:
    cycle, _ = await wrongly_answered(play, "initial")
    await meanwhile(play, cycle)
    with pytest.raises(errors.Refused, match=words):
        await reopen(play, cycle)
    assert (await play.cycle(cycle))["outcome"] == "responded"


async def test_what_was_never_answered_cannot_be_taken_back(play: Play) -> None:
    cycle = await play.one()
    claimed = await play.claimed(cycle)
    with pytest.raises(errors.Refused, match="never marked"):
        await reopen(play, cycle)
    everyone = {one.email: "550" for one in claimed.envelope.recipients}
    await play.record(claimed, AllRefused(everyone))
    with pytest.raises(errors.Refused, match="never marked"):
        await reopen(play, cycle)

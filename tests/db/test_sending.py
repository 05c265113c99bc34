"""Claim and record: what may go out, once, and what becomes of it (R5, R7, R9 to R11)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from db import cycles, sending
from db.pool import transaction
from db.sending import IN_FLIGHT, HoldAll
from domain import errors
from domain.letters import STAGES, Accepted, AllRefused, Delivery, Outage, Uncertain
from domain.window import Window
from tests.cast import NOW, TODAY, a_contact, days
from tests.db.acts import WEEK, Play
from tests.fill import insert

INTERVAL = timedelta(hours=48)
OUTAGE = Outage("smtp_421", "try later")
UNCERTAIN = Uncertain("the connection broke after the end of the message")
OFFICE = Window.parse("Mon-Fri 09:00-17:00")


async def test_a_first_e_mail_goes_to_all_partners_from_the_companys_specialist(play: Play) -> None:
    cycle = await play.one("r-data")
    claimed = await play.claimed(cycle)
    assert [one.email for one in claimed.envelope.recipients] == ["li@acme.example", "tom@acme.example"]
    assert claimed.envelope.sender.email == "james@beyond.example"
    assert claimed.letter.subject == "Ada, Bela, Chidi for Data Analyst"
    row = await play.email(cycle)
    assert (row["status"], row["in_flight_since"], row["attempts"]) == ("sending", NOW, 1)
    assert row["candidate_ids"] == ["ada", "bela", "chidi"]
    await play.record(claimed)


async def test_an_accepted_e_mail_moves_the_thread_on(play: Play) -> None:
    cycle = await play.one("r-data")
    step = await play.record(await play.claimed(cycle), Accepted({}, service_id="abc"))
    assert (step.do, step.stage, step.at) == ("send", "follow_up_1", NOW + INTERVAL)
    row = await play.email(cycle)
    assert (row["status"], row["sent_at"], row["service_id"]) == ("sent", NOW, "abc")
    assert set((await play.pitches(cycle)).values()) == {"pitched"}


async def test_an_accepted_e_mail_keeps_nothing_of_the_attempts_before_it(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.record(await play.claimed(cycle), OUTAGE)
    delivery = Accepted({"li@acme.example": "550"}, deferred={"tom@acme.example": "451"}, service_id="abc")
    await play.record(await play.claimed(cycle), delivery)
    row = await play.email(cycle)
    assert (row["status"], row["sent_at"], row["in_flight_since"], row["error"]) == ("sent", NOW, None, None)
    assert (row["refused"], row["deferred"]) == (delivery.refused, delivery.deferred)
    assert row["service_id"] == "abc"


async def test_an_accepted_e_mail_settles_its_task_and_plans_the_one_to_come(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle, "initial", "follow_up_1")
    rows = await play.rows("select stage, status, completed_at, due_at from follow_up_task order by id")
    assert [tuple(row) for row in rows] == [
        ("follow_up_1", "done", NOW + INTERVAL, NOW + INTERVAL),
        ("follow_up_2", "pending", None, NOW + 2 * INTERVAL),
    ]


async def test_every_accepted_e_mail_is_in_its_cycles_story(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle, "initial", "follow_up_1")
    rows = await play.rows("select at, detail from cycle_event where kind = 'sent' order by id")
    assert [tuple(row) for row in rows] == [(NOW, "initial"), (NOW + INTERVAL, "follow_up_1")]


async def test_an_accepted_e_mail_shows_that_its_cycle_waits_for_a_reply(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    row = await play.cycle(cycle)
    assert (row["stage"], row["next_action_at"], row["waiting_for"]) == ("initial", NOW + INTERVAL, "reply")


async def test_an_e_mail_accepted_while_its_cycle_is_held_starts_the_clock_and_no_more(play: Play) -> None:
    cycle = await play.one("r-data")
    claimed = await play.claimed(cycle)
    await play.hold(cycle)
    assert (await play.record(claimed)).do == "await_release"
    row = await play.cycle(cycle)
    assert (row["stage"], row["next_action_at"], row["waiting_for"]) == ("initial", NOW + INTERVAL, "release")


async def test_a_thread_is_four_e_mails_each_in_answer_to_the_one_before(play: Play) -> None:
    cycle = await play.one("r-data")
    found = []
    for stage in STAGES:
        play.now = (await play.step(cycle)).at or play.now
        claimed = await play.claimed(cycle, stage)
        found.append((claimed.letter.subject, claimed.envelope))
        last = await play.record(claimed)
    subject = "Ada, Bela, Chidi for Data Analyst"
    assert [one for one, _ in found] == [subject, *[f"Re: {subject}"] * 3]
    ids = tuple(envelope.message_id for _, envelope in found)
    assert [envelope.references for _, envelope in found] == [ids[:place] for place in range(4)]
    assert [envelope.in_reply_to for _, envelope in found] == [None, *ids[:3]]
    assert (last.do, last.at) == ("await_reply", NOW + 4 * INTERVAL)


async def test_a_step_that_is_too_early_returns_the_time_to_wait_for(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    play.now += INTERVAL - timedelta(seconds=2)
    step = await play.refused(cycle, "follow_up_1")
    assert (step.do, step.at) == ("send", NOW + INTERVAL)
    play.now += timedelta(seconds=1)
    await play.record(await play.claimed(cycle, "follow_up_1"))


async def test_a_forced_follow_up_goes_before_it_is_due(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    play.now += timedelta(hours=1)
    step = await play.record(await play.claimed(cycle, "follow_up_1", force=True))
    assert (step.stage, step.at) == ("follow_up_2", play.now + INTERVAL)


async def test_overdue_follow_ups_go_out_an_interval_apart(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    play.now += 5 * INTERVAL
    step = await play.record(await play.claimed(cycle, "follow_up_1"))
    assert (step.stage, step.at) == ("follow_up_2", play.now + INTERVAL)


@pytest.mark.parametrize("stage", ["initial", "follow_up_2", "follow_up_3"])
async def test_a_stage_out_of_turn_is_not_sent_even_by_force(play: Play, stage: Any) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    play.now += INTERVAL
    assert (await play.refused(cycle, stage, force=True)).stage == "follow_up_1"


# The claim's last check.


async def test_a_reply_before_the_claim_stops_it(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    assert await play.reply(cycle)
    play.now += INTERVAL
    assert (await play.refused(cycle, "follow_up_1")).outcome == "responded"


async def test_a_reply_after_the_claim_has_crossed_the_e_mail(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    play.now += INTERVAL
    claimed = await play.claimed(cycle, "follow_up_1")
    assert await play.reply(cycle)
    assert (await play.record(claimed)).outcome == "responded"
    assert (await play.email(cycle, "follow_up_1"))["status"] == "sent"
    row = await play.cycle(cycle)
    assert (row["stage"], row["outcome"]) == ("follow_up_1", "responded")
    assert set((await play.pitches(cycle)).values()) == {"responded"}


async def test_a_cycle_held_or_stopped_sends_nothing(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.hold(cycle)
    assert (await play.refused(cycle)).do == "await_release"
    await play.release(cycle)
    await play.close(cycle)
    assert (await play.refused(cycle)).outcome == "stopped"


async def test_an_e_mail_names_those_alone_who_are_still_to_be_had(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.execute("update candidate set status = 'placed' where id = 'ada'")
    claimed = await play.claimed(cycle)
    assert "Ada" not in claimed.letter.text
    assert await play.pitches(cycle) == {"ada": "released", "bela": "claimed", "chidi": "claimed"}
    await play.record(claimed)
    await play.withdraw("bela")
    play.now += INTERVAL
    assert (await play.claimed(cycle, "follow_up_1")).letter.text == "follow_up_1: Chidi"
    assert (await play.pitches(cycle))["bela"] == "withdrawn"


async def test_a_start_that_passes_counts_as_withdrawn(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    play.now += INTERVAL
    await play.execute("update candidate set start_date = $1 where id <> 'ada'", days(1))
    assert (await play.claimed(cycle, "follow_up_1")).letter.text == "follow_up_1: Ada"


async def test_whoever_starts_today_is_still_in_the_e_mail(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.execute("update candidate set start_date = $1 where id = 'ada'", TODAY)
    assert await play.catch_up() == []
    assert (await play.claimed(cycle)).letter.text == "initial: Ada, Bela, Chidi"


async def test_a_cycle_with_nobody_left_ends_without_another_e_mail(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    await play.execute("update candidate set status = 'withdrawn'")
    play.now += INTERVAL
    assert (await play.refused(cycle, "follow_up_1")).outcome == "withdrawn"
    assert await play.used(week=TODAY) == 1


async def test_a_role_closed_behind_its_back_ends_a_cycle_at_the_next_claim(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.execute("update role set status = 'filled' where id = 'r-data'")
    assert (await play.refused(cycle)).outcome == "role_closed"
    assert await play.used() == 0


# Whom a letter goes to.


async def test_recipients_are_in_the_order_of_their_ids(play: Play) -> None:
    await play.execute("update contact set email = 'zed@acme.example' where id = 'k-li'")
    claimed = await play.claimed(await play.one("r-data"))
    assert [one.email for one in claimed.envelope.recipients] == ["zed@acme.example", "tom@acme.example"]


async def test_recipients_are_fixed_by_the_first_e_mail_and_only_grow_fewer(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    await insert(play.pool, "contact", [a_contact("k-new")])
    await play.execute("update contact set active = false where id = 'k-li'")
    play.now += INTERVAL
    claimed = await play.claimed(cycle, "follow_up_1")
    assert [one.email for one in claimed.envelope.recipients] == ["tom@acme.example"]


async def test_a_recipient_refused_for_good_is_suppressed_and_gets_no_follow_up(play: Play) -> None:
    await play.execute("update contact set email = 'Li@ACME.example' where id = 'k-li'")
    cycle = await play.one("r-data")
    await play.record(await play.claimed(cycle), Accepted({"Li@ACME.example": "550 no such user"}))
    row = await play.email(cycle)
    assert (row["status"], row["refused"]) == ("sent", {"Li@ACME.example": "550 no such user"})
    assert await play.value("select address from suppressed_address") == "li@acme.example"
    play.now += INTERVAL
    claimed = await play.claimed(cycle, "follow_up_1")
    assert [one.email for one in claimed.envelope.recipients] == ["tom@acme.example"]


async def test_a_refused_recipient_gets_no_follow_up_even_if_the_suppression_is_lifted(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.record(await play.claimed(cycle), Accepted({"li@acme.example": "550"}))
    await play.execute("delete from suppressed_address")
    play.now += INTERVAL
    claimed = await play.claimed(cycle, "follow_up_1")
    assert [one.email for one in claimed.envelope.recipients] == ["tom@acme.example"]


async def test_a_recipient_put_off_is_on_record_and_stays_welcome(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.record(await play.claimed(cycle), Accepted({}, deferred={"li@acme.example": "451 later"}))
    assert (await play.email(cycle))["deferred"] == {"li@acme.example": "451 later"}
    assert await play.value("select count(*) from suppressed_address") == 0
    play.now += INTERVAL
    assert len((await play.claimed(cycle, "follow_up_1")).envelope.recipients) == 2


async def test_an_e_mail_that_everybody_refuses_ends_the_cycle_and_gives_all_back(play: Play) -> None:
    cycle = await play.one("r-data")
    assert (await play.undeliverable(cycle)).outcome == "undeliverable"
    assert (await play.email(cycle))["status"] == "failed"
    assert set((await play.pitches(cycle)).values()) == {"released"}
    assert await play.used() == 0
    await play.close(cycle)
    await play.move_on(cycle)
    assert await play.used() == 0


async def test_a_follow_up_that_everybody_refuses_keeps_pairs_and_slot(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    play.now += INTERVAL
    claimed = await play.claimed(cycle, "follow_up_1")
    refused = AllRefused({one.email: "550" for one in claimed.envelope.recipients})
    assert (await play.record(claimed, refused)).outcome == "undeliverable"
    assert set((await play.pitches(cycle)).values()) == {"pitched"}
    assert await play.used(week=TODAY) == 1


@pytest.mark.parametrize("begun", [False, True])
async def test_a_cycle_with_nobody_left_to_write_to_ends_undeliverable(play: Play, begun: bool) -> None:
    cycle = await play.one("r-data")
    if begun:
        await play.send(cycle)
        play.now += INTERVAL
    await play.execute("update contact set active = false")
    step = await play.refused(cycle, "follow_up_1" if begun else "initial")
    assert step.outcome == "undeliverable"
    assert await play.used(week=TODAY) == int(begun)


async def test_a_company_suppressed_in_mid_thread_gets_nothing_more(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    await play.execute("insert into suppressed_company values ('acme', 'asked us to', $1)", NOW)
    play.now += INTERVAL
    assert (await play.refused(cycle, "follow_up_1")).outcome == "undeliverable"


async def test_a_thread_keeps_its_specialist(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    await play.execute("update company set specialist_id = 's-sofia' where id = 'acme'")
    await play.execute("update specialist set email = 'james@elsewhere.example' where id = 's-james'")
    play.now += INTERVAL
    sender = (await play.claimed(cycle, "follow_up_1")).envelope.sender
    assert (sender.name, sender.email) == ("James O'Neill", "james@beyond.example")


async def test_a_specialist_is_chosen_when_the_first_e_mail_is_claimed(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.execute("update company set specialist_id = null where id = 'acme'")
    assert (await play.claimed(cycle)).envelope.sender.email == "sofia@beyond.example"


async def test_a_cycle_without_a_specialist_waits_for_one(play: Play) -> None:
    cycle = await play.one("r-port")
    await play.execute("update specialist set is_default = false")
    step = await play.refused(cycle)
    assert (step.do, step.why) == ("await_release", "no_specialist")
    await play.execute("update specialist set is_default = true where id = 's-sofia'")
    await play.release(cycle)
    await play.claimed(cycle)


async def test_urgency_is_fixed_by_the_first_claim(play: Play) -> None:
    cycle = await play.one("r-care")
    claimed = await play.claimed(cycle)
    assert claimed.envelope.urgent
    await play.record(claimed, OUTAGE)
    await play.withdraw("dara")
    claimed = await play.claimed(cycle)
    assert claimed.envelope.urgent
    assert "Dara" not in claimed.letter.text


# Attempts.


async def test_an_outage_is_on_record_and_the_next_attempt_keeps_the_message_id(play: Play) -> None:
    cycle = await play.one("r-data")
    first = await play.claimed(cycle)
    step = await play.record(first, OUTAGE)
    assert (step.do, step.stage) == ("send", "initial")
    row = await play.email(cycle)
    assert (row["status"], row["error"], row["in_flight_since"]) == ("sending", "smtp_421: try later", None)
    await play.execute("update role set title = 'Data Engineer' where id = 'r-data'")
    second = await play.claimed(cycle)
    assert second.envelope.message_id == first.envelope.message_id
    assert second.letter.subject == first.letter.subject
    assert (await play.email(cycle))["attempts"] == 2
    await play.record(second)


async def test_an_uncertain_e_mail_is_sent_again_with_the_same_message_id(play: Play) -> None:
    cycle = await play.one("r-data")
    first = await play.claimed(cycle)
    assert (await play.record(first, UNCERTAIN)).stage == "initial"
    second = await play.claimed(cycle)
    assert second.envelope.message_id == first.envelope.message_id
    assert (await play.email(cycle))["status"] == "uncertain"
    await play.record(second)
    row = await play.email(cycle)
    assert (row["status"], row["uncertain_at"]) == ("sent", NOW)


async def test_the_first_doubt_of_an_e_mail_stays_on_record(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.record(await play.claimed(cycle), UNCERTAIN)
    play.now += timedelta(hours=1)
    await play.record(await play.claimed(cycle), UNCERTAIN)
    assert (await play.email(cycle))["uncertain_at"] == NOW


async def test_by_setting_an_uncertain_e_mail_waits_for_a_person(play: Play) -> None:
    play = play.on(on_uncertain_send="hold")
    cycle = await play.one("r-data")
    claimed = await play.claimed(cycle)
    step = await play.record(claimed, UNCERTAIN)
    assert (step.do, step.why) == ("await_release", "uncertain")
    await play.release(cycle)
    assert (await play.refused(cycle)).why == "uncertain"
    await sending.sql.allow_resend.run(play.pool, log=claimed.log_id)
    await play.release(cycle)
    again = await play.claimed(cycle)
    assert (await play.record(again, UNCERTAIN)).why == "uncertain"
    await play.release(cycle)
    assert (await play.refused(cycle)).why == "uncertain"
    await play.record(claimed)
    await play.release(cycle)
    assert (await play.step(cycle)).stage == "follow_up_1"


async def test_an_attempt_that_ended_without_a_record_is_uncertain(play: Play) -> None:
    cycle = await play.one("r-data")
    first = await play.claimed(cycle)
    second = await play.claimed(cycle, again=True)
    assert second.envelope.message_id == first.envelope.message_id
    row = await play.email(cycle)
    assert (row["status"], row["uncertain_at"], row["attempts"]) == ("uncertain", NOW, 2)
    await play.record(second)


async def test_another_attempt_is_waited_for_while_it_may_be_talking_to_a_server(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.claimed(cycle)
    play.now += timedelta(seconds=30)
    step = await play.refused(cycle)
    assert (step.do, step.at) == ("send", NOW + IN_FLIGHT)
    play.now = NOW + IN_FLIGHT
    await play.claimed(cycle)
    assert (await play.email(cycle))["uncertain_at"] == play.now


async def test_two_attempts_at_once_claim_once(play: Play) -> None:
    cycle = await play.one("r-data")
    found = await asyncio.gather(*(play.claim(cycle) for _ in range(8)))
    assert sum(isinstance(one, sending.Claimed) for one in found) == 1
    assert (await play.email(cycle))["uncertain_at"] is None


async def test_an_attempt_that_was_given_up_cannot_undo_what_is_sent(play: Play) -> None:
    cycle = await play.one("r-data")
    slow = await play.claimed(cycle)
    await play.record(await play.claimed(cycle, again=True))
    play.now += INTERVAL
    await play.record(await play.claimed(cycle, "follow_up_1"))
    late: tuple[Delivery, ...] = (UNCERTAIN, OUTAGE, AllRefused({"li@acme.example": "550"}), Accepted({}))
    for delivery in late:
        step = await play.record(slow, delivery)
        assert (step.do, step.stage) == ("send", "follow_up_2")
    assert (await play.email(cycle))["status"] == "sent"
    assert (await play.cycle(cycle))["status"] == "active"


async def test_recording_an_e_mail_that_does_not_exist_is_refused(play: Play) -> None:
    async with transaction(play.pool) as conn:
        with pytest.raises(errors.NotFound):
            await sending.record(conn, 4711, OUTAGE, play.rules, play.now)


# Weekly slots.


async def test_a_first_e_mail_in_a_new_week_takes_a_slot_of_that_week(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.record(await play.claimed(cycle), OUTAGE)
    play.now += WEEK
    await play.claimed(cycle)
    assert (await play.cycle(cycle))["slot_week"] == days(7)
    assert (await play.used(week=TODAY), await play.used()) == (0, 1)


async def test_without_a_slot_of_the_new_week_it_goes_back_to_waiting(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.record(await play.claimed(cycle), OUTAGE)
    play.now += WEEK
    other = await play.one("r-web", run_id="run-2")
    step = await play.refused(cycle)
    assert (step.do, step.at) == ("await_slot", play.now + 2 * WEEK)
    assert (await play.cycle(cycle))["slot_week"] is None
    await play.send(other)
    play.now += WEEK
    counts = await play.run("run-3")
    assert counts.admitted == 1
    again = await play.claimed(cycle)
    assert (await play.email(cycle))["attempts"] == 2
    await play.record(again)


async def test_an_uncertain_first_e_mail_keeps_its_own_slot(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.record(await play.claimed(cycle), UNCERTAIN)
    play.now += WEEK
    await play.one("r-web", run_id="run-2")
    await play.record(await play.claimed(cycle))
    assert (await play.used(week=TODAY), await play.used()) == (1, 1)


async def test_a_cycle_held_over_the_weekend_returns_to_wait(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.hold(cycle)
    play.now += WEEK
    await play.release(cycle)
    assert (await play.step(cycle)).do == "await_slot"
    assert await play.used(week=TODAY) == 0


async def test_a_cycle_held_within_its_week_goes_on(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.hold(cycle)
    play.now += timedelta(days=6)
    await play.release(cycle)
    await play.claimed(cycle)


async def test_a_cycle_released_while_its_first_e_mail_is_under_way_does_not_wait(play: Play) -> None:
    play.now = NOW + timedelta(days=6, hours=14, minutes=59)
    cycle = await play.one("r-data")
    claimed = await play.claimed(cycle)
    await play.hold(cycle)
    play.now += timedelta(minutes=2)
    await play.release(cycle)
    assert (await play.record(claimed)).stage == "follow_up_1"


async def test_follow_ups_need_no_slot(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    play.now += WEEK
    await play.one("r-web", run_id="run-2")
    await play.claimed(cycle, "follow_up_1")


# The sending window (R6): at NOW it is 05:00 at Cedar in New York.

OPENING = NOW + timedelta(hours=4)


async def due_times(play: Play, cycle: str) -> tuple[Any, Any]:
    """Reads when a cycle is due, in its own row and in the task that mirrors it."""
    task = "select due_at from follow_up_task where cycle_id = $1 and status = 'pending'"
    return (await play.cycle(cycle))["next_action_at"], await play.value(task, cycle)


async def test_a_first_e_mail_at_night_waits_for_the_companys_own_morning(play: Play) -> None:
    play = play.on(window=OFFICE)
    cycle = await play.one("r-care")
    step = await play.refused(cycle)
    assert (step.do, step.stage, step.at) == ("send", "initial", OPENING)
    assert await play.value("select count(*) from outreach_log") == 0
    play.now = OPENING
    await play.claimed(cycle)


async def test_a_company_without_a_time_zone_has_the_organisations_morning(play: Play) -> None:
    play = play.on(window=OFFICE, zone=ZoneInfo("America/New_York"))
    assert (await play.refused(await play.one("r-port"))).at == OPENING


async def test_a_follow_up_that_would_be_due_at_night_is_due_in_the_morning(play: Play) -> None:
    play = play.on(window=OFFICE, follow_up_interval=timedelta(hours=12))
    cycle = await play.one("r-care")
    play.now = OPENING
    morning = OPENING + timedelta(days=1)
    assert (await play.send(cycle)).at == morning
    assert await due_times(play, cycle) == (morning, morning)


async def test_a_follow_up_that_finds_the_window_closed_moves_with_its_task(play: Play) -> None:
    cycle = await play.one("r-care")
    await play.send(cycle)
    play = play.on(window=OFFICE)
    play.now += INTERVAL
    opening = OPENING + INTERVAL
    assert (await play.refused(cycle, "follow_up_1")).at == opening
    assert await due_times(play, cycle) == (opening, opening)


@pytest.mark.parametrize("stage", ["initial", "follow_up_1"])
async def test_a_person_who_forces_a_letter_out_decides_on_its_hour_too(play: Play, stage: Any) -> None:
    cycle = await play.one("r-care")
    if stage != "initial":
        await play.send(cycle)
    await play.on(window=OFFICE).claimed(cycle, stage, force=True)


async def test_silence_after_the_last_letter_does_not_wait_for_a_window(play: Play) -> None:
    """Each letter is due in the small hours and goes out in the morning; the end comes on a Sunday night."""
    play = play.on(window=OFFICE, follow_up_interval=timedelta(hours=60))
    cycle = await play.one("r-care")
    play.now = OPENING
    last = await play.send(cycle, *STAGES)
    assert play.now == OPENING + timedelta(days=10)
    assert (last.do, last.at) == ("await_reply", play.now + timedelta(hours=60))
    assert await due_times(play, cycle) == (last.at, last.at)


# Everything held.


async def test_nothing_is_claimed_while_everything_is_held(play: Play) -> None:
    cycle = await play.one("r-data")
    await sending.sql.set_hold_all.run(play.pool, on=True, now=NOW)
    with pytest.raises(HoldAll):
        await play.claim(cycle)
    assert await play.value("select count(*) from outreach_log") == 0
    await sending.sql.set_hold_all.run(play.pool, on=False, now=NOW)
    await play.claimed(cycle)
    assert await sending.sql.in_flight.value(play.pool, since=NOW - IN_FLIGHT) == 1


async def test_the_next_step_is_read_from_the_row_alone(play: Play) -> None:
    cycle = await play.one("r-data")
    async with transaction(play.pool) as conn:
        assert await cycles.next_step(conn, cycle) == await play.step(cycle)
        with pytest.raises(errors.NotFound):
            await cycles.next_step(conn, "nobody")
        with pytest.raises(errors.NotFound):
            await cycles.lock(conn, "nobody")

"""What came in finds its thread, and what follows from it follows once (R7, R8)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from db import cycles, effects, inbox, sending
from db.pool import transaction
from db.sending import Claimed, Order
from domain import errors, inbound, tokens
from domain.inbound import Arrival, Mail, MailKind, Meaning, ServiceEvent
from domain.letters import STAGES, Accepted, WayBack
from tests.db.acts import Play

TOM, LI, ANA = "tom@acme.example", "li@acme.example", "ana@blue.example"
_keys = count(1)


def mail(
    kind: MailKind = "human",
    *,
    sender: str = "partner@acme.example",
    to: str = "",
    answers: Sequence[str] = (),
    delivered: bool = False,
    **said: Any,
) -> Mail:
    """Builds a message as it was understood."""
    meaning = Meaning(kind=kind, **said)
    to_us = (to,) if to else ()
    return Mail(
        sender=sender, addressed_to=to_us, answers=tuple(answers), meaning=meaning, delivered=delivered
    )


def dead(address: str, **said: Any) -> Mail:
    """Builds a bounce of an address that is no more."""
    fresh = {"delivery_final": True, "address_dead": True, "recipients": (address,), "status": "5.1.1"}
    return mail("bounce", **fresh | said)


async def stored(play: Play) -> int:
    async with transaction(play.pool) as conn:
        found = await inbox.store(conn, Arrival(key=f"m{next(_keys)}", raw=b"..."), "test", play.now)
    assert found is not None
    return found


async def attached(play: Play, item_id: int, what: Mail) -> inbox.Item:
    async with transaction(play.pool) as conn:
        return await inbox.attach(conn, item_id, what, play.rules, play.now)


async def arrives(play: Play, what: Mail) -> inbox.Item:
    """Has a message come in, and what follows follow."""
    item = await attached(play, await stored(play), what)
    async with transaction(play.pool) as conn:
        await inbox.follow(conn, item, play.now)
    return item


async def begun(play: Play, role: str = "r-data", run_id: str = "run-1") -> tuple[str, str]:
    """Books a cycle and sends its first e-mail; returns its id and the e-mail's Message-ID."""
    cycle = await play.one(role, run_id)
    await play.send(cycle, "initial")
    return cycle, (await play.email(cycle))["message_id"]


async def to_waiting(play: Play, cycle: str) -> None:
    """Has a booked cycle lose its week: it goes back to wait (R5)."""
    async with transaction(play.pool) as conn:
        row = await cycles.lock(conn, cycle)
        await cycles.leave_slot(conn, row)
        until = play.rules.end_of_wait(play.now)
        await cycles.sql.set_waiting.run(conn, cycle=cycle, until=until)


async def suppressed(play: Play) -> set[str]:
    rows = await play.rows("select address from suppressed_address where lifted_at is null")
    return {row["address"] for row in rows}


class TestFindingTheThread:
    async def test_a_repeated_delivery_is_kept_once(self, play: Play) -> None:
        async def keep() -> int | None:
            async with transaction(play.pool) as conn:
                return await inbox.store(conn, Arrival(key="same", raw=b"..."), "test", play.now)

        kept = await asyncio.gather(*(keep() for _ in range(8)))
        assert sum(one is not None for one in kept) == 1

    async def test_by_the_address_that_it_was_sent_to_in_any_case(self, play: Play) -> None:
        cycle, _ = await begun(play)
        row = await play.cycle(cycle)
        key = await play.value("select token_key from control")
        address = tokens.reply_address(key, row["ordinal"], "in.example")
        item = await arrives(play, mail(to=address.upper(), answers=["<unknown@elsewhere.example>"]))
        assert (item.cycle_id, item.effect) == (cycle, "responded")
        assert await play.value("select matched_by from inbox") == "token"

    async def test_by_the_e_mail_that_it_answers(self, play: Play) -> None:
        cycle, message_id = await begun(play)
        item = await arrives(play, mail(answers=["<other@acme.example>", message_id]))
        assert (item.cycle_id, item.log_id) == (cycle, (await play.email(cycle))["id"])

    async def test_by_the_id_that_a_service_put_in_the_place_of_ours(self, play: Play) -> None:
        cycle = await play.one()
        await play.record(await play.claimed(cycle), Accepted({}, service_id="0107018f-abc-000000"))
        item = await arrives(play, mail(answers=["<0107018f-abc-000000@eu-west-1.amazonses.com>"]))
        assert (item.cycle_id, item.effect) == (cycle, "responded")

    async def test_by_the_message_that_a_bounce_returns(self, play: Play) -> None:
        cycle, message_id = await begun(play)
        item = await arrives(play, dead(TOM, original_message_id=message_id))
        assert item.cycle_id == cycle
        assert await play.value("select matched_by from inbox") == "returned_message"

    async def test_by_its_writer_if_one_open_thread_alone_fits(self, play: Play) -> None:
        cycle, _ = await begun(play, "r-port")
        assert (await arrives(play, mail(sender=ANA))).cycle_id == cycle

    async def test_not_by_its_writer_if_two_open_threads_fit(self, play: Play) -> None:
        await begun(play, "r-port", "run-1")
        await begun(play, "r-fleet", "run-2")
        item = await arrives(play, mail(sender=ANA))
        assert (item.status, item.cycle_id) == ("unmatched", None)

    async def test_what_fits_nowhere_is_kept_and_a_person_puts_it_where_it_belongs(self, play: Play) -> None:
        cycle, _ = await begun(play)
        item = await arrives(play, mail(sender="assistant@acme.example"))
        assert item.status == "unmatched"
        async with transaction(play.pool) as conn:
            placed = await inbox.assign(conn, item.id, cycle, mail(), play.rules, play.now)
        assert (placed.status, placed.effect) == ("attached", "responded")
        with pytest.raises(errors.Refused, match="belongs to"):
            async with transaction(play.pool) as conn:
                await inbox.assign(conn, item.id, cycle, mail(), play.rules, play.now)


class TestAPersonsReply:
    async def test_it_stops_the_thread_and_the_specialist_is_to_be_told(self, play: Play) -> None:
        cycle, message_id = await begun(play)
        item = await arrives(play, mail(answers=[message_id]))
        assert (await play.cycle(cycle))["outcome"] == "responded"
        assert set((await play.pitches(cycle)).values()) == {"responded"}
        assert await play.value("select cycle_id from notice where inbox_id = $1", item.id) == cycle

    async def test_the_first_wins_and_the_second_is_on_record(self, play: Play) -> None:
        cycle, message_id = await begun(play)
        await arrives(play, mail(answers=[message_id]))
        first = (await play.cycle(cycle))["responded_at"]
        play.now += timedelta(hours=1)
        assert (await arrives(play, mail(answers=[message_id]))).effect == "answered_before"
        assert (await play.cycle(cycle))["responded_at"] == first

    async def test_a_repetition_changes_nothing(self, play: Play) -> None:
        _, message_id = await begun(play)
        item = await arrives(play, mail(answers=[message_id]))
        events = await play.value("select count(*) from cycle_event")
        assert await attached(play, item.id, mail(answers=[message_id])) == item
        async with transaction(play.pool) as conn:
            assert await inbox.follow(conn, item, play.now) == []
        assert await play.value("select count(*) from cycle_event") == events

    async def test_one_that_overtakes_the_record_of_its_e_mail_is_looked_at_again(self, play: Play) -> None:
        cycle = await play.one()
        claimed = await play.claimed(cycle)
        item_id, what = await stored(play), mail(answers=[claimed.envelope.message_id])
        with pytest.raises(effects.NotYet):
            await attached(play, item_id, what)
        await play.record(claimed)
        assert (await attached(play, item_id, what)).effect == "responded"

    async def test_the_companys_other_threads_rest_for_a_week_and_then_go_on(self, play: Play) -> None:
        port, message_id = await begun(play, "r-port", "run-1")
        fleet, _ = await begun(play, "r-fleet", "run-2")
        due = (await play.cycle(fleet))["next_action_at"]
        await arrives(play, mail(answers=[message_id]))
        row = await play.cycle(fleet)
        assert (row["status"], row["held_reason"]) == ("held", "company_answered")
        assert row["next_action_at"] == due, "the clock runs on"
        assert (await play.step(fleet)).at == play.now + inbound.OTHERS_REST
        play.now += inbound.OTHERS_REST
        assert (await play.settle(fleet)).do == "send"
        assert (await play.cycle(port))["outcome"] == "responded"

    async def test_a_thread_that_a_person_holds_stays_held_for_that_person(self, play: Play) -> None:
        _, message_id = await begun(play, "r-port", "run-1")
        fleet, _ = await begun(play, "r-fleet", "run-2")
        await play.hold(fleet)
        await arrives(play, mail(answers=[message_id]))
        row = await play.cycle(fleet)
        assert (row["held_reason"], row["held_until"]) == ("person", None)

    async def test_a_waiting_one_of_the_company_goes_on_waiting(self, play: Play) -> None:
        _, message_id = await begun(play, "r-port")
        waiting = await play.one("r-fleet", "run-2")
        await to_waiting(play, waiting)
        await arrives(play, mail(answers=[message_id]))
        await play.run("run-3", roles=["r-fleet"])
        assert (await play.cycle(waiting))["status"] == "waiting"
        assert await play.release(waiting)
        await play.run("run-4", roles=["r-fleet"])
        assert (await play.cycle(waiting))["status"] == "active"

    async def test_after_the_end_it_marks_and_next_roles_that_have_not_begun_rest(self, play: Play) -> None:
        cycle, message_id = await begun(play, "r-web")
        await play.send(cycle, *STAGES[1:])
        moved = await play.move_on(cycle, at=(await play.step(cycle)).at)
        assert moved.children, "somebody moves on"
        item = await arrives(play, mail(answers=[message_id]))
        assert item.effect == "responded"
        row = await play.cycle(cycle)
        assert (row["outcome"], row["responded_at"]) == ("no_response", play.now)
        for child in moved.children:
            rested = await play.cycle(child.cycle_id)
            assert rested["held_until"] == play.now + inbound.OTHERS_REST
            assert rested["status"] in ("held", "waiting")

    async def test_a_company_is_not_written_to_between_its_answer_and_the_rest(self, play: Play) -> None:
        """Whoever did the one may have been cut off before the other."""
        _, message_id = await begun(play, "r-port", "run-1")
        fleet = await play.one("r-fleet", "run-2")
        elsewhere = await play.one("r-data", "run-3")
        await attached(play, await stored(play), mail(answers=[message_id]))
        step = await play.refused(fleet)
        assert (step.do, step.at) == ("send", play.now + sending.READS)
        await play.claimed(elsewhere)
        play.now += sending.UNREAD
        await play.claimed(fleet)

    async def test_next_roles_are_not_written_to_between_a_late_answer_and_the_rest(self, play: Play) -> None:
        cycle, message_id = await begun(play, "r-web")
        await play.send(cycle, *STAGES[1:])
        moved = await play.move_on(cycle, at=(await play.step(cycle)).at)
        active = [one.cycle_id for one in moved.children if one.next.do == "send"]
        assert active, "somebody moves on at once"
        await attached(play, await stored(play), mail(answers=[message_id]))
        for child in active:
            assert (await play.refused(child)).at == play.now + sending.READS

    async def test_what_a_person_released_since_is_not_held_again(self, play: Play) -> None:
        _, message_id = await begun(play, "r-port", "run-1")
        fleet, _ = await begun(play, "r-fleet", "run-2")
        item = await arrives(play, mail(answers=[message_id]))
        assert await play.release(fleet)
        play.now += timedelta(minutes=2)
        async with transaction(play.pool) as conn:
            assert await inbox.follow(conn, item, play.now) == []
        assert (await play.cycle(fleet))["status"] == "active"

    async def test_text_that_no_database_holds_is_stored_without_what_it_cannot_hold(
        self, play: Play
    ) -> None:
        cycle, message_id = await begun(play)
        odd = mail(answers=[message_id], text="Yes\x00 please \ud800!")
        odd = Mail(**odd.model_dump() | {"subject": "Re\x00", "sender_name": "Li\udfff"})
        assert (await arrives(play, odd)).effect == "responded"
        assert await play.value("select text from inbox") == "Yes please !"
        assert (await play.cycle(cycle))["outcome"] == "responded"


class TestAutomaticReplies:
    async def test_one_that_overtakes_the_record_of_its_letter_is_looked_at_again(self, play: Play) -> None:
        cycle = await play.one()
        claimed = await play.claimed(cycle)
        item_id, what = await stored(play), mail("auto_reply", answers=[claimed.envelope.message_id])
        with pytest.raises(effects.NotYet):
            await attached(play, item_id, what)
        await play.record(claimed)
        assert (await attached(play, item_id, what)).effect == "rests"

    async def test_it_holds_the_next_letter_and_is_never_a_response(self, play: Play) -> None:
        cycle, message_id = await begun(play)
        item = await arrives(play, mail("auto_reply", answers=[message_id], returns_on=date(2026, 6, 5)))
        row = await play.cycle(cycle)
        assert (item.effect, row["status"], row["held_reason"]) == ("rests", "held", "away")
        assert row["responded_at"] is None
        # back on Friday; a working day later is Monday, in the organisation's time zone
        assert row["held_until"].date() == date(2026, 6, 8)

    async def test_without_a_date_three_days_and_never_more_than_fourteen(self, play: Play) -> None:
        assert inbound.away_until(None, play.now, play.rules) == play.now + timedelta(days=3)
        far = inbound.away_until(date.max, play.now, play.rules)
        assert far == play.now + timedelta(days=14)

    async def test_a_later_one_makes_the_rest_longer_never_shorter(self, play: Play) -> None:
        cycle, message_id = await begun(play)
        await arrives(play, mail("auto_reply", answers=[message_id], returns_on=date(2026, 6, 9)))
        until = (await play.cycle(cycle))["held_until"]
        assert (await arrives(play, mail("auto_reply", answers=[message_id]))).effect == "noted"
        assert (await play.cycle(cycle))["held_until"] == until

    async def test_a_return_that_is_past_holds_nothing(self, play: Play) -> None:
        cycle, message_id = await begun(play)
        item = await arrives(play, mail("auto_reply", answers=[message_id], returns_on=date(2026, 5, 20)))
        assert (item.effect, (await play.cycle(cycle))["status"]) == ("noted", "active")


class TestDeadAddresses:
    async def test_the_thread_goes_on_with_the_contacts_who_remain(self, play: Play) -> None:
        cycle, message_id = await begun(play)
        item = await arrives(play, dead(TOM.upper(), original_message_id=message_id))
        assert (item.effect, await suppressed(play)) == ("suppressed", {TOM})
        play.now = (await play.step(cycle)).at or play.now
        claimed = await play.claimed(cycle, "follow_up_1")
        assert [one.email for one in claimed.envelope.recipients] == [LI]

    async def test_with_nobody_left_it_ends_undeliverable_and_the_candidates_move_on(
        self, play: Play
    ) -> None:
        cycle, message_id = await begun(play, "r-port")
        await arrives(play, dead(ANA, original_message_id=message_id))
        step = await play.step(cycle)
        assert (step.do, step.outcome, step.moves_on) == ("end", "undeliverable", True)
        assert set((await play.pitches(cycle)).values()) == {"pitched"}, "the pairs stay used"

    @pytest.mark.parametrize(
        "said",
        [
            {"address_dead": False},
            {"delivery_final": False, "address_dead": None},
            {"recipients": ("stranger@elsewhere.example",)},
        ],
    )
    async def test_a_full_mailbox_a_delay_or_a_stranger_suppresses_nobody(
        self, play: Play, said: dict[str, Any]
    ) -> None:
        cycle, message_id = await begun(play)
        item = await arrives(play, dead(TOM, original_message_id=message_id, **said))
        assert (item.effect, await suppressed(play)) == ("noted", set())
        assert (await play.cycle(cycle))["status"] == "active"

    async def test_what_a_service_tells_counts_as_the_bounce_itself(self, play: Play) -> None:
        cycle, message_id = await begun(play)
        event = ServiceEvent(
            key="e1",
            kind="bounce",
            recipient=LI,
            message_id=message_id,
            delivery_final=True,
            address_dead=True,
        )
        item = await arrives(play, inbound.as_mail(event))
        assert (item.cycle_id, await suppressed(play)) == (cycle, {LI})

    async def test_what_a_service_tells_of_somebody_elses_e_mail_is_noted_on_none_of_ours(
        self, play: Play
    ) -> None:
        cycle, _ = await begun(play, "r-port")
        event = ServiceEvent(
            key="e3",
            kind="bounce",
            recipient=ANA,
            message_id="<newsletter@elsewhere.example>",
            delivery_final=True,
            address_dead=True,
        )
        async with transaction(play.pool) as conn:
            item_id = await inbox.store_event(conn, event, "test", play.now)
        assert item_id is not None
        item = await attached(play, item_id, inbound.as_mail(event))
        assert (item.status, await suppressed(play)) == ("set_aside", {ANA}), (
            "the address is dead all the same"
        )
        assert (await play.email(cycle))["bounced"] == {}

    async def test_who_has_not_moved_on_yet_is_told_again_by_a_repetition(self, play: Play) -> None:
        cycle, message_id = await begun(play, "r-port")
        item = await arrives(play, dead(ANA, original_message_id=message_id))
        async with transaction(play.pool) as conn:
            assert await inbox.follow(conn, item, play.now) == [cycle]

    async def test_a_delivery_is_noted_on_its_e_mail(self, play: Play) -> None:
        cycle, message_id = await begun(play)
        told = ServiceEvent(key="e2", kind="delivered", recipient=LI, message_id=message_id, at=play.now)
        await arrives(play, inbound.as_mail(told))
        assert (await play.email(cycle))["delivered_at"] == play.now


class TestOptingOut:
    async def test_it_holds_everywhere_at_once_and_the_specialist_is_to_be_told(self, play: Play) -> None:
        cycle, message_id = await begun(play)
        item = await arrives(play, mail("unsubscribe", sender=TOM, answers=[message_id]))
        assert (item.effect, await suppressed(play)) == ("suppressed", {TOM})
        assert await play.value("select count(*) from notice") == 1
        play.now = (await play.step(cycle)).at or play.now
        claimed = await play.claimed(cycle, "follow_up_1")
        assert [one.email for one in claimed.envelope.recipients] == [LI]

    async def test_it_holds_even_if_it_fits_to_no_thread(self, play: Play) -> None:
        item = await arrives(play, mail("unsubscribe", sender="Li@Acme.example"))
        assert (item.status, await suppressed(play)) == ("unmatched", {LI})

    async def test_a_complaint_names_the_person_and_not_the_machine_that_sends_it(self, play: Play) -> None:
        await begun(play)
        await arrives(play, mail("complaint", sender="fbl@provider.example", recipients=(TOM,)))
        assert await suppressed(play) == {TOM}

    async def test_from_another_address_it_means_the_only_reader(self, play: Play) -> None:
        _, message_id = await begun(play, "r-port")
        await arrives(play, mail("unsubscribe", sender="ana.souza@home.example", answers=[message_id]))
        assert await suppressed(play) == {ANA, "ana.souza@home.example"}

    @pytest.mark.parametrize(
        "what",
        [{"kind": "unsubscribe", "sender": "somebody@home.example"}, {"kind": "complaint"}],
        ids=["alias", "redacted"],
    )
    async def test_where_it_can_be_one_of_several_the_thread_waits_for_a_person(
        self, play: Play, what: dict[str, Any]
    ) -> None:
        cycle, message_id = await begun(play)
        await arrives(play, mail(what["kind"], sender=what.get("sender", ""), answers=[message_id]))
        row = await play.cycle(cycle)
        assert (row["status"], row["held_reason"]) == ("held", "opt_out_unclear")
        assert not await suppressed(play) & {TOM, LI}
        assert await play.value("select count(*) from notice") == 1

    async def test_between_the_claim_and_the_next_attempt_it_is_checked_again(self, play: Play) -> None:
        cycle = await play.one("r-port")
        await play.claimed(cycle)
        await arrives(play, mail("unsubscribe", sender=ANA))
        step = await play.refused(cycle, again=True)
        assert (step.do, step.outcome) == ("end", "undeliverable")


class TestTheWayBack:
    async def test_letters_carry_an_address_of_their_thread_and_a_way_out(self, play: Play) -> None:
        way = WayBack(inbound_domain="in.example", base_url="https://o.example/", bounces=True)
        cycle = await play.one("r-port")
        claimed = await claim_with(play, cycle, way)
        key = await play.value("select token_key from control")
        ordinal = (await play.cycle(cycle))["ordinal"]
        envelope = claimed.envelope
        assert tokens.reply_numbers(key, [envelope.reply_to]) == [ordinal]
        assert envelope.return_path == envelope.reply_to
        token = envelope.opt_out_url.removeprefix("https://o.example/unsubscribe/")
        assert tokens.number_of(key, "unsubscribe", token) == claimed.log_id

    async def test_several_readers_get_no_opt_out_by_one_click(self, play: Play) -> None:
        claimed = await claim_with(play, await play.one(), WayBack(base_url="https://o.example"))
        assert len(claimed.envelope.recipients) == 2 and claimed.envelope.opt_out_url == ""


async def claim_with(play: Play, cycle: str, way: WayBack) -> Claimed:
    terms = replace(play.terms(cycle, "initial"), way_back=way)
    async with transaction(play.pool) as conn:
        found = await sending.claim(conn, Order(cycle, "initial", play.now), terms)
    assert isinstance(found, Claimed)
    return found


class TestBeforeALetterGoesOut:
    async def test_mail_that_nobody_has_read_yet_is_read_first(self, play: Play) -> None:
        cycle, message_id = await begun(play)
        play.now = (await play.step(cycle)).at or play.now
        item_id = await stored(play)
        step = await play.refused(cycle, "follow_up_1")
        assert (step.do, step.at) == ("send", play.now + sending.READS)
        await attached(play, item_id, mail(answers=[message_id]))
        assert (await play.refused(cycle, "follow_up_1")).do == "end"

    @pytest.mark.parametrize(("source", "waits"), [("link", True), ("postmark", False)])
    async def test_an_opt_out_by_link_is_heeded_first_and_what_services_tell_holds_nothing_up(
        self, play: Play, source: str, waits: bool
    ) -> None:
        cycle, message_id = await begun(play)
        play.now = (await play.step(cycle)).at or play.now
        told = ServiceEvent(key="e1", kind="unsubscribe", recipient=TOM, message_id=message_id)
        async with transaction(play.pool) as conn:
            await inbox.store_event(conn, told, source, play.now)
        assert isinstance(await play.claim(cycle, "follow_up_1"), Claimed) is not waits

    async def test_mail_that_cannot_be_read_holds_nothing_up_for_long(self, play: Play) -> None:
        cycle, _ = await begun(play)
        await stored(play)
        play.now = (await play.step(cycle)).at or play.now
        assert await play.claimed(cycle, "follow_up_1")

    @pytest.mark.parametrize(("attempts", "waits"), [(2, True), (3, False)])
    async def test_mail_that_could_not_be_read_three_times_is_waited_for_no_longer(
        self, play: Play, attempts: int, waits: bool
    ) -> None:
        cycle = await play.one()
        await stored(play)
        await play.execute("update inbox set attempts = $1", attempts)
        assert isinstance(await play.claim(cycle), Claimed) is not waits

    async def test_only_an_answer_of_the_company_holds_its_other_letters_up(self, play: Play) -> None:
        _, message_id = await begun(play, "r-port", "run-1")
        fleet = await play.one("r-fleet", "run-2")
        away = mail("auto_reply", answers=[message_id])
        await attached(play, await stored(play), away)
        assert await play.claimed(fleet)

    async def test_an_answer_that_the_others_heard_of_holds_nothing_up(self, play: Play) -> None:
        _, message_id = await begun(play, "r-port", "run-1")
        fleet = await play.one("r-fleet", "run-2")
        item = await arrives(play, mail(answers=[message_id]))
        async with transaction(play.pool) as conn:
            await inbox.sql.mark_told.run(conn, id=item.id, now=play.now)
        assert await play.release(fleet), "it rested because of the answer"
        assert await play.claimed(fleet)

    async def test_words_that_nobody_signs_stop_nothing_and_wait_for_a_person(self, play: Play) -> None:
        cycle, message_id = await begun(play)
        item = await arrives(play, mail(answers=[message_id]).model_copy(update={"sender": ""}))
        assert item.status == "unmatched"
        assert (await play.cycle(cycle))["status"] == "active"

"""What a notice tells is what the records hold, and a row that has ended never changes again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from db import inbox, notices
from db.pool import transaction
from db.sending import HoldAll
from db.sql import queries
from domain.inbound import Arrival, Effect, Mail, MailKind, Meaning
from domain.letters import Accepted, AllRefused, Letter, Outage
from domain.notices import Notice
from tests.cast import JAMES, SOFIA
from tests.db.acts import Play

LETTER = Letter(subject="Re: Interns", text="Tom answered", html="<p>Tom answered</p>")
TOM = "tom@acme.example"


async def comes_in(play: Play, cycle: str, kind: MailKind = "human", key: str = "m1", **mail: Any) -> int:
    """Has a message to a cycle arrive and do what it does; returns the id of its notice."""
    email = await play.email(cycle)
    meaning = Meaning(kind=kind, text=mail.pop("text", "Yes please."))
    fresh = {"sender": TOM, "message_id": f"<{key}@acme.example>", "answers": (email["message_id"],)}
    what = Mail(meaning=meaning, **fresh | mail)
    async with transaction(play.pool) as conn:
        item_id = await inbox.store(conn, Arrival(key=key, raw=b"..."), "test", play.now)
        assert item_id is not None
        item = await inbox.attach(conn, item_id, what, play.rules, play.now)
    async with transaction(play.pool) as conn:
        await inbox.follow(conn, item, play.now)
    found: int = await play.value("select id from notice where inbox_id = $1", item_id)
    return found


async def told(play: Play, notice_id: int) -> Notice:
    async with transaction(play.pool) as conn:
        found = await notices.read(conn, notice_id, play.now)
    assert found is not None
    return found


async def claimed(play: Play, notice_id: int, name: str = "<n@beyond.example>") -> str | None:
    async with transaction(play.pool) as conn:
        return await notices.claim(
            conn,
            notice_id,
            recipient="x@beyond.example",
            letter=LETTER,
            message_id=lambda: name,
            now=play.now,
        )


async def recorded(play: Play, notice_id: int, delivery: Any) -> dict[str, Any]:
    async with transaction(play.pool) as conn:
        await notices.record(conn, notice_id, delivery, play.now)
    return dict((await play.rows("select * from notice where id = $1", notice_id))[0])


async def a_thread(play: Play, role: str = "r-data") -> str:
    cycle = await play.one(role)
    await play.send(cycle, "initial")
    return cycle


async def happenings(play: Play, cycle: str) -> list[str]:
    rows = await play.rows("select kind from cycle_event where cycle_id = $1 order by id", cycle)
    return [row["kind"] for row in rows]


async def test_a_notice_tells_who_wrote_what_in_which_thread(play: Play) -> None:
    cycle = await a_thread(play)
    found = await told(play, await comes_in(play, cycle, subject="Re: Interns", sender_name="Mr. T"))
    assert (found.writer.name, found.writer.address, found.writer.known) == ("Tom Reed", TOM, True)
    assert (found.company_name, found.role_title) == ("Acme Robotics", "Data Analyst")
    assert (found.kind, found.effect, found.outcome, found.late) == ("human", "responded", "responded", False)
    assert found.answered is not None and found.answered.stage == "initial"
    assert [one.candidate_id for one in found.people] == ["ada", "bela", "chidi"]
    assert found.specialist is not None and found.specialist.email == JAMES.email


async def test_somebody_whom_the_records_do_not_hold_is_named_as_the_message_does(play: Play) -> None:
    cycle = await a_thread(play)
    found = await told(play, await comes_in(play, cycle, sender="eve@else.example", sender_name="Eve"))
    assert (found.writer.name, found.writer.known) == ("Eve", False)


async def test_a_second_reply_is_told_too(play: Play) -> None:
    cycle = await a_thread(play)
    first, second = await comes_in(play, cycle), await comes_in(play, cycle, key="m2", text="One more thing.")
    assert first != second
    assert (await told(play, second)).effect == "answered_before"


async def test_a_reply_after_the_end_is_told_as_late(play: Play) -> None:
    cycle = await play.one()
    await play.silence(cycle)
    found = await told(play, await comes_in(play, cycle))
    assert found.late and found.outcome == "no_response" and found.closed_at is not None


async def test_the_company_s_other_threads_that_wait_are_named(play: Play) -> None:
    cycle = await a_thread(play)
    play = play.on(weekly_limit=5)
    await play.run("run-2", roles=["r-web"])
    other = await play.value("select id from outreach_cycle where role_id = 'r-web'")
    found = await told(play, await comes_in(play, cycle))
    assert [(one.cycle_id, one.role_title) for one in found.resting] == [(other, "Web Developer")]
    assert found.resting[0].until == play.now + timedelta(days=7)


@pytest.mark.parametrize("kind", ["unsubscribe", "complaint"])
async def test_whom_an_opt_out_took_off_is_named(play: Play, kind: MailKind) -> None:
    cycle = await a_thread(play)
    effect: Effect = "suppressed"
    notice = await comes_in(play, cycle, kind, sender=TOM)
    found = await told(play, notice)
    assert (found.kind, found.outcome) == (kind, None)
    if kind == "unsubscribe":
        assert (found.effect, found.addresses) == (effect, (TOM,))


async def test_an_automatic_reply_is_not_told(play: Play) -> None:
    cycle = await a_thread(play)
    assert await comes_in(play, cycle, "auto_reply") is None


async def test_the_cycle_s_own_specialist_is_told_else_the_company_s_else_the_default_one(play: Play) -> None:
    cycle = await a_thread(play)
    notice = await comes_in(play, cycle)

    async def whom() -> str | None:
        found = (await told(play, notice)).specialist
        return found.email if found else None

    await play.execute("update company set specialist_id = 's-sofia' where id = 'acme'")
    assert await whom() == JAMES.email
    await play.execute("update outreach_cycle set specialist_id = null where id = $1", cycle)
    assert await whom() == SOFIA.email
    await play.execute("update company set specialist_id = null where id = 'acme'")
    assert await whom() == SOFIA.email
    await play.execute("update specialist set is_default = false")
    assert await whom() is None


async def test_the_message_id_is_fixed_at_the_first_claim(play: Play) -> None:
    notice = await comes_in(play, await a_thread(play))
    assert await claimed(play, notice, "<1@b.example>") == "<1@b.example>"
    assert await claimed(play, notice, "<2@b.example>") == "<1@b.example>"
    row = await recorded(play, notice, Outage("smtp_451", "451 busy"))
    assert (row["attempts"], row["error"], row["sent_at"]) == (2, "smtp_451: 451 busy", None)


async def test_what_is_sent_is_never_claimed_again_whatever_comes_later(play: Play) -> None:
    cycle = await a_thread(play)
    notice = await comes_in(play, cycle)
    await claimed(play, notice)
    await recorded(play, notice, Accepted({}))
    assert await claimed(play, notice) is None
    row = await recorded(play, notice, AllRefused({"x": "550 gone"}))
    assert row["sent_at"] == play.now and row["given_up_at"] is None and row["error"] is None
    async with transaction(play.pool) as conn:
        assert await notices.read(conn, notice, play.now) is None
    assert (await happenings(play, cycle)).count("told") == 1


async def test_an_address_refused_for_good_is_given_up_with_its_server_s_words(play: Play) -> None:
    cycle = await a_thread(play)
    notice = await comes_in(play, cycle)
    await claimed(play, notice)
    row = await recorded(play, notice, AllRefused({"x@beyond.example": "550 no such user"}))
    assert row["given_up_at"] == play.now and "550 no such user" in row["error"]
    assert await claimed(play, notice) is None
    assert (await happenings(play, cycle))[-1] == "not_told"
    assert await play.value("select count(*) from suppressed_address") == 0


async def test_nothing_is_read_or_claimed_while_everything_is_held(play: Play) -> None:
    notice = await comes_in(play, await a_thread(play))
    await queries("sending").set_hold_all.run(play.pool, on=True, now=play.now)
    with pytest.raises(HoldAll):
        await told(play, notice)
    with pytest.raises(HoldAll):
        await claimed(play, notice)
    assert await play.value("select attempts from notice") == 0

"""A message that comes by two ways, with other envelopes, is kept twice and acts once (R7)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from db import inbox, reopening
from db.pool import transaction
from domain.inbound import Arrival, Mail, MailKind, Meaning
from tests.db.acts import Play

TOM = "tom@acme.example"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def copy(answers: str = "", kind: MailKind = "human", **changes: object) -> Mail:
    """One copy of Tom's message."""
    told = {"message_id": "<tom-1@acme.example>", "sender": TOM, "sent_at": NOON}
    ids = (answers,) if answers else ()
    return Mail.model_validate(told | {"answers": ids, "meaning": Meaning(kind=kind, text="Yes")} | changes)


async def kept(play: Play, key: str) -> int:
    async with transaction(play.pool) as conn:
        found = await inbox.store(
            conn, Arrival(key=key, raw=b"...", to=(f"{key}@in.example",)), "test", play.now
        )
    assert found is not None
    return found


async def attached(play: Play, item_id: int, mail: Mail) -> inbox.Item:
    async with transaction(play.pool) as conn:
        return await inbox.attach(conn, item_id, mail, play.rules, play.now)


async def comes(play: Play, key: str, mail: Mail) -> inbox.Item:
    return await attached(play, await kept(play, key), mail)


async def begun(play: Play, role: str = "r-data", run_id: str = "run-1") -> tuple[str, str]:
    cycle = await play.one(role, run_id)
    await play.send(cycle)
    return cycle, (await play.email(cycle))["message_id"]


async def notices(play: Play) -> int:
    found: int = await play.value("select count(*) from notice")
    return found


@pytest.mark.parametrize("kind", ["human", "unsubscribe", "complaint", "auto_reply"])
async def test_the_second_copy_in_a_thread_is_set_aside_and_nobody_is_told_twice(
    play: Play, kind: MailKind
) -> None:
    cycle, message_id = await begun(play)
    first = await comes(play, "hook", copy(message_id, kind))
    told, row = await notices(play), await play.cycle(cycle)
    second = await comes(play, "mailbox", copy(message_id, kind))
    assert (first.status, first.cycle_id) == ("attached", cycle)
    assert (second.status, second.effect, second.cycle_id) == ("set_aside", "noted", None)
    assert (await notices(play), await play.cycle(cycle)) == (told, row)


async def test_both_copies_at_the_same_instant_tell_the_specialist_once(play: Play) -> None:
    _, message_id = await begun(play)
    ids = [await kept(play, f"way-{number}") for number in range(6)]
    items = await asyncio.gather(*(attached(play, one, copy(message_id)) for one in ids))
    assert sorted(one.status for one in items) == ["attached", *["set_aside"] * 5]
    assert await notices(play) == 1


async def test_an_answer_that_was_taken_back_does_not_come_back_with_its_copy(play: Play) -> None:
    cycle, message_id = await begun(play)
    await comes(play, "hook", copy(message_id))
    async with transaction(play.pool) as conn:
        await reopening.reopen(conn, cycle, play.rules, play.now)
    await comes(play, "mailbox", copy(message_id))
    assert (await play.cycle(cycle))["status"] == "active"


async def test_a_message_to_two_threads_stops_both(play: Play) -> None:
    port, to_port = await begun(play, "r-port", "run-1")
    fleet, to_fleet = await begun(play, "r-fleet", "run-2")
    await comes(play, "one", copy(to_port))
    await comes(play, "two", copy(to_fleet))
    assert {(await play.cycle(one))["outcome"] for one in (port, fleet)} == {"responded"}


@pytest.mark.parametrize(
    "other",
    [{"sender": "li@acme.example"}, {"sent_at": None}, {"message_id": "<tom-2@acme.example>"}],
    ids=str,
)
async def test_another_message_is_no_copy(play: Play, other: dict[str, object]) -> None:
    _, message_id = await begun(play)
    await comes(play, "hook", copy(message_id))
    assert (await comes(play, "mailbox", copy(message_id, **other))).status == "attached"
    assert await notices(play) == 2


async def test_words_that_ask_for_silence_are_no_copy_of_words_that_do_not(play: Play) -> None:
    """Some programs give every message the same Message-ID."""
    _, message_id = await begun(play)
    await comes(play, "hook", copy(message_id))
    assert (await comes(play, "mailbox", copy(message_id, "unsubscribe"))).effect == "suppressed"


async def test_a_person_is_asked_once_where_a_message_belongs(play: Play) -> None:
    assert (await comes(play, "hook", copy())).status == "unmatched"
    assert (await comes(play, "mailbox", copy())).status == "set_aside"


async def test_a_person_is_asked_once_about_copies_of_the_same_instant(play: Play) -> None:
    stranger = copy(sender="assistant@elsewhere.example")
    ids = [await kept(play, f"way-{number}") for number in range(6)]
    items = await asyncio.gather(*(attached(play, one, stranger) for one in ids))
    assert sorted(one.status for one in items) == [*["set_aside"] * 5, "unmatched"]


async def test_a_person_is_asked_no_more_once_a_copy_has_found_its_thread(play: Play) -> None:
    _, message_id = await begun(play)
    stranger = copy(sender="assistant@elsewhere.example")
    first = await comes(play, "hook", stranger)
    found = stranger.model_copy(update={"answers": (message_id,)})
    assert (await comes(play, "mailbox", found)).effect == "responded"
    assert await play.value("select status from inbox where id = $1", first.id) == "set_aside"


async def test_where_a_person_puts_a_copy_it_stays(play: Play) -> None:
    cycle, message_id = await begun(play)
    await comes(play, "hook", copy(message_id))
    async with transaction(play.pool) as conn:
        again = await inbox.assign(conn, await kept(play, "mailbox"), cycle, copy(), play.rules, play.now)
    assert (again.status, again.effect) == ("attached", "answered_before")


async def test_messages_without_an_id_are_never_copies(play: Play) -> None:
    _, message_id = await begun(play)
    nameless = {"message_id": None, "sender": "assistant@elsewhere.example"}
    for way, answers, status in (
        ("hook", "", "unmatched"),
        ("mailbox", "", "unmatched"),
        ("again", message_id, "attached"),
        ("once more", message_id, "attached"),
    ):
        assert (await comes(play, way, copy(answers, **nameless))).status == status
    left = "select count(*) from inbox where status = 'unmatched'"
    assert await play.value(left) == 2, "nor are those set aside that wait for a person"


async def test_a_copy_that_somebody_has_in_hand_is_left_to_them_and_not_waited_for(play: Play) -> None:
    _, message_id = await begun(play)
    stranger = copy(sender="assistant@elsewhere.example")
    first = await comes(play, "hook", stranger)
    async with transaction(play.pool) as conn:
        await inbox.sql.lock.one(conn, id=first.id)
        async with asyncio.timeout(5):
            found = stranger.model_copy(update={"answers": (message_id,)})
            assert (await comes(play, "mailbox", found)).effect == "responded"
    assert await play.value("select status from inbox where id = $1", first.id) == "unmatched"

"""What came in is listed, read whole, put in place, set aside and added to."""

from __future__ import annotations

import pytest
import pytest_asyncio

from db.pool import Pool
from desk import figures, inbox, received
from desk.inbox import PostRoom
from desk.office import Office
from domain import errors
from domain.inbound import Arrival
from mail.arrival import delivered_to, key_of
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import HOUR, RULES, book, send

LATER = NOW + HOUR


@pytest_asyncio.fixture
async def room(pool: Pool) -> PostRoom:
    """The post room of the named cast, without Temporal."""
    await fill(pool)
    return PostRoom(Office(pool, RULES))


async def _thread(room: PostRoom, role: str = "r-data") -> str:
    cycle = next(one for one in await book(room.office.pool) if role in one)
    await send(room.office.pool, cycle)
    return cycle


def _letter(*headers: str, text: str = "Happy to talk on Tuesday.") -> bytes:
    fixed = (
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Date: Mon, 1 Jun 2026 10:00:00 +0000",
    )
    return "\r\n".join((*headers, *fixed, "", text, "")).encode()


def _reply(cycle: str, *, number: int = 1, text: str = "Happy to talk on Tuesday.") -> bytes:
    return _letter(
        "From: Li Wei <li@acme.example>",
        "To: James <james@beyond.example>",
        "Subject: Re: Interns",
        f"Message-ID: <reply-{number}@acme.example>",
        f"In-Reply-To: <{cycle}.initial@beyond.example>",
        text=text,
    )


def _stranger(number: int = 1) -> bytes:
    return _letter(
        "From: Zed <zed@elsewhere.example>",
        "Subject: Hello",
        f"Message-ID: <zed-{number}@elsewhere.example>",
    )


async def test_a_saved_reply_is_taken_in_like_any_other(room: PostRoom) -> None:
    cycle = await _thread(room)
    done = await received.add(room, [_reply(cycle)], LATER)
    (message,) = done.messages
    assert (message.source, message.kind, message.effect) == ("file", "human", "responded")
    assert (message.cycle_id, message.matched_by, message.told) == (cycle, "references", False)
    assert done.untold == (cycle,)
    again = await received.add(room, [_reply(cycle)], LATER + HOUR)
    assert again.messages[0].id == message.id
    assert await room.office.pool.fetchval("select count(*) from inbox") == 1


async def test_what_a_mailbox_brought_is_known_again_in_a_file(room: PostRoom) -> None:
    raw = _letter("Delivered-To: james@beyond.example", "From: zed@else.example", "Message-ID: <a@b>")
    arrival = Arrival(key_of(raw, delivered_to(raw)), raw, delivered_to(raw))
    (item_id,) = await inbox.keep(room, [arrival], "mailbox", NOW)
    (message,) = (await received.add(room, [raw], LATER)).messages
    assert (message.id, message.source, message.status) == (item_id, "mailbox", "unmatched")


async def test_the_newest_is_listed_first_and_as_many_as_asked_for(room: PostRoom) -> None:
    cycle = await _thread(room)
    added = await received.add(room, [_stranger(), _reply(cycle), _stranger(2)], LATER)
    ids = [one.id for one in added.messages]
    found = await received.post(room.office, LATER)
    assert [one.id for one in found.messages] == ids[::-1]
    assert (found.unmatched, found.more) == (2, False)
    two = await received.post(room.office, LATER, most=2)
    assert ([one.id for one in two.messages], two.more) == (ids[:0:-1], True)
    of_cycle = await received.post(room.office, LATER, cycle=cycle)
    assert [one.id for one in of_cycle.messages] == [ids[1]]
    unmatched = await received.post(room.office, LATER, unmatched=True)
    assert [one.id for one in unmatched.messages] == [ids[2], ids[0]]
    with pytest.raises(errors.NotFound):
        await received.post(room.office, LATER, cycle="nobody")


async def test_a_message_is_read_whole_with_what_it_quotes_and_as_it_came(room: PostRoom) -> None:
    cycle = await _thread(room)
    raw = _reply(cycle, text="Yes, gladly.\r\n\r\nOn Mon, James <james@beyond.example> wrote:\r\n> Hi Li")
    (message,) = (await received.add(room, [raw], LATER)).messages
    found = await received.opened(room.office, message.id)
    assert found.text == "Yes, gladly."
    assert "> Hi Li" in found.whole
    assert await received.raw(room.office, message.id) == raw
    for ask in (received.opened, received.raw):
        with pytest.raises(errors.NotFound, match="message 999"):
            await ask(room.office, 999)


@pytest.mark.parametrize("raw", [b"", b"\xff\x00\xfe", b"\r\n\r\n", b"From: \xff\r\n\r\n\x00" * 50])
async def test_any_bytes_can_be_added_and_shown(room: PostRoom, raw: bytes) -> None:
    (message,) = (await received.add(room, [raw], LATER)).messages
    assert (await received.opened(room.office, message.id)).id == message.id


async def test_an_unmatched_message_is_put_where_a_person_says_and_stops_the_thread(room: PostRoom) -> None:
    cycle = await _thread(room)
    (message,) = (await received.add(room, [_stranger()], LATER)).messages
    log_id = await room.office.pool.fetchval("select id from outreach_log where cycle_id = $1", cycle)
    done = await received.assign(room, message.id, str(log_id), LATER)
    assert (done.message.matched_by, done.message.effect) == ("person", "responded")
    assert done.untold == (cycle,)
    assert (await figures.show(room.office, cycle)).outcome == "responded"
    with pytest.raises(errors.Refused, match=f"belongs to {cycle} already"):
        await received.assign(room, message.id, cycle, LATER)
    with pytest.raises(errors.NotFound):
        await received.assign(room, message.id, "nobody", LATER)
    with pytest.raises(errors.NotFound, match="message 999"):
        await received.assign(room, 999, cycle, LATER)


async def test_what_is_set_aside_asks_nobody_any_more_and_can_still_be_assigned(room: PostRoom) -> None:
    cycle = await _thread(room)
    (message,) = (await received.add(room, [_stranger()], LATER)).messages
    assert "1 message belongs to no cycle" in (await figures.pendings(room.office, LATER)).warnings[0]
    assert (await received.ignore(room.office, message.id, LATER)).changed
    assert not (await received.ignore(room.office, message.id, LATER)).changed
    assert (await figures.pendings(room.office, LATER)).warnings == ()
    assert (await received.assign(room, message.id, cycle, LATER)).message.status == "attached"


async def test_what_belongs_to_a_cycle_or_was_not_read_is_not_set_aside(room: PostRoom) -> None:
    cycle = await _thread(room)
    (message,) = (await received.add(room, [_reply(cycle)], LATER)).messages
    with pytest.raises(errors.Refused, match=f"reopen {cycle}"):
        await received.ignore(room.office, message.id, LATER)
    (fresh,) = await inbox.keep(room, [Arrival("k", b"...")], "mailbox", LATER)
    with pytest.raises(errors.Refused, match="not read yet"):
        await received.ignore(room.office, fresh, LATER)


async def test_a_cycle_shows_what_came_in_about_it_oldest_first(room: PostRoom) -> None:
    cycle = await _thread(room)
    await received.add(room, [_reply(cycle), _reply(cycle, number=2)], LATER)
    shown = await figures.show(room.office, cycle)
    assert [one.effect for one in shown.messages] == ["responded", "answered_before"]


def test_how_many_wait_is_said_in_words() -> None:
    assert received.unmatched(1).startswith("1 message belongs")
    assert received.unmatched(2000).startswith("2,000 messages belong")

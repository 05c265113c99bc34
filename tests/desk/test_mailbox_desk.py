"""The mailbox's place in the database: a message is kept before the position is, none is read twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from urllib.parse import quote

import pytest
import pytest_asyncio

from db.pool import Pool
from desk.inbox import PostRoom
from desk.mailbox import Letterbox
from desk.office import Office
from domain import errors
from domain.mailbox import Account
from domain.rules import Rules
from tests.cast import NOW
from tests.mail.badimap import NAME, PASSWORD, BadImap
from tests.scenes import do


@pytest_asyncio.fixture
async def imap() -> AsyncIterator[BadImap]:
    async with BadImap() as server:
        yield server


@pytest.fixture
def room(pool: Pool) -> PostRoom:
    return PostRoom(Office(pool, Rules()))


def letterbox(imap: BadImap) -> Letterbox:
    login = f"{quote(NAME, safe='')}:{quote(PASSWORD, safe='')}"
    return Letterbox(Account.parse(f"imap://{login}@127.0.0.1:{imap.port}/INBOX"))


def letter(number: int) -> bytes:
    return (
        f"From: Ana Prado <ana@harbour.example>\r\nMessage-ID: <{number}@harbour.example>\r\n"
        f"Delivered-To: reply+{number}@beyond.example\r\nSubject: Re: Interns\r\n\r\nGladly {number}.\r\n"
    ).encode()


class Watched:
    """A mailbox that is watched; `ids` are what it gave to be processed."""

    def __init__(self, box: Letterbox, room: PostRoom) -> None:
        self.ids: list[int] = []
        self._task = asyncio.create_task(box.watch(lambda: room, lambda: NOW, self._take))

    def _take(self, ids: Sequence[int]) -> None:
        self.ids.extend(ids)

    async def end(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def positions(pool: Pool) -> list[tuple[int, int]]:
    rows = await pool.fetch("select uid_validity, last_uid from mailbox_position")
    return [(row["uid_validity"], row["last_uid"]) for row in rows]


async def test_what_arrives_is_kept_and_given_on_and_reading_goes_on_where_it_stopped(
    imap: BadImap, room: PostRoom, pool: Pool
) -> None:
    imap.arrives(letter(1))
    box = letterbox(imap)
    watched = Watched(box, room)
    await asyncio.wait_for(imap.idling.wait(), 10)
    assert box.trouble is None
    await watched.end()
    assert len(watched.ids) == 1
    assert await positions(pool) == [(1, 1)]

    imap.arrives(letter(2))
    imap.idling.clear()
    again = Watched(letterbox(imap), room)
    await asyncio.wait_for(imap.idling.wait(), 10)
    await again.end()

    assert len(again.ids) == 1 and again.ids != watched.ids
    rows = await pool.fetch("select source, envelope_to from inbox order by id")
    assert [tuple(row) for row in rows] == [
        ("mailbox", ["reply+1@beyond.example"]),
        ("mailbox", ["reply+2@beyond.example"]),
    ]


async def test_catching_up_processes_what_it_finds_once(imap: BadImap, room: PostRoom, pool: Pool) -> None:
    for number in (1, 2):
        imap.arrives(letter(number))
    assert await letterbox(imap).catch_up(room, lambda: NOW) == 2
    assert await letterbox(imap).catch_up(room, lambda: NOW) == 0
    rows = await pool.fetch("select status, sender from inbox")
    assert {tuple(row) for row in rows} == {("unmatched", "ana@harbour.example")}


async def test_a_message_whose_envelope_no_database_holds_hides_nothing_behind_it(
    imap: BadImap, room: PostRoom, pool: Pool
) -> None:
    imap.arrives(letter(1).replace(b"reply+1@", b"reply\0+1@"))
    imap.arrives(letter(2))
    assert await letterbox(imap).catch_up(room, lambda: NOW) == 2
    rows = await pool.fetch("select envelope_to from inbox order by id")
    assert [row["envelope_to"][0] for row in rows] == ["reply+1@beyond.example", "reply+2@beyond.example"]


async def test_two_readers_of_one_mailbox_keep_each_message_once(
    imap: BadImap, room: PostRoom, pool: Pool
) -> None:
    for number in range(20):
        imap.arrives(letter(number))
    found = await asyncio.gather(*(letterbox(imap).catch_up(room, lambda: NOW) for _ in range(3)))
    assert sum(found) == await pool.fetchval("select count(*) from inbox") == 20
    assert await positions(pool) == [(1, 20)]


async def test_a_message_that_could_not_be_stored_is_read_again(
    imap: BadImap, room: PostRoom, pool: Pool
) -> None:
    imap.arrives(letter(1))
    await do(pool, "alter table inbox rename to elsewhere")
    with pytest.raises(errors.NotMigrated):
        await letterbox(imap).catch_up(room, lambda: NOW)
    assert await positions(pool) == []
    await do(pool, "alter table elsewhere rename to inbox")
    assert await letterbox(imap).catch_up(room, lambda: NOW) == 1


async def test_a_mailbox_that_cannot_be_read_is_noted_and_stops_nothing(
    imap: BadImap, room: PostRoom, caplog: pytest.LogCaptureFixture
) -> None:
    imap.on["LOGIN"] = "NO [AUTHENTICATIONFAILED] wrong"
    assert await letterbox(imap).catch_up(room, lambda: NOW) == 0
    assert "OUTREACH_MAILBOX_URL" in caplog.text
    assert PASSWORD not in caplog.text


async def test_a_mailbox_that_takes_too_long_is_left_for_the_next_time(
    imap: BadImap, room: PostRoom, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        imap.arrives(letter(number))
    imap.on["BODY 2"] = "HANG"
    monkeypatch.setattr("desk.mailbox.BOUND", 1.0)
    assert await letterbox(imap).catch_up(room, lambda: NOW) == 1
    assert "not read to its end" in caplog.text
    imap.on.clear()
    assert await letterbox(imap).catch_up(room, lambda: NOW) == 1


async def test_a_worker_alone_puts_a_notice_for_a_message_that_breaks_the_connection(
    imap: BadImap, room: PostRoom, pool: Pool
) -> None:
    for number in (1, 2):
        imap.arrives(letter(number))
    imap.on["BODY 1"] = "DROP"
    box = letterbox(imap)
    found = [await box.catch_up(room, lambda: NOW) for _ in range(9)]
    assert found == [0] * 8 + [2]
    assert await positions(pool) == [(1, 2)]


async def test_mail_from_before_the_first_letter_is_left_alone(
    imap: BadImap, room: PostRoom, pool: Pool
) -> None:
    imap.arrives(letter(1))
    await letterbox(imap).catch_up(room, lambda: NOW)
    search = next(line for line in imap.lines if "SEARCH" in line)
    assert f"SINCE {(NOW - timedelta(days=1)):%d-%b-%Y}".upper() in search.upper()

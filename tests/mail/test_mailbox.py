"""The mailbox against a scripted server: nothing is lost, whatever the server does."""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest

from domain.errors import DatabaseDown, MailServerDown
from domain.inbound import Arrival
from domain.mailbox import Position
from mail import inbound
from mail.connections import Server
from mail.imap_wire import Limits
from mail.mailbox import Mailbox, Patience
from mail.reading import Deliver
from tests.mail.badimap import DROP, HANG, NAME, PASSWORD, BadImap
from tests.mail.badserver import Certificate

LIMITS = Limits(connect=5, command=5, message=5, idle=60, poll=0.02)
PATIENCE = Patience(first=0.01, most=0.05, steady=60)


def letter(number: int) -> bytes:
    return (
        f"From: Ana Prado <ana@harbour.example>\r\nMessage-ID: <{number}@harbour.example>\r\n"
        f"Delivered-To: reply+{number}@beyond.example\r\nSubject: Re: Interns\r\n\r\nGladly {number}.\r\n"
    ).encode()


class Cellar:
    """Where the messages end up: what was delivered, how far the mailbox was read."""

    def __init__(self) -> None:
        self.arrivals: list[Arrival] = []
        self.position = Position()
        self.fails: list[Exception] = []
        self._changed = asyncio.Condition()

    @property
    def raws(self) -> list[bytes]:
        return [arrival.raw for arrival in self.arrivals]

    async def deliver(self, arrival: Arrival) -> None:
        if self.fails:
            raise self.fails.pop(0)
        async with self._changed:
            self.arrivals.append(arrival)
            self._changed.notify_all()

    async def keep(self, position: Position) -> None:
        async with self._changed:
            self.position = position
            self._changed.notify_all()

    async def until(self, met: Callable[[], bool]) -> None:
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(met)

    async def has(self, number: int) -> None:
        await self.until(lambda: len(self.arrivals) >= number)


def mailbox(imap: BadImap, **options: Any) -> Mailbox:
    login = {"username": NAME, "password": PASSWORD} | options.pop("login", {})
    folder = options.pop("folder", "INBOX")
    server = Server("127.0.0.1", imap.port, **login)
    return Mailbox(server, folder, **({"limits": LIMITS, "patience": PATIENCE} | options))


@pytest.fixture
async def imap() -> AsyncIterator[BadImap]:
    async with BadImap() as server:
        yield server


@pytest.fixture
def cellar() -> Cellar:
    return Cellar()


@asynccontextmanager
async def watched(
    box: Mailbox, cellar: Cellar, deliver: Deliver | None = None, position: Position | None = None
) -> AsyncIterator[None]:
    task = asyncio.create_task(box.watch(deliver or cellar.deliver, cellar.keep, position))
    try:
        yield
    finally:
        assert not task.done(), "watch ends by cancellation alone"
        task.cancel()
        async with asyncio.timeout(2):
            await asyncio.gather(task, return_exceptions=True)


async def reached(event: asyncio.Event) -> None:
    async with asyncio.timeout(10):
        await event.wait()


async def eventually(met: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not met():  # noqa: ASYNC110 - it waits for the state of others, who tell nobody
            await asyncio.sleep(0.005)


async def test_what_lies_there_is_delivered_in_order_and_kept_after_it(imap: BadImap, cellar: Cellar) -> None:
    for number in (1, 2, 3):
        imap.arrives(letter(number))
    kept: list[Position] = []

    async def deliver(arrival: Arrival) -> None:
        kept.append(cellar.position)
        await cellar.deliver(arrival)

    position = await mailbox(imap).catch_up(deliver, cellar.keep)
    assert cellar.raws == [letter(1), letter(2), letter(3)]
    assert kept == [Position(), Position(1, 1), Position(1, 2)]
    assert position == cellar.position == Position(1, 3)
    assert cellar.arrivals[0].to == ("reply+1@beyond.example",)


async def test_nothing_is_marked_deleted_or_moved(imap: BadImap, cellar: Cellar) -> None:
    imap.arrives(letter(1))
    await mailbox(imap).catch_up(cellar.deliver, cellar.keep)
    assert not [line for line in imap.lines if re.search(r"\b(SELECT|STORE|COPY|MOVE|EXPUNGE|CLOSE)\b", line)]
    assert not any("BODY[" in line for line in imap.lines), "BODY marks as seen, BODY.PEEK does not"


async def test_only_what_is_new_is_read_again(imap: BadImap, cellar: Cellar) -> None:
    imap.arrives(letter(1))
    box = mailbox(imap)
    await box.catch_up(cellar.deliver, cellar.keep)
    assert await box.catch_up(cellar.deliver, cellar.keep, cellar.position) == cellar.position
    imap.arrives(letter(2))
    await box.catch_up(cellar.deliver, cellar.keep, cellar.position)
    assert cellar.raws == [letter(1), letter(2)]


async def test_new_mail_is_heard_while_idle(imap: BadImap, cellar: Cellar) -> None:
    async with watched(mailbox(imap), cellar):
        for number in (1, 2, 3):
            await reached(imap.idling)
            imap.idling.clear()
            imap.arrives(letter(number))
            await cellar.has(number)
    assert cellar.raws == [letter(1), letter(2), letter(3)]
    assert imap.connections == 1


async def test_mail_that_comes_between_search_and_idle_is_not_slept_over(
    imap: BadImap, cellar: Cellar
) -> None:
    imap.before["SEARCH END"] = lambda: imap.arrives(letter(1), quietly=True) and None
    async with watched(mailbox(imap), cellar):
        await cellar.has(1)


async def test_mail_announced_together_with_the_begin_of_idle_is_not_slept_over(
    imap: BadImap, cellar: Cellar
) -> None:
    imap.untagged["IDLE +"] = "* 1 EXISTS"
    imap.before["IDLE"] = lambda: imap.arrives(letter(1), quietly=True) and None
    async with watched(mailbox(imap), cellar):
        await cellar.has(1)
    assert imap.connections == 1


async def test_mail_announced_before_the_begin_of_idle_is_not_slept_over(
    imap: BadImap, cellar: Cellar
) -> None:
    imap.untagged["IDLE"] = "* 1 EXISTS"
    imap.before["IDLE"] = lambda: imap.arrives(letter(1), quietly=True) and None
    async with watched(mailbox(imap), cellar):
        await cellar.has(1)


async def test_a_server_without_idle_is_asked_again_and_again(imap: BadImap, cellar: Cellar) -> None:
    imap.capabilities.remove("IDLE")
    async with watched(mailbox(imap), cellar):
        await reached(imap.polled)
        imap.arrives(letter(1))
        await cellar.has(1)
    assert not any("IDLE" in line for line in imap.lines)


async def test_a_server_that_breaks_on_idle_is_asked_again_and_again(imap: BadImap, cellar: Cellar) -> None:
    imap.on["IDLE"] = DROP
    async with watched(mailbox(imap), cellar):
        for number in (1, 2, 3):
            imap.arrives(letter(number))
            await cellar.has(number)
            imap.polled.clear()
            await reached(imap.polled)
    assert imap.connections == 2


async def test_idle_is_renewed_and_finds_what_nobody_announced(imap: BadImap, cellar: Cellar) -> None:
    limits = Limits(connect=5, command=5, idle=0.05, poll=60)
    async with watched(mailbox(imap, limits=limits), cellar):
        await reached(imap.idling)
        imap.arrives(letter(1), quietly=True)
        await cellar.has(1)
    assert imap.connections == 1


async def test_chatter_in_idle_is_harmless(imap: BadImap, cellar: Cellar) -> None:
    async with watched(mailbox(imap), cellar):
        await reached(imap.idling)
        imap.tell_idlers("* OK still here\r\n* 1 RECENT\r\n* 1 FETCH (FLAGS (\\Seen))")
        imap.idling.clear()
        await reached(imap.idling)
        imap.arrives(letter(1))
        await cellar.has(1)
    assert imap.connections == 1


@pytest.mark.parametrize("how", [DROP, HANG, "BYE too busy", "NO later", "BAD what"])
@pytest.mark.parametrize("moment", ["GREETING", "LOGIN", "EXAMINE", "SEARCH", "SIZE", "BODY", "IDLE"])
async def test_whatever_breaks_it_connects_again(
    imap: BadImap, cellar: Cellar, moment: str, how: str
) -> None:
    imap.arrives(letter(1))
    imap.on[moment] = how
    imap.once.add(moment)
    quick = Limits(connect=0.2, command=0.1, message=0.1, poll=0.02)
    async with watched(mailbox(imap, limits=quick), cellar):
        await cellar.until(lambda: cellar.position.uid == 1)
        imap.arrives(letter(2))
        await cellar.until(lambda: cellar.position.uid == 2)
    assert cellar.raws == [letter(1), letter(2)]


@pytest.mark.parametrize("moment", ["SEARCH", "SIZE", "BODY", "EXAMINE"])
async def test_an_answer_that_says_nothing_is_not_taken_for_an_empty_folder(
    imap: BadImap, cellar: Cellar, moment: str
) -> None:
    imap.arrives(letter(1))
    imap.on[moment] = "OK done"
    imap.once.add(moment)
    limits = Limits(connect=5, command=5, idle=0.05)
    async with watched(mailbox(imap, limits=limits), cellar):
        await cellar.has(1)
    assert cellar.raws == [letter(1)]


async def test_a_connection_lost_while_idle_is_replaced(imap: BadImap, cellar: Cellar) -> None:
    async with watched(mailbox(imap, patience=Patience(first=0.01, steady=0)), cellar):
        for number in (1, 2):
            await reached(imap.idling)
            imap.idling.clear()
            imap.drop_idlers()
            imap.arrives(letter(number), quietly=True)
            await cellar.has(number)
    assert imap.connections >= 2


async def test_a_changed_uidvalidity_means_reading_from_the_start(imap: BadImap, cellar: Cellar) -> None:
    imap.arrives(letter(1), uid=7)
    box = mailbox(imap)
    await box.catch_up(cellar.deliver, cellar.keep)
    imap.validity, imap.messages = 2, {1: letter(1), 2: letter(2)}
    assert await box.catch_up(cellar.deliver, cellar.keep, cellar.position) == Position(2, 2)
    keys = [arrival.key for arrival in cellar.arrivals]
    assert keys[0] == keys[1] != keys[2], "the key tells that the first one is known"


async def test_a_folder_numbered_anew_without_a_word_is_read_from_the_start(
    imap: BadImap, cellar: Cellar
) -> None:
    imap.arrives(letter(1))
    position = await mailbox(imap).catch_up(cellar.deliver, cellar.keep, Position(1, 900))
    assert (position, cellar.raws) == (Position(1, 1), [letter(1)])


async def test_without_uidnext_nothing_is_missed_or_read_twice(imap: BadImap, cellar: Cellar) -> None:
    imap.tells_next_uid = False
    imap.arrives(letter(1))
    box = mailbox(imap)
    for _ in range(2):
        await box.catch_up(cellar.deliver, cellar.keep, cellar.position)
    assert cellar.raws == [letter(1)]


async def test_far_apart_numbers_are_searched_in_stretches(imap: BadImap, cellar: Cellar) -> None:
    for number in (3, 30_000, 90_000):
        imap.arrives(letter(number), uid=number)
    await mailbox(imap).catch_up(cellar.deliver, cellar.keep)
    assert cellar.raws == [letter(3), letter(30_000), letter(90_000)]


async def test_a_message_deleted_meanwhile_is_passed_over(imap: BadImap, cellar: Cellar) -> None:
    for number in (1, 2, 3):
        imap.arrives(letter(number))
    imap.before["SIZE 2"] = lambda: imap.messages.pop(2) and None
    imap.untagged["SIZE 2"] = "* 2 EXPUNGE"
    imap.before["BODY 3"] = lambda: imap.messages.pop(3) and None
    imap.untagged["BODY 3"] = "* 2 EXPUNGE\r\n* 1 FETCH (UID 1 FLAGS (\\Seen))"
    position = await mailbox(imap).catch_up(cellar.deliver, cellar.keep)
    assert (cellar.raws, position) == ([letter(1)], Position(1, 3))


async def test_of_a_large_message_only_the_beginning_is_read(
    imap: BadImap, cellar: Cellar, caplog: pytest.LogCaptureFixture
) -> None:
    large = letter(1) + b"x" * 5000
    imap.arrives(large)
    imap.arrives(letter(2))
    limits = Limits(largest=4000, beginning=1000)
    await mailbox(imap, limits=limits).catch_up(cellar.deliver, cellar.keep)
    assert cellar.raws == [large[:1000], letter(2)]
    assert not any("UID FETCH 1 (BODY.PEEK[])" in line for line in imap.lines)
    assert f"{len(large)} bytes" in caplog.text


async def test_a_size_that_was_not_told_is_bounded_all_the_same(imap: BadImap, cellar: Cellar) -> None:
    imap.tells_size = False
    large = letter(1) + b"x" * 5000
    imap.arrives(large)
    imap.arrives(letter(2))
    limits = Limits(largest=4000, beginning=1000, poll=0.02)
    async with watched(mailbox(imap, limits=limits), cellar):
        await cellar.has(2)
    assert cellar.raws == [large[:1000], letter(2)]


async def test_a_literal_that_never_ends_does_not_hide_the_next_message(
    imap: BadImap, cellar: Cellar
) -> None:
    imap.arrives(letter(1))
    imap.sizes[1] = 2000
    imap.arrives(letter(2))
    quick = Limits(connect=1, command=0.3, message=0.3, poll=0.02)
    async with watched(mailbox(imap, limits=quick), cellar):
        await cellar.has(2)
    assert cellar.raws == [letter(1), letter(2)], "its beginning could be read"


async def test_a_notice_stands_for_a_message_that_cannot_be_read(
    imap: BadImap, cellar: Cellar, caplog: pytest.LogCaptureFixture
) -> None:
    imap.arrives(letter(1))
    imap.arrives(letter(2))
    imap.on["BODY 1"] = "NO [SERVERBUG] cannot"
    async with watched(mailbox(imap), cellar):
        await cellar.has(2)
    notice, following = cellar.arrivals
    assert following.raw == letter(2)
    assert "UID 1 could not be read" in caplog.text
    read = inbound.read(notice.raw)
    assert (read.meaning.kind, read.sender, read.answers) == ("human", "", ()), "a person will look at it"
    assert "UID 1, UIDVALIDITY 1" in read.meaning.text


async def test_a_message_that_breaks_every_sweep_does_not_block_the_mailbox_for_ever(
    imap: BadImap, cellar: Cellar
) -> None:
    imap.arrives(letter(1))
    imap.arrives(letter(2))
    imap.on["BODY 1"] = DROP
    box = mailbox(imap)
    for _ in range(8):
        with pytest.raises(MailServerDown):
            await box.catch_up(cellar.deliver, cellar.keep, cellar.position)
    assert await box.catch_up(cellar.deliver, cellar.keep, cellar.position) == Position(1, 2)
    notice, following = cellar.arrivals
    assert b"UID 1, UIDVALIDITY 1" in notice.raw and following.raw == letter(2)


async def test_sweeps_that_cannot_connect_do_not_count_against_a_message(
    imap: BadImap, cellar: Cellar
) -> None:
    imap.arrives(letter(1))
    box = mailbox(imap)
    imap.on["EXAMINE"] = DROP
    for _ in range(10):
        with pytest.raises(MailServerDown):
            await box.catch_up(cellar.deliver, cellar.keep, cellar.position)
    imap.on.clear()
    await box.catch_up(cellar.deliver, cellar.keep, cellar.position)
    assert cellar.raws == [letter(1)]


async def test_what_could_not_be_stored_is_delivered_again(imap: BadImap, cellar: Cellar) -> None:
    cellar.fails = [DatabaseDown("PostgreSQL does not answer")] * 8
    imap.arrives(letter(1))
    box = mailbox(imap)
    async with watched(box, cellar):
        await eventually(lambda: box.trouble is not None)
        assert "could not be stored: PostgreSQL does not answer" in str(box.trouble)
        await eventually(lambda: box.trouble is None)
    assert cellar.raws == [letter(1)]


async def test_a_crash_between_storing_and_keeping_repeats_the_message(imap: BadImap, cellar: Cellar) -> None:
    imap.arrives(letter(1))

    async def crash(position: Position) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await mailbox(imap).catch_up(cellar.deliver, crash)
    await mailbox(imap).catch_up(cellar.deliver, cellar.keep, cellar.position)
    assert [arrival.key for arrival in cellar.arrivals] == [cellar.arrivals[0].key] * 2


async def test_a_sweep_passes_on_what_the_store_says(imap: BadImap, cellar: Cellar) -> None:
    imap.arrives(letter(1))
    cellar.fails = [DatabaseDown("PostgreSQL does not answer")]
    with pytest.raises(DatabaseDown):
        await mailbox(imap).catch_up(cellar.deliver, cellar.keep)


async def test_a_refused_login_says_so_without_the_password(imap: BadImap, cellar: Cellar) -> None:
    box = mailbox(imap, login={"password": "hunter2"})
    with pytest.raises(
        MailServerDown, match=r"login of inbox@beyond.example is refused.*no such user"
    ) as said:
        await box.catch_up(cellar.deliver, cellar.keep)
    assert "OUTREACH_MAILBOX_URL" in str(said.value)
    assert "hunter2" not in str(said.value)


@pytest.mark.parametrize("said", ["NO [UNAVAILABLE] later", "BYE restarting"])
async def test_a_server_that_is_away_at_the_login_is_no_refused_login(
    imap: BadImap, cellar: Cellar, said: str
) -> None:
    imap.arrives(letter(1))
    imap.on["LOGIN"] = said
    imap.once.add("LOGIN")
    async with watched(mailbox(imap, patience=Patience(first=0.01, most=600)), cellar):
        await cellar.has(1)


async def test_after_a_refused_login_it_waits_long(imap: BadImap, cellar: Cellar) -> None:
    box = mailbox(imap, login={"password": "hunter2"}, patience=Patience(first=0.01, most=600))
    async with watched(box, cellar):
        await eventually(lambda: box.trouble is not None)
        await asyncio.sleep(0.2)
    assert imap.connections == 1


async def test_a_missing_folder_is_named_with_those_that_exist(imap: BadImap, cellar: Cellar) -> None:
    with pytest.raises(MailServerDown, match=r"no folder 'Replies'.*Archive, INBOX"):
        await mailbox(imap, folder="Replies").catch_up(cellar.deliver, cellar.keep)


async def test_a_closed_port_says_so(cellar: Cellar) -> None:
    async with BadImap() as imap:
        box = mailbox(imap)
    with pytest.raises(MailServerDown, match="nothing listens there"):
        await box.catch_up(cellar.deliver, cellar.keep)


async def test_farewell_words_are_passed_on(imap: BadImap, cellar: Cellar) -> None:
    imap.on["EXAMINE"] = "BYE closed for maintenance"
    with pytest.raises(MailServerDown, match="closed for maintenance"):
        await mailbox(imap).catch_up(cellar.deliver, cellar.keep)


async def test_a_certificate_of_another_host_is_refused(certificate: Certificate, cellar: Cellar) -> None:
    async with BadImap(tls=certificate.server) as imap:
        strict = {"implicit_tls": True, "tls": ssl.create_default_context()}
        with pytest.raises(MailServerDown, match="certificate is not accepted"):
            await mailbox(imap, login=strict).catch_up(cellar.deliver, cellar.keep)


@pytest.mark.parametrize("implicit", [True, False])
async def test_mail_arrives_over_tls(certificate: Certificate, cellar: Cellar, implicit: bool) -> None:
    server = BadImap(tls=certificate.server) if implicit else BadImap(starttls=certificate.server)
    async with server as imap:
        imap.arrives(letter(1))
        async with watched(mailbox(imap, login={"implicit_tls": implicit}), cellar):
            await reached(imap.idling)
            imap.arrives(letter(2))
            await cellar.has(2)
    assert cellar.raws == [letter(1), letter(2)]


async def test_a_login_never_leaves_this_machine_in_the_clear(
    imap: BadImap, cellar: Cellar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Server, "on_this_machine", False)
    with pytest.raises(MailServerDown, match="no STARTTLS"):
        await mailbox(imap).catch_up(cellar.deliver, cellar.keep)
    assert not any("LOGIN" in line for line in imap.lines)


async def test_plain_authentication_is_used_where_it_is_offered(imap: BadImap, cellar: Cellar) -> None:
    imap.capabilities.append("AUTH=PLAIN")
    imap.arrives(letter(1))
    await mailbox(imap).catch_up(cellar.deliver, cellar.keep)
    assert cellar.raws == [letter(1)]


async def test_old_mail_is_left_out_by_its_day(imap: BadImap, cellar: Cellar) -> None:
    await mailbox(imap, since=date(2026, 3, 2)).catch_up(cellar.deliver, cellar.keep)
    assert any("SEARCH UID 1:* SINCE 02-Mar-2026" in line for line in imap.lines)


@pytest.mark.parametrize("moment", ["GREETING", "LOGIN", "SEARCH", "BODY", None])
async def test_cancelling_ends_at_once_and_closes_the_connection(
    imap: BadImap, cellar: Cellar, moment: str | None
) -> None:
    imap.arrives(letter(1))
    there = imap.idling
    if moment is not None:
        there = asyncio.Event()
        imap.on[moment] = HANG
        imap.before[moment] = there.set
    async with watched(mailbox(imap, limits=Limits(connect=0.5)), cellar):
        await reached(there)
    await reached(imap.closed)
    assert imap.open == 0


async def test_trouble_is_said_once_and_ends(
    imap: BadImap, cellar: Cellar, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "outreach.mailbox")
    imap.on["EXAMINE"] = "NO [UNAVAILABLE] later"
    box = mailbox(imap)
    async with watched(box, cellar):
        await eventually(lambda: imap.connections >= 4)
        assert "later" in str(box.trouble)
        imap.on.clear()
        await reached(imap.idling)
        assert box.trouble is None
    assert caplog.text.count("later") == 1
    assert "read again" in caplog.text

"""What was just kept is processed at once; what cannot be is looked at again, then left to the sweep."""

from __future__ import annotations

import asyncio

import pytest

from db.pool import Pool, transaction
from db.sql import queries
from desk import inbox, sorting
from desk.inbox import PostRoom
from desk.office import Office
from desk.sorting import Limits, Sorting
from domain import errors
from domain.inbound import Arrival
from domain.rules import Rules
from tests.acceptance.programs import looks
from tests.cast import NOW
from tests.fill import fill
from tests.mail.hook_services import RAW
from tests.scenes import HOUR, book, send


class Service:
    """A mail service that gives out its messages only after a while, or never."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals
        self.asked = 0
        self.gave = asyncio.Event()

    async def fetch(self, email_id: str) -> bytes:
        self.asked += 1
        if self.asked <= self.refusals:
            raise errors.Unavailable("not now")
        self.gave.set()
        return RAW.replace(b"<tom-1@", f"<{email_id}@".encode())


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "PAUSES", (0.01, 0.01, 0.01))


async def kept(pool: Pool, service: Service, count: int = 1) -> tuple[PostRoom, list[int]]:
    room = PostRoom(Office(pool, Rules()), {"resend": service.fetch})
    arrivals = [Arrival(key=f"k{number}", raw=b"", fetch=f"id-{number}") for number in range(count)]
    return room, await inbox.keep(room, arrivals, "resend", NOW)


async def statuses(pool: Pool) -> set[str]:
    return {row["status"] for row in await pool.fetch("select status from inbox")}


async def test_what_was_taken_is_finished_before_the_end(pool: Pool) -> None:
    room, ids = await kept(pool, Service(0), 30)
    async with Sorting(lambda: room, lambda: NOW).at_work() as work:
        work.take(ids)
    assert await statuses(pool) == {"unmatched"}


async def test_what_cannot_be_settled_yet_is_looked_at_again_in_a_moment(pool: Pool) -> None:
    service = Service(2)
    room, ids = await kept(pool, service)
    async with Sorting(lambda: room, lambda: NOW).at_work() as work:
        work.take(ids)
        await asyncio.wait_for(service.gave.wait(), 10)
    assert await statuses(pool) == {"unmatched"}


async def test_what_cannot_be_settled_at_all_is_left_to_the_sweep(pool: Pool) -> None:
    service = Service(1000)
    room, ids = await kept(pool, service)
    async with Sorting(lambda: room, lambda: NOW).at_work() as work:
        work.take(ids)
        async for _ in looks(within=10):
            if service.asked > len(sorting.PAUSES):
                break
    assert service.asked == len(sorting.PAUSES) + 1
    assert await statuses(pool) == {"stored"}


async def test_what_fails_unexpectedly_stops_nothing_else(
    pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    room, ids = await kept(pool, Service(0), 3)
    async with Sorting(lambda: room, lambda: NOW, Limits(at_once=1)).at_work() as work:
        work.take([10**12, *ids])
    assert "could not be processed" in caplog.text
    assert await statuses(pool) == {"unmatched"}


async def test_whoever_starts_takes_up_what_was_left(pool: Pool) -> None:
    room, _ = await kept(pool, Service(0), 3)
    async with Sorting(lambda: room, lambda: NOW).at_work() as work:
        await work.take_up()
    assert await statuses(pool) == {"unmatched"}


async def test_more_than_may_wait_is_left_to_the_sweep_and_said(
    pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    room, ids = await kept(pool, Service(0), 5)
    async with Sorting(lambda: room, lambda: NOW, Limits(waiting=3)).at_work() as work:
        work.take(ids)
    assert caplog.text.count("waits for the sweep") == 2
    assert await pool.fetchval("select count(*) from inbox where status = 'stored'") == 2


async def answers(pool: Pool, cycles: list[str]) -> list[int]:
    """Has a first letter of each cycle go out, and an answer to each kept."""
    said = b"From: tom@acme.example\r\nMessage-ID: <a%d@acme.example>\r\nIn-Reply-To: <%b>\r\n\r\nYes.\r\n"
    arrivals = []
    for number, cycle in enumerate(cycles):
        await send(pool, cycle)
        raw = said % (number, f"{cycle}.initial@beyond.example".encode())
        arrivals.append(Arrival(key=f"a{number}", raw=raw))
    return await inbox.keep(PostRoom(Office(pool, Rules())), arrivals, "test", NOW + HOUR)


async def stopped(pool: Pool, count: int) -> bool:
    """Waits until so many threads have been stopped by an answer."""
    async for _ in looks(within=10):
        if await pool.fetchval("select count(*) from outreach_cycle where outcome = 'responded'") == count:
            return True
    return False


async def test_an_answer_stops_its_thread_while_what_follows_for_others_waits_for_a_planning(
    pool: Pool,
) -> None:
    await fill(pool)
    cycles = await book(pool)
    room, ids = PostRoom(Office(pool, Rules())), await answers(pool, cycles)
    limits = Limits(at_once=1, following=1)
    sorting_them = Sorting(lambda: room, lambda: NOW + HOUR, limits)
    async with sorting_them.at_work() as work, transaction(pool) as planning:
        await queries("planning").lock_bookings.run(planning)
        work.take(ids)
        assert await stopped(pool, len(cycles)) and len(cycles) > 2


async def test_what_an_ended_process_had_not_followed_up_is_followed_up_by_the_sweep(pool: Pool) -> None:
    await fill(pool)
    cycles = await book(pool)
    port, fleet = (next(one for one in cycles if role in one) for role in ("r-port", "r-fleet"))
    room = PostRoom(Office(pool, Rules()))
    await send(pool, fleet)
    (item_id,) = await answers(pool, [port])
    assert await inbox.settle(room, item_id, NOW + HOUR) is not None
    status = "select status from outreach_cycle where id = $1"
    assert await pool.fetchval(status, fleet) == "active"
    await inbox.sweep(room, NOW + 2 * HOUR)
    assert await pool.fetchval(status, fleet) == "held"

"""Everything is held at once; whoever asks from afar is answered in time (SPEC section 6)."""

from __future__ import annotations

import asyncio

import pytest_asyncio

from db import pending, sending
from db.pool import Pool, transaction
from desk import steering
from desk.office import Office
from domain.letters import Accepted
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import RULES, book, claim

SOON = 0.01


@pytest_asyncio.fixture
async def office(pool: Pool) -> Office:
    """A desk whose first letter is being handed over at this moment."""
    await fill(pool)
    (first, *_) = await book(pool)
    assert isinstance(await claim(pool, first), sending.Claimed)
    return Office(pool, RULES)


async def test_in_time_it_gives_up_waiting_for_a_server_and_says_that_one_may_still_go(
    office: Office,
) -> None:
    async with asyncio.timeout(5):
        done = await steering.hold_all(office, NOW, look=SOON, within=0.1)
    assert "may still go out" in done.words
    async with transaction(office.pool) as conn:
        assert await pending.hold_all(conn), "it is held all the same"


async def test_it_waits_for_a_server_no_longer_than_it_takes(office: Office) -> None:
    holding = asyncio.create_task(steering.hold_all(office, NOW, look=SOON, within=30))
    done, _ = await asyncio.wait([holding], timeout=0.2)
    assert not done
    async with transaction(office.pool) as conn:
        log_id = await conn.fetchval("select id from outreach_log")
        await sending.record(conn, log_id, Accepted({}), RULES, NOW)
    assert (await holding).words == "Everything is held: nothing goes out until `release-all`."


async def test_an_attempt_whose_worker_died_is_not_waited_for(office: Office) -> None:
    later = NOW + sending.IN_FLIGHT
    done = await steering.hold_all(office, later, look=SOON, within=0)
    assert "may still go out" not in done.words

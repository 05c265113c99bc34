"""A mark by hand takes the whole path, however often it is made and wherever it was cut off (R7)."""

from __future__ import annotations

import pytest_asyncio

from db import cycles
from db import steering as rows
from db.pool import Pool, transaction
from desk import steering
from desk.office import Office
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import DAY, HOUR, RULES, book, send


@pytest_asyncio.fixture
async def office(pool: Pool) -> Office:
    """A desk on the named cast, without Temporal."""
    await fill(pool)
    return Office(pool, RULES)


async def _two_threads(office: Office) -> tuple[str, str]:
    """Two threads of one company that have begun."""
    ids = await book(office.pool)
    port, fleet = (next(one for one in ids if role in one) for role in ("r-port", "r-fleet"))
    for cycle in (port, fleet):
        await send(office.pool, cycle)
    return port, fleet


async def _mark_alone(office: Office, cycle: str) -> None:
    """Leaves what a process leaves that ends between the mark and the rest."""
    async with transaction(office.pool) as conn:
        assert await cycles.respond(conn, await cycles.lock(conn, cycle), None, NOW + HOUR)


async def _status(office: Office, cycle: str) -> str:
    found: str = await office.pool.fetchval("select status from outreach_cycle where id = $1", cycle)
    return found


async def _unrested(office: Office, hours: int = 2) -> list[str]:
    async with transaction(office.pool) as conn:
        return await rows.unrested(conn, NOW + hours * HOUR)


async def test_a_second_mark_does_what_the_first_was_cut_off_from(office: Office) -> None:
    port, fleet = await _two_threads(office)
    await _mark_alone(office, port)
    assert await _status(office, fleet) == "active"
    done = await steering.reply(office, port, NOW + 2 * HOUR)
    assert await _status(office, fleet) == "held"
    assert done.changed and done.cycle_ids == (port, fleet)
    assert "marked as answered already" in done.words and "1 other cycle" in done.words


async def test_a_second_mark_does_not_hold_again_what_a_person_has_released(office: Office) -> None:
    port, fleet = await _two_threads(office)
    await steering.reply(office, port, NOW + HOUR)
    await steering.resume(office, fleet, NOW + 2 * HOUR)
    done = await steering.reply(office, port, NOW + 3 * HOUR)
    assert not done.changed and done.cycle_ids == (port,)
    assert await _status(office, fleet) == "active"


async def test_a_rest_that_was_cut_off_is_found_for_a_week(office: Office) -> None:
    port, fleet = await _two_threads(office)
    assert await _unrested(office) == []
    await _mark_alone(office, port)
    assert await _unrested(office) == [port]
    assert await _unrested(office, hours=24 * 7 + 2) == []
    async with transaction(office.pool) as conn:
        assert await rows.rest_others(conn, port, NOW + HOUR) == [fleet]
    assert await _unrested(office) == []


async def test_a_rest_that_is_too_short_is_found_too(office: Office) -> None:
    port, fleet = await _two_threads(office)
    async with transaction(office.pool) as conn:
        row = await cycles.lock(conn, fleet)
        await cycles.rest(conn, row, "away", NOW + 3 * DAY, NOW)
    await _mark_alone(office, port)
    assert await _unrested(office) == [port]


async def test_what_a_person_holds_or_has_released_since_is_no_rest_cut_off(office: Office) -> None:
    port, fleet = await _two_threads(office)
    await _mark_alone(office, port)
    await steering.pause(office, fleet, NOW + HOUR)
    assert await _unrested(office) == []
    await steering.resume(office, fleet, NOW + 2 * HOUR)
    assert await _status(office, fleet) == "active"
    assert await _unrested(office) == []


async def test_an_answer_that_was_taken_back_has_nothing_rest(office: Office) -> None:
    port, fleet = await _two_threads(office)
    await _mark_alone(office, port)
    await office.pool.execute("update outreach_cycle set responded_at = null where id = $1", port)
    assert await _unrested(office) == []
    async with transaction(office.pool) as conn:
        assert await rows.rest_others(conn, port, NOW + 2 * HOUR) == []
    assert await _status(office, fleet) == "active"

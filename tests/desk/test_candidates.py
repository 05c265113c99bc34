"""Candidates are listed with their momentum, and one of them is told in full."""

from __future__ import annotations

from datetime import timedelta

import pytest
import pytest_asyncio

from db.pool import Pool
from desk import candidates, steering
from desk.office import Office
from domain import errors
from domain.candidates import CandidateLine, Filters
from tests import large
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import HOUR, RULES, book, do, send

DAY = timedelta(days=1)


@pytest_asyncio.fixture
async def office(pool: Pool) -> Office:
    """A desk on the named cast, one run booked."""
    await fill(pool)
    await book(pool)
    return Office(pool, RULES)


async def _all(office: Office, most: int = 200, filters: Filters | None = None) -> list[CandidateLine]:
    found: list[CandidateLine] = []
    cursor = None
    while True:
        page = await candidates.candidates(office, NOW, filters, cursor, most)
        found += page.candidates
        if (cursor := page.next) is None:
            return found


async def test_urgent_ones_come_first_then_by_start_and_who_is_gone_last(office: Office) -> None:
    found = await _all(office, most=3)
    assert [one.id for one in found] == ["emil", "dara", "bela", "ada", "chidi", "hana", "farah", "goran"]
    assert [one.urgent for one in found] == [True, True, *[False] * 6]
    assert [one.days_to_start for one in found] == [40, 100, 130, 150, 150, 150, -1, 150]


async def test_each_is_narrowed_by_what_a_person_asks(office: Office) -> None:
    async def ids(**asked: object) -> set[str]:
        return {one.id for one in await _all(office, 2, Filters.model_validate(asked))}

    assert await ids(urgent=True) == {"emil", "dara"}
    assert await ids(status="placed") == {"goran"}
    live = {one.id for one in await _all(office) if one.live_pitches}
    assert await ids(live=True) == live != set()
    assert await ids(live=False) == {one.id for one in await _all(office)} - live
    assert await ids(q="佐藤") == {"hana"}
    assert await ids(q="ADA BY") == {"ada"}
    for nothing in ("%", "_", "'", '"', "\\", "a%a"):
        assert await ids(q=nothing) == set()


async def test_momentum_counts_what_is_live_what_was_and_what_is_left(office: Office) -> None:
    (ada,) = await _all(office, filters=Filters(q="ada"))
    assert (ada.live_pitches, ada.cycles, ada.generation, ada.last_touched_at) == (2, 2, 1, None)
    assert ada.roles_left == 1
    cycle = await office.pool.fetchval("select id from outreach_cycle where role_id = 'r-data'")
    await send(office.pool, cycle)
    (ada,) = await _all(office, filters=Filters(q="ada"))
    assert ada.last_touched_at == NOW


async def test_one_candidate_is_told_in_full(office: Office) -> None:
    cycle = await office.pool.fetchval("select id from outreach_cycle where role_id = 'r-data'")
    await send(office.pool, cycle)
    await steering.reply(office, cycle, NOW + HOUR)
    ada = await candidates.candidate(office, NOW + DAY, "ada")
    pitch = next(one for one in ada.pitches if one.role_id == "r-data")
    assert (pitch.cycle_id, pitch.title, pitch.company) == (cycle, "Data Analyst", "Acme Robotics")
    assert (pitch.status, pitch.outcome, pitch.live, pitch.responded_at) == (
        "responded",
        "responded",
        True,
        NOW + HOUR,
    )
    assert ada.skills == ("Python", "SQL")
    assert "r-data" not in {one.role_id for one in ada.next_roles}
    gone = await candidates.candidate(office, NOW, "farah")
    assert gone.next_roles == () and not gone.urgent


async def test_pages_of_many_hold_everybody_once(pool: Pool) -> None:
    async with pool.acquire() as conn:
        await large.fill(conn, size=large.SMALL)
    office = Office(pool, RULES)
    found = await _all(office, most=7)
    assert len({one.id for one in found}) == len(found) == 90
    first = await candidates.candidates(office, NOW, None, None, 5)
    await do(pool, "delete from match")
    await do(
        pool, "insert into candidate (id, first_name, start_date) values ('p-new', 'New', $1)", NOW.date()
    )
    rest = await candidates.candidates(office, NOW, None, first.next, 200)
    assert [one.id for one in (*first.candidates, *rest.candidates)] == [one.id for one in found]


async def test_an_unknown_candidate_and_a_wrong_cursor_are_named(office: Office) -> None:
    with pytest.raises(errors.NotFound, match="no candidate 'nobody'"):
        await candidates.candidate(office, NOW, "nobody")
    with pytest.raises(errors.Refused, match="no cursor"):
        await candidates.candidates(office, NOW, None, "x")

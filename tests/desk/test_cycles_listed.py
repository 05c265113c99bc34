"""Cycles are listed page by page, narrowed and searched; nothing is lost or told twice."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio

from db.pool import Pool
from desk import cycles, today
from desk.office import Office
from domain import errors
from domain.cycles import CycleLine, Filters
from tests import large
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import HOUR, RULES, book, do, send


@pytest_asyncio.fixture
async def office(pool: Pool) -> Office:
    """A desk on a small world of two hundred cycles."""
    async with pool.acquire() as conn:
        await large.fill(conn, size=large.SMALL)
    return Office(pool, RULES)


@pytest_asyncio.fixture
async def cast(pool: Pool) -> Office:
    """A desk on the named cast, one run booked."""
    await fill(pool)
    await book(pool)
    return Office(pool, RULES)


async def _all(office: Office, most: int = 200, **asked: Any) -> list[CycleLine]:
    found: list[CycleLine] = []
    cursor = None
    while True:
        page = await cycles.cycles(office, NOW, Filters(**asked), cursor, most)
        found += page.cycles
        if (cursor := page.next) is None:
            return found


async def test_pages_hold_every_cycle_once_the_newest_first(office: Office) -> None:
    found = await _all(office, most=7)
    assert len(found) == len({one.id for one in found}) == 230
    assert [one.created_at for one in found] == sorted((one.created_at for one in found), reverse=True)


async def test_a_held_cycle_is_listed_with_when_it_goes_on_and_what_comes_then(cast: Office) -> None:
    one = (await _all(cast, status="active"))[0]
    until = NOW + 5 * HOUR
    await do(
        cast.pool,
        "update outreach_cycle set status = 'held', held_reason = 'away', held_until = $2 where id = $1",
        one.id,
        until,
    )
    (held,) = await _all(cast, status="held")
    assert (held.coming, held.at, held.kind) == ("initial", until, "held")


async def test_a_page_loses_and_repeats_nothing_while_cycles_are_added(cast: Office) -> None:
    before = [one.id for one in await _all(cast)]
    first = await cycles.cycles(cast, NOW, None, None, 2)
    await do(
        cast.pool, "update outreach_cycle set status = 'closed', outcome = 'stopped', closed_at = $1", NOW
    )
    await do(
        cast.pool,
        "insert into outreach_cycle (id, role_id, company_id, run_id, generation, urgent, status, created_at)"
        " select 'new', role_id, company_id, run_id, 1, false, 'active', created_at"
        " from outreach_cycle limit 1",
    )
    rest = await cycles.cycles(cast, NOW, None, first.next, 200)
    assert [one.id for one in (*first.cycles, *rest.cycles)] == before
    assert (await cycles.cycles(cast, NOW, None, None, 1)).cycles[0].id == "new"


FILTERS: dict[str, Any] = {
    "status": "held",
    "outcome": "responded",
    "stage": "follow_up_2",
    "urgent": True,
    "company_id": "c0001",
    "role_id": "r00007",
    "held_reason": "away",
    "run_id": None,
}


@pytest.mark.parametrize("name", FILTERS)
async def test_a_filter_keeps_what_it_names_and_all_of_it(office: Office, name: str) -> None:
    everything = await _all(office)
    wanted = FILTERS[name] or next(one.run_id for one in everything if one.run_id)
    expected = [one.id for one in everything if getattr(one, name) == wanted]
    assert [one.id for one in await _all(office, most=3, **{name: wanted})] == expected
    assert expected


async def test_answered_cycles_are_listed_until_each_of_their_candidates_has_an_outcome(cast: Office) -> None:
    one, *_ = await _all(cast, status="active")
    await do(
        cast.pool,
        "update candidate_outreach_history set status = 'responded', responded_at = $2 where cycle_id = $1",
        one.id,
        NOW,
    )
    assert [each.id for each in await _all(cast, unsettled=True)] == [one.id]
    assert (await today.today(cast, NOW)).key.unsettled == 1
    await do(cast.pool, "update candidate_outreach_history set status = 'placed' where cycle_id = $1", one.id)
    assert await _all(cast, unsettled=True) == []
    assert (await today.today(cast, NOW)).key.unsettled == 0


async def test_candidate_specialist_and_openness_narrow_too(office: Office) -> None:
    everything = await _all(office)
    someone = everything[0].candidates[1].id
    expected = [one.id for one in everything if someone in {each.id for each in one.candidates}]
    assert [one.id for one in await _all(office, candidate_id=someone)] == expected
    signs = everything[0].specialist_id
    assert signs and {one.specialist_id for one in await _all(office, specialist_id=signs)} == {signs}
    assert {one.status for one in await _all(office, open=True)} == {"waiting", "active", "held"}
    assert {one.status for one in await _all(office, open=False)} == {"closed"}


@pytest.mark.parametrize(
    ("q", "roles"),
    [
        ("data analyst at acme", {"r-data"}),
        ("ACME robotics", {"r-data", "r-web"}),
        ("harbour & s", {"r-port", "r-fleet"}),
        ("佐藤", {"r-care", "r-fleet", "r-web"}),
        ("emil holm", {"r-fleet", "r-port"}),
        ("cedar-clinic-care", {"r-care"}),
        ("100%", set()),
        ("a_a", set()),
        ("'; drop table role; --", set()),
        ('"', set()),
        ("\\", set()),
        ("\0", {"r-data", "r-web", "r-port", "r-fleet", "r-care"}),
    ],
)
async def test_a_search_means_what_stands_in_it(cast: Office, q: str, roles: set[str]) -> None:
    found = await _all(cast, q=q)
    booked = {one.role_id for one in await _all(cast)}
    assert {one.role_id for one in found} <= roles & booked
    if roles & booked:
        assert found


async def test_many_of_a_name_are_found_like_few(cast: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    few = await _all(cast, q="emil holm")
    monkeypatch.setattr("db.cycle_lines.FEW", 0)
    assert await _all(cast, q="emil holm") == few != []


async def test_a_line_says_who_is_in_it_and_what_it_waits_for(cast: Office) -> None:
    (line,) = await _all(cast, role_id="r-data")
    await send(cast.pool, line.id)
    (line,) = await _all(cast, role_id="r-data")
    assert [one.name for one in line.candidates] == ["Ada Byron", "Bela Nagy", "Chidi Eze"]
    assert (line.kind, line.waits, line.specialist_id) == ("due", "unless a partner replies first", "s-james")
    await do(
        cast.pool, "update outreach_cycle set status = 'held', held_reason = 'away' where id = $1", line.id
    )
    (line,) = await _all(cast, held_reason="away")
    assert line.kind == "held" and "a partner is away" in line.waits
    await do(
        cast.pool,
        "update outreach_cycle set status = 'closed', outcome = 'no_response', closed_at = $1,"
        " held_reason = null",
        NOW + HOUR,
    )
    (line,) = await _all(cast, role_id="r-data")
    assert line.kind == "moving_on" and "next roles" in line.waits
    await do(cast.pool, "update outreach_cycle set moved_on_at = $1", NOW + HOUR)
    (line,) = await _all(cast, role_id="r-data")
    assert (line.kind, line.waits) == (None, "nobody replied")


@pytest.mark.parametrize("noun", ["company", "role", "candidate", "specialist", "run"])
async def test_an_unknown_id_is_named(cast: Office, noun: str) -> None:
    with pytest.raises(errors.NotFound, match=f"no {noun} 'nobody'"):
        await cycles.cycles(cast, NOW, Filters(**{f"{noun}_id": "no\0body"}))


async def test_a_wrong_cursor_is_refused_with_words(cast: Office) -> None:
    with pytest.raises(errors.Refused, match="no cursor of this list"):
        await cycles.cycles(cast, NOW, None, "nonsense")

"""Companies are listed with what went out and what came back, and one of them is told in full."""

from __future__ import annotations

import pytest
import pytest_asyncio

from db.pool import Pool
from desk import companies, steering
from desk.office import Office
from domain import errors
from domain.companies import CompanyLine, Filters
from tests import large
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import HOUR, RULES, book, do, send


@pytest_asyncio.fixture
async def office(pool: Pool) -> Office:
    """A desk on the named cast, one run booked."""
    await fill(pool)
    await book(pool)
    return Office(pool, RULES)


async def _all(office: Office, most: int = 200, **asked: object) -> list[CompanyLine]:
    found: list[CompanyLine] = []
    cursor = None
    while True:
        page = await companies.companies(office, NOW, Filters.model_validate(asked), cursor, most)
        found += page.companies
        if (cursor := page.next) is None:
            return found


async def test_companies_are_listed_by_name_with_touches_and_slots(office: Office) -> None:
    cycle = await office.pool.fetchval("select id from outreach_cycle where role_id = 'r-data'")
    await send(office.pool, cycle)
    await steering.reply(office, cycle, NOW + HOUR)
    acme, blue, cedar = await _all(office, most=1)
    assert [one.name for one in (acme, blue, cedar)] == [
        "Acme Robotics",
        "Blue Harbour & Sons",
        "Cedar Clinic",
    ]
    assert (acme.first_emails, acme.follow_ups, acme.replies, acme.last_touch_at) == (1, 0, 1, NOW)
    assert (acme.slots_used, acme.weekly_limit, acme.open_cycles, acme.open_roles) == (1, 1, 0, 2)
    assert (blue.slots_used, blue.weekly_limit, blue.open_cycles) == (2, 3, 2)
    assert (acme.specialist, cedar.specialist) == ("James O'Neill", "Sofia Marsh")


async def test_companies_are_narrowed_and_searched(office: Office) -> None:
    async def ids(**asked: object) -> list[str]:
        return [one.id for one in await _all(office, **asked)]

    await do(office.pool, "update company set suppressed = true where id = 'cedar'")
    await do(
        office.pool, "update outreach_cycle set status='closed', outcome='stopped', closed_at=created_at"
    )
    assert await ids(suppressed=True) == ["cedar"]
    assert await ids(suppressed=False) == ["acme", "blue"]
    assert await ids(open=True) == []
    assert await ids(open=False) == ["acme", "blue", "cedar"]
    assert await ids(q="HARBOUR & s") == ["blue"]
    assert await ids(q="health") == ["cedar"]
    for nothing in ("%", "_", "'", '"', "\\"):
        assert await ids(q=nothing) == []


async def test_one_company_is_told_in_full(office: Office) -> None:
    cycle = await office.pool.fetchval("select id from outreach_cycle where role_id = 'r-data'")
    await do(office.pool, "insert into suppressed_address values ('li@acme.example', 'unsubscribe', $1)", NOW)
    found = await companies.company(office, NOW, "acme")
    standing = {one.id: (one.suppressed, one.written_to) for one in found.contacts}
    assert standing == {
        "k-tom": (None, True),
        "k-li": ("unsubscribe", False),
        "k-olga": (None, False),
        "k-billing": (None, False),
    }
    assert {one.id: (one.open_cycle_id, one.passed_over) for one in found.roles} == {
        "r-data": (cycle, "open_cycle"),
        "r-web": (None, None),
    }
    assert [(one.week_start, one.used) for one in found.weeks] == [(NOW.date(), 1)]
    assert [one.id for one in found.cycles] == [cycle]
    assert (found.suppressed_why, found.specialist_email, found.queue) == (None, "james@beyond.example", ())


async def test_who_waits_stands_in_the_order_of_a_run(office: Office) -> None:
    until = (
        "update outreach_cycle set status='waiting', slot_week=null, wait_until=$1 where company_id='blue'"
    )
    await do(office.pool, until, NOW + 72 * HOUR)
    found = await companies.company(office, NOW, "blue")
    assert (found.waiting, [one.role_id for one in found.queue]) == (2, ["r-port", "r-fleet"])


async def test_pages_of_many_hold_each_once_while_others_come(pool: Pool) -> None:
    async with pool.acquire() as conn:
        await large.fill(conn, size=large.SMALL)
    office = Office(pool, RULES)
    found = await _all(office, most=7)
    assert len({one.id for one in found}) == len(found) == 40
    first = await companies.companies(office, NOW, None, None, 20)
    await do(pool, "insert into company (id, name) values ('new', '000 First')")
    rest = await companies.companies(office, NOW, None, first.next, 200)
    assert [one.id for one in (*first.companies, *rest.companies)] == [one.id for one in found]


async def test_an_unknown_company_and_a_wrong_cursor_are_named(office: Office) -> None:
    with pytest.raises(errors.NotFound, match="no company 'nobody'"):
        await companies.company(office, NOW, "nobody")
    with pytest.raises(errors.Refused, match="no cursor"):
        await companies.companies(office, NOW, None, "x")

"""Nobody at a company is written to by a person's word; it can be taken back, and stays on record."""

from __future__ import annotations

import pytest
import pytest_asyncio

from db import planning
from db.pool import Pool
from desk import company_suppressions, steering
from desk.office import Office
from domain import errors
from domain.cadence import Next
from tests.cast import NOW
from tests.db import invariants
from tests.fill import fill
from tests.scenes import HOUR, RULES, book, claim, do, send


@pytest_asyncio.fixture
async def office(pool: Pool) -> Office:
    """A desk on the named cast, one run booked."""
    await fill(pool)
    await book(pool)
    return Office(pool, RULES)


async def _cycle(office: Office, role: str) -> str:
    found: str = await office.pool.fetchval("select id from outreach_cycle where role_id = $1", role)
    return found


async def _standing(office: Office, cycle: str) -> tuple[str, str | None]:
    row = await office.pool.fetchrow("select status, outcome from outreach_cycle where id = $1", cycle)
    return row["status"], row["outcome"]


async def test_a_thread_that_has_begun_ends_at_once_and_one_that_has_not_when_it_is_due(
    office: Office,
) -> None:
    port, fleet = await _cycle(office, "r-port"), await _cycle(office, "r-fleet")
    await send(office.pool, port)
    done = await company_suppressions.suppress(office, "blue", "asked us to", NOW + HOUR)
    assert set(done.cycle_ids) == set(done.untold) == {port, fleet}
    assert "Nobody at Blue Harbour & Sons" in done.words and "2 open cycles" in done.words
    assert await _standing(office, port) == ("closed", "undeliverable")
    ended = await claim(office.pool, fleet, now=NOW + HOUR)
    assert isinstance(ended, Next) and (ended.do, ended.outcome) == ("end", "undeliverable")
    await invariants.check(office.pool)


async def test_a_held_thread_finds_nobody_once_it_is_released(office: Office) -> None:
    port = await _cycle(office, "r-port")
    await send(office.pool, port)
    await steering.pause(office, port, NOW)
    await company_suppressions.suppress(office, "blue", "", NOW + HOUR)
    assert await _standing(office, port) == ("held", None)
    await steering.resume(office, port, NOW + HOUR)
    ended = await claim(office.pool, port, "follow_up_1", now=NOW + 48 * HOUR)
    assert isinstance(ended, Next) and ended.outcome == "undeliverable"
    await invariants.check(office.pool)


async def test_a_waiting_cycle_of_it_asks_for_no_slot_until_that_is_taken_back(office: Office) -> None:
    care = await _cycle(office, "r-care")
    waits = "update outreach_cycle set status='waiting', slot_week=null, wait_until=$2 where id=$1"
    await do(office.pool, waits, care, NOW + 300 * HOUR)
    await company_suppressions.suppress(office, "cedar", "", NOW)

    async def reason() -> str | None:
        async with office.pool.acquire() as conn:
            plan = await planning.plan(conn, RULES, NOW.date(), roles=["r-care"])
        return plan.passed_over[0].reason if plan.passed_over else None

    assert await reason() == "company_suppressed"
    lifted = await company_suppressions.unsuppress(office, "cedar", NOW + HOUR)
    assert lifted.changed and "may be written to again" in lifted.words
    assert await reason() in (None, "weekly_limit")
    assert await _standing(office, care) == ("waiting", None)


async def test_it_stands_in_the_events_and_can_be_repeated_and_learnt_anew(office: Office) -> None:
    care = await _cycle(office, "r-care")
    await steering.pause(office, care, NOW)
    for wanted in (True, False):
        assert (await company_suppressions.suppress(office, "cedar", "left", NOW)).changed == wanted
    for wanted in (True, False):
        assert (await company_suppressions.unsuppress(office, "cedar", NOW + HOUR)).changed == wanted
    assert (await company_suppressions.suppress(office, "cedar", "again", NOW + HOUR)).changed
    row = await office.pool.fetchrow("select reason, lifted_at from suppressed_company")
    assert tuple(row) == ("again", None)
    kinds = await office.pool.fetch("select kind from cycle_event where cycle_id = $1 order by id", care)
    assert [one["kind"] for one in kinds][-3:] == [
        "company_suppressed",
        "company_unsuppressed",
        "company_suppressed",
    ]


async def test_what_the_crm_says_is_not_taken_back_here(office: Office) -> None:
    await do(office.pool, "update company set suppressed = true where id = 'cedar'")
    again = await company_suppressions.suppress(office, "cedar", "", NOW)
    assert not again.changed and "already by the CRM" in again.words
    with pytest.raises(errors.Refused, match="CRM"):
        await company_suppressions.unsuppress(office, "cedar", NOW)


async def test_an_unknown_company_is_named(office: Office) -> None:
    for ask in (
        company_suppressions.suppress(office, "nobody", "", NOW),
        company_suppressions.unsuppress(office, "nobody", NOW),
    ):
        with pytest.raises(errors.NotFound, match="no company 'nobody'"):
            await ask

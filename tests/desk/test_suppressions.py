"""A person suppresses an address or takes that back, and hears whom it concerns (R1, R11)."""

from __future__ import annotations

import pytest
import pytest_asyncio

from db import steering as rows
from db.pool import Pool, transaction
from desk import steering, suppressions
from desk.office import Office
from domain import errors
from tests.cast import NOW
from tests.db import invariants
from tests.fill import fill
from tests.scenes import HOUR, RULES, book, send

LI, TOM = "li@acme.example", "tom@acme.example"


@pytest_asyncio.fixture
async def office(pool: Pool) -> Office:
    """A desk on the named cast, without Temporal."""
    await fill(pool)
    return Office(pool, RULES)


async def _thread(office: Office, role: str = "r-data") -> str:
    cycle = next(one for one in await book(office.pool) if role in one)
    await send(office.pool, cycle)
    return cycle


async def _written_to(office: Office) -> set[str]:
    rows = await office.pool.fetch("select lower(email) as email from partner_contact")
    return {row["email"] for row in rows}


async def test_a_suppressed_address_is_not_written_to_and_its_owner_is_named(office: Office) -> None:
    done = await suppressions.suppress(office, " Li@Acme.example ", "left the company", NOW)
    assert done.address == LI and "Li Wei at Acme Robotics" in done.words
    assert (done.contact_ids, done.company_ids) == (("k-li",), ("acme",))
    assert LI not in await _written_to(office)
    again = await suppressions.suppress(office, LI, "", NOW + HOUR)
    assert not again.changed and "left the company" in again.words


async def test_a_thread_with_nobody_else_to_write_to_ends(office: Office) -> None:
    cycle = await _thread(office)
    assert (await suppressions.suppress(office, LI, "", NOW + HOUR)).cycle_ids == ()
    done = await suppressions.suppress(office, TOM, "", NOW + HOUR)
    assert (done.cycle_ids, done.untold) == ((cycle,), (cycle,))
    outcome = await office.pool.fetchval("select outcome from outreach_cycle where id = $1", cycle)
    assert outcome == "undeliverable"
    await invariants.check(office.pool)


async def test_what_was_taken_back_stays_on_record_and_can_be_learnt_anew(office: Office) -> None:
    await suppressions.suppress(office, LI, "unsubscribe", NOW)
    lifted = await suppressions.unsuppress(office, LI.upper(), NOW + HOUR)
    assert lifted.changed and "asked for no more" in lifted.words
    assert LI in await _written_to(office)
    row = await office.pool.fetchrow("select * from suppressed_address where address = $1", LI)
    assert (row["reason"], row["lifted_at"]) == ("unsubscribe", NOW + HOUR)
    assert not (await suppressions.unsuppress(office, LI, NOW + HOUR)).changed
    assert (await suppressions.suppress(office, LI, "", NOW + HOUR)).changed
    assert LI not in await _written_to(office)


async def test_an_address_that_nobody_has_is_suppressed_all_the_same(office: Office) -> None:
    done = await suppressions.suppress(office, "who@else.example", "", NOW)
    assert done.changed and "no contact has this address" in done.words


@pytest.mark.parametrize("address", ["", "li", "li@", "@acme.example", "li wei@acme.example", "a@b@c"])
async def test_what_is_no_address_is_refused(office: Office, address: str) -> None:
    with pytest.raises(errors.Refused, match="no e-mail address"):
        await suppressions.suppress(office, address, "", NOW)


async def test_the_resting_cycles_of_a_company_go_on_together(office: Office) -> None:
    ids = await book(office.pool)
    port, fleet = (next(one for one in ids if role in one) for role in ("r-port", "r-fleet"))
    for cycle in (port, fleet):
        await send(office.pool, cycle)
    await steering.reply(office, port, NOW + HOUR)
    held = "select status, held_reason from outreach_cycle where id = $1"
    assert tuple(await office.pool.fetchrow(held, fleet)) == ("held", "company_answered")
    done = await steering.resume_company(office, "blue", NOW + HOUR)
    assert done.cycle_ids == (fleet,) and "1 cycle of blue goes on" in done.words
    assert tuple(await office.pool.fetchrow(held, fleet)) == ("active", None)
    assert not (await steering.resume_company(office, "blue", NOW + HOUR)).changed
    with pytest.raises(errors.NotFound, match="'nobody'"):
        await steering.resume_company(office, "nobody", NOW)


async def test_what_a_person_holds_stays_held_when_the_company_goes_on(office: Office) -> None:
    fleet = await _thread(office, "r-fleet")
    await steering.pause(office, fleet, NOW + HOUR)
    async with transaction(office.pool) as conn:
        assert await rows.resume_company(conn, "blue", RULES, NOW + HOUR) == []


async def test_a_waiting_cycle_that_rests_asks_for_a_slot_again(office: Office) -> None:
    fleet = next(one for one in await book(office.pool) if "r-fleet" in one)
    until = "update outreach_cycle set status = 'waiting', slot_week = null, wait_until = $2, held_until = $2"
    await office.pool.execute(f"{until} where id = $1", fleet, NOW + 72 * HOUR)
    done = await steering.resume(office, fleet, NOW)
    assert done.changed and "asks for a slot" in done.words
    again = await steering.resume(office, fleet, NOW)
    assert not again.changed and "waiting" in again.words

"""The desk records outcomes: what was written stands, whether or not a workflow can be told."""

from __future__ import annotations

import pytest
import pytest_asyncio

from db.pool import Pool
from desk import outcomes, steering
from desk.office import Office
from domain import errors
from domain.outcomes import OUTCOMES, Answered, is_new
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import HOUR, RULES, book, send


@pytest_asyncio.fixture
async def office(pool: Pool) -> Office:
    """A desk on the named cast, without Temporal."""
    await fill(pool)
    return Office(pool, RULES)


async def _answered(office: Office) -> str:
    cycle = next(one for one in await book(office.pool) if "r-data" in one)
    await send(office.pool, cycle)
    await steering.reply(office, cycle, NOW + HOUR)
    return cycle


async def test_an_outcome_is_said_in_words_and_what_follows_is_left_to_reconcile(office: Office) -> None:
    cycle = await _answered(office)
    interview = await outcomes.record(office, cycle, "ada", "interview", NOW + HOUR)
    assert "for 21 days" in interview.words and interview.untold == ()
    placed = await outcomes.record(office, cycle, "ada", "placed", NOW + HOUR)
    assert "close-role r-data" in placed.words and placed.cycle_ids[0] == cycle
    declined = await outcomes.record(office, cycle, "bela", "declined", NOW + HOUR)
    assert "moves on" in declined.words and declined.untold == (cycle,)
    again = await outcomes.record(office, cycle, "bela", "declined", NOW + HOUR)
    assert not again.changed and again.untold == (cycle,)


async def test_an_outcome_is_recorded_by_the_id_of_an_e_mail_too(office: Office) -> None:
    cycle = await _answered(office)
    log_id = await office.pool.fetchval("select id from outreach_log where cycle_id = $1", cycle)
    assert (await outcomes.record(office, str(log_id), "ada", "interview", NOW + HOUR)).changed


@pytest.mark.parametrize("status", ["claimed", "pitched", "no_response", "withdrawn", "released"])
def test_who_was_not_answered_has_no_outcome(status: str) -> None:
    for wanted in OUTCOMES:
        with pytest.raises(errors.Refused, match="answered"):
            is_new(Answered(cycle_id="c", candidate_id="ada", status=status), wanted)

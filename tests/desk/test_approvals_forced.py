"""`--force` changes when a letter goes, never whether a person has to see it first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from db.pool import Pool
from db.sending import Claimed
from desk import approvals, steering, suppressions
from desk.office import Office
from domain.cadence import Next
from domain.drafts import Draft
from domain.rules import Rules
from tests.cast import NOW
from tests.db import invariants
from tests.desk.drafts import ALL, DATA, asked, cycle_row, send_claimed
from tests.fill import fill
from tests.scenes import DAY, HOUR, book, claim, send

EARLY, DUE = NOW + HOUR, NOW + 2 * DAY


@pytest_asyncio.fixture
async def office(pool: Pool) -> AsyncIterator[Office]:
    """A desk on a thread that has begun; every letter needs approval from now on."""
    await fill(pool)
    await book(pool)
    await send(pool, DATA)
    yield Office(pool, ALL)
    await invariants.check(pool)


async def forced(office: Office, **at: Any) -> Draft:
    """Has the follow-up asked for before its time; returns the draft that waits."""
    return await asked(office, stage="follow_up_1", now=EARLY, force=True, **at)


async def approved(office: Office, draft: Draft) -> None:
    await approvals.approve(office, draft.id, draft.hash, "Ana", EARLY)


async def stages(office: Office) -> list[str]:
    rows = await office.pool.fetch("select stage from outreach_log where cycle_id = $1 order by id", DATA)
    return [row["stage"] for row in rows]


async def test_by_force_a_letter_that_nobody_saw_waits(office: Office) -> None:
    draft = await forced(office)
    assert draft.forced and draft.status == "waiting"
    assert await stages(office) == ["initial"]
    assert (await cycle_row(office))["held_reason"] == "approval"


async def test_by_force_again_it_still_waits_and_stays_one_draft(office: Office) -> None:
    draft = await forced(office)
    step = await claim(office.pool, DATA, "follow_up_1", now=EARLY, rules=ALL, force=True)
    assert isinstance(step, Next) and step.why == "approval"
    assert [one.id for one in (await approvals.waiting(office)).drafts if one.cycle_id == DATA] == [draft.id]


async def test_approved_it_goes_before_its_time_by_force_alone(office: Office) -> None:
    await approved(office, await forced(office))
    step = await claim(office.pool, DATA, "follow_up_1", now=EARLY, rules=ALL)
    assert isinstance(step, Next) and step.at == DUE
    claimed = await claim(office.pool, DATA, "follow_up_1", now=EARLY, rules=ALL, force=True)
    assert isinstance(claimed, Claimed)
    await send_claimed(office, claimed)


@pytest.mark.parametrize("rules", [ALL, Rules()], ids=["all", "off by then"])
async def test_what_changed_since_the_approval_is_not_forced_out(office: Office, rules: Rules) -> None:
    draft = await forced(office)
    await approved(office, draft)
    await suppressions.suppress(office, "li@acme.example", "", EARLY)
    step = await claim(office.pool, DATA, "follow_up_1", now=EARLY, rules=rules, force=True)
    assert isinstance(step, Next) and step.why == "approval"
    found = await approvals.waiting(office)
    new = next(one for one in found.drafts if one.cycle_id == DATA)
    assert (new.id != draft.id, new.recipients) == (True, ("tom@acme.example",))
    assert (await approvals.draft(office, new.id)).forced, "it goes at once with its own approval"
    assert await stages(office) == ["initial"]


async def test_one_that_waits_anyway_is_asked_for_at_once_by_force(office: Office) -> None:
    draft = await asked(office, stage="follow_up_1", now=DUE)
    assert not draft.forced
    await steering.pause(office, DATA, DUE)
    await steering.resume(office, DATA, DUE)
    step = await claim(office.pool, DATA, "follow_up_1", now=DUE, rules=ALL, force=True)
    assert isinstance(step, Next) and step.why == "approval"
    again = await approvals.draft(office, draft.id)
    assert (again.status, again.forced) == ("waiting", True)

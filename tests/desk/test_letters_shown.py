"""Any letter for any role can be looked at, printed as a real one is; nothing is changed."""

from __future__ import annotations

import pytest
import pytest_asyncio

from db.pool import Pool
from desk.letters import Shown, letter
from desk.office import Office
from domain import errors
from domain.letters import STAGES, Stage
from settings import Settings
from stack.press import press
from tests.cast import NOW, a_role
from tests.fill import fill, insert
from tests.scenes import DAY, RULES, book, claim, do, send

PRESS = press(Settings.model_construct())


@pytest_asyncio.fixture(autouse=True)
async def _records(pool: Pool) -> None:
    await fill(pool)


async def shown(pool: Pool, role: str = "r-data", stage: Stage = "initial") -> Shown:
    return await letter(Office(pool, RULES), PRESS, role, stage, NOW)


@pytest.mark.parametrize("stage", STAGES)
async def test_every_stage_is_shown_for_those_whom_a_run_would_plan(pool: Pool, stage: Stage) -> None:
    found = await shown(pool, stage=stage)
    assert found.basis == "planned"
    assert found.candidate_ids == ("ada", "bela", "chidi")
    assert found.recipients == ("li@acme.example", "tom@acme.example")
    assert found.sender == "James O'Neill <james@beyond.example>"
    assert found.subject.startswith("Re: ") is (stage != "initial")
    assert "Ada" in found.text
    assert "Ada" in found.html


async def test_an_open_cycle_is_shown_with_its_own_people_subject_and_readers(pool: Pool) -> None:
    await book(pool)
    cycle_id = await pool.fetchval("select id from outreach_cycle where role_id = 'r-data'")
    await send(pool, cycle_id)
    await do(pool, "update contact set active = false where id = 'k-li'")
    subject = await pool.fetchval("select subject from outreach_log where cycle_id = $1", cycle_id)
    found = await shown(pool, stage="follow_up_1")
    assert (found.basis, found.cycle_id) == ("open_cycle", cycle_id)
    assert found.recipients == ("tom@acme.example",)
    assert found.subject == f"Re: {subject}"


async def test_what_is_shown_is_what_is_sent(pool: Pool) -> None:
    await book(pool)
    cycle_id = await pool.fetchval("select id from outreach_cycle where role_id = 'r-data'")
    before = await shown(pool)
    await claim(pool, cycle_id)
    sent = await pool.fetchrow("select * from outreach_log where cycle_id = $1", cycle_id)
    assert (before.subject, list(before.recipients), list(before.candidate_ids), before.urgent) == (
        sent["subject"],
        sent["recipients"],
        sent["candidate_ids"],
        sent["urgent"],
    )


async def test_a_role_that_no_run_would_plan_says_why_and_is_shown_all_the_same(pool: Pool) -> None:
    await do(pool, "update company set weekly_limit = 0 where id = 'acme'")
    found = await shown(pool)
    assert (found.basis, found.passed_over) == ("eligible", "weekly_limit")
    closed = await shown(pool, "r-old")
    assert closed.passed_over == "role_closed"


async def test_a_role_with_nobody_left_is_shown_with_the_best_of_its_matches(pool: Pool) -> None:
    await do(pool, "update candidate set status = 'placed'")
    found = await letter(Office(pool, RULES), PRESS, "r-care", "initial", NOW + DAY)
    assert (found.basis, found.passed_over) == ("matched", "no_eligible_candidate")


async def test_a_role_without_a_match_is_refused_in_words(pool: Pool) -> None:
    await insert(pool, "role", [a_role("r-bare")])
    with pytest.raises(errors.Refused, match="nobody to write about"):
        await shown(pool, "r-bare")


async def test_an_unknown_role_is_named(pool: Pool) -> None:
    with pytest.raises(errors.NotFound, match="r-nowhere"):
        await shown(pool, "r-nowhere")

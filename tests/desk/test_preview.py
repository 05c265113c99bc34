"""R12: a dry run shows exactly what a run would do, and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio

from db.pool import Pool
from desk.preview import look_ahead
from desk.proofs import Press
from domain import errors
from domain.letters import Brand
from domain.records import Candidate, Role
from tests.cast import NOW, TODAY, a_candidate, a_match, a_role, days
from tests.fill import fill, insert
from tests.scenes import DAY, LETTERS, RULES, book, do, send


@pytest_asyncio.fixture(autouse=True)
async def _records(pool: Pool) -> None:
    await fill(pool)


def a_press(model: str | None = None) -> Press:
    """A press whose candidates say their own bio in capitals."""

    def tidy(candidate: Candidate) -> str:
        return f"{candidate.first_name} in their own words"

    def source_hash(candidate: Candidate, role: Role) -> str:
        return f"{candidate.id}/{role.id}"

    return Press(Brand(), LETTERS.render, tidy, source_hash, "1", model)


async def _everything(pool: Pool) -> dict[str, list[Any]]:
    """Every row of every table, as text."""
    tables = await pool.fetch(
        "select tablename from pg_tables where schemaname = 'public' order by tablename"
    )
    return {
        name: sorted(str(row) for row in await pool.fetch(f"select t.*::text from {name} t"))
        for (name,) in tables
    }


async def test_the_shape_is_the_one_that_the_spec_names(pool: Pool) -> None:
    found = (await look_ahead(pool, RULES, TODAY)).dry_run.model_dump(mode="json")
    assert list(found) == ["as_of", "planned", "passed_over"]
    assert found["as_of"] == "2026-06-01"
    first = found["planned"][0]
    assert first == {
        "role_id": "r-port",
        "company_id": "blue",
        "cycle_id": None,
        "urgent": True,
        "candidate_ids": ["dara", "emil", "bela"],
        "recipients": ["ana@blue.example"],
        "sender": "sofia@beyond.example",
    }
    passed = [one["role_id"] for one in found["passed_over"]]
    assert passed == sorted(passed)
    assert all(set(one) == {"role_id", "reason"} for one in found["passed_over"])


async def test_urgent_roles_come_first_then_the_best_score(pool: Pool) -> None:
    found = await look_ahead(pool, RULES, TODAY)
    order = [(not one.urgent, -one.candidates[0].score) for one in found.plan.planned]
    assert order == sorted(order)


async def test_a_dry_run_with_previews_and_reasons_changes_nothing(pool: Pool) -> None:
    (first, *_) = await book(pool)
    await send(pool, first)
    before = await _everything(pool)
    await look_ahead(pool, RULES, days(8), explain=True, press=a_press("a-model"))
    assert await _everything(pool) == before


async def test_a_run_books_just_what_the_dry_run_showed(pool: Pool) -> None:
    shown = await look_ahead(pool, RULES, TODAY)
    await book(pool, now=NOW)
    booked = await pool.fetch(
        "select y.role_id, array_agg(h.candidate_id) as candidates from outreach_cycle y "
        "join candidate_outreach_history h on h.cycle_id = y.id group by 1"
    )
    assert {row["role_id"]: set(row["candidates"]) for row in booked} == {
        one.role_id: set(one.candidate_ids) for one in shown.plan.planned
    }


async def test_another_day_has_its_own_urgency_and_its_own_week(pool: Pool) -> None:
    await book(pool)
    this_week = await look_ahead(pool, RULES, days(6))
    next_week = await look_ahead(pool, RULES, days(7))
    reasons = {one.role_id: one.reason for one in this_week.plan.passed_over}
    assert reasons["r-web"] == "weekly_limit"
    assert "r-web" in {one.role_id for one in next_week.plan.planned}


async def test_an_unknown_role_is_named(pool: Pool) -> None:
    with pytest.raises(errors.NotFound, match="'r-nowhere'"):
        await look_ahead(pool, RULES, TODAY, roles=["r-data", "r-nowhere"])


async def test_a_closed_role_is_named_and_not_planned(pool: Pool) -> None:
    found = await look_ahead(pool, RULES, TODAY, roles=["r-old", "r-data"])
    assert found.closed == ("r-old",)
    assert [one.role_id for one in found.plan.planned] == ["r-data"]


async def test_without_a_single_role_it_says_what_to_load(pool: Pool) -> None:
    await do(pool, "truncate role cascade")
    with pytest.raises(errors.Refused, match="load DIR"):
        await look_ahead(pool, RULES, TODAY)


async def test_better_matches_that_were_not_taken_have_their_reason(pool: Pool) -> None:
    found = await look_ahead(pool, RULES, TODAY, roles=["r-data"], explain=True)
    why = {one.candidate_id: one.why for one in found.not_taken["r-data"]}
    assert why == {"farah": "start_passed", "goran": "placed"}


async def test_a_candidate_whose_live_pitches_are_used_up_is_said_to_have_none_left(pool: Pool) -> None:
    roles = [a_role(f"r-x{number}", "blue") for number in range(3)]
    await insert(pool, "role", roles)
    await insert(pool, "candidate", [a_candidate("ines")])
    await insert(pool, "match", [a_match("ines", role.id, 0.99) for role in roles])
    await insert(pool, "match", [a_match("ines", "r-data", 0.98)])
    await do(pool, "update company set weekly_limit = 9 where id = 'blue'")
    found = await look_ahead(pool, RULES, TODAY, explain=True)
    planned = {one.role_id for one in found.plan.planned if "ines" in one.candidate_ids}
    assert planned == {"r-x0", "r-x1", "r-x2"}
    assert ("ines", "no_live_pitch_left") in [
        (one.candidate_id, one.why) for one in found.not_taken["r-data"]
    ]


async def test_a_better_match_gives_way_to_a_waiting_cycles_own(pool: Pool) -> None:
    first, *_ = await book(pool)
    await do(
        pool,
        "update outreach_cycle set status = 'waiting', waiting_for = 'slot', slot_week = null, "
        "wait_until = $2 where id = $1",
        first,
        NOW + 14 * DAY,
    )
    await insert(pool, "candidate", [a_candidate("ines")])
    await insert(pool, "match", [a_match("ines", "r-data", 0.97)])
    found = await look_ahead(pool, RULES, days(7), roles=["r-data"], explain=True)
    (planned,) = found.plan.planned
    assert (planned.cycle_id, planned.candidate_ids) == (first, ["ada", "bela", "chidi"])
    assert ("ines", "own_candidates_stay") in [
        (one.candidate_id, one.why) for one in found.not_taken["r-data"]
    ]


async def test_a_role_without_anybody_tells_what_spoke_against_its_best(pool: Pool) -> None:
    await insert(pool, "role", [a_role("r-lone", "blue")])
    await insert(pool, "match", [a_match("goran", "r-lone", 0.9), a_match("farah", "r-lone", 0.8)])
    found = await look_ahead(pool, RULES, TODAY, roles=["r-lone"], explain=True)
    assert [one.reason for one in found.plan.passed_over] == ["no_eligible_candidate"]
    assert [one.why for one in found.not_taken["r-lone"]] == ["placed", "start_passed"]


async def test_proofs_carry_the_candidates_own_words_and_say_so(pool: Pool) -> None:
    found = await look_ahead(pool, RULES, TODAY, roles=["r-data"], press=a_press())
    (proof,) = found.proofs
    assert proof.sender == "James O'Neill <james@beyond.example>"
    assert proof.recipients == ("li@acme.example", "tom@acme.example")
    assert set(proof.bios.values()) == {"own"}
    assert "Ada in their own words" in proof.text
    assert proof.subject


async def test_a_kept_bio_is_used_where_there_is_one(pool: Pool) -> None:
    await do(
        pool,
        "insert into candidate_bio values ('ada', 'r-data', 'ada/r-data', '1', 'a-model', 'Kept words.', $1)",
        NOW,
    )
    found = await look_ahead(pool, RULES, TODAY, roles=["r-data"], press=a_press("a-model"))
    (proof,) = found.proofs
    assert proof.bios == {"ada": "kept", "bela": "own", "chidi": "own"}
    assert "Kept words." in proof.text

"""What becomes of candidates after a reply: interview, place, decline (R8, R15)."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from db import bookings, outcomes, planning
from db.pool import Pool, open_pool, transaction
from domain import errors
from domain.messages import MovedOn
from domain.momentum import NEXT_ROLES
from domain.outcomes import PitchOutcome
from tests.cast import TODAY
from tests.db import invariants, worlds
from tests.db.acts import Play
from tests.db.test_next_roles import ease

DAY = timedelta(days=1)
NEVER_TWICE = invariants.CLAIMS["nobody is pitched for the same role twice (R9)"]


async def record(play: Play, cycle: str, candidate: str, outcome: PitchOutcome) -> outcomes.Recorded:
    async with transaction(play.pool) as conn:
        return await outcomes.record(conn, cycle, candidate, outcome, play.rules, play.now)


async def move_on(play: Play, cycle: str, candidate: str) -> MovedOn:
    async with transaction(play.pool) as conn:
        return await bookings.move_on_alone(conn, play.rules, cycle, candidate, play.now)


async def answered(play: Play, role: str = "r-data") -> str:
    """A thread of Ada, Bela and Chidi for Acme that a partner has answered."""
    cycle = await play.one(role, f"run-{role}")
    await play.send(cycle)
    await play.reply(cycle)
    return cycle


async def live(play: Play, candidate: str, later: timedelta = timedelta()) -> int:
    async with transaction(play.pool) as conn:
        counts = await planning.live_pitches(conn, play.rules, play.rules.today(play.now + later))
    return counts.get(candidate, 0)


async def awaits_outcome(play: Play, role: str, later: timedelta) -> bool:
    asked = "select reason from role_standing($1, 'UTC', 21, 0, '{}') where role_id = $2"
    reason = await play.value(asked, play.rules.today(play.now + later), role)
    return bool(reason == "awaiting_outcome")


async def test_an_interview_keeps_the_pitch_live_and_starts_its_days_anew(play: Play) -> None:
    cycle = await answered(play)
    play.now += 20 * DAY
    done = await record(play, cycle, "ada", "interview")
    assert (done.changed, done.moves_on, list(done.touched)) == (True, False, [])
    assert (await play.pitches(cycle))["ada"] == "responded"
    assert await live(play, "ada", 20 * DAY) == 1
    assert await live(play, "ada", 21 * DAY) == 0
    assert await live(play, "bela", 20 * DAY) == 0
    assert await awaits_outcome(play, "r-data", 20 * DAY)


async def test_a_placed_candidate_leaves_everything_and_the_place_is_on_record(play: Play) -> None:
    cycle = await answered(play)
    other = await play.one("r-care", "run-2")
    assert "ada" in await play.pitches(other)
    done = await record(play, cycle, "ada", "placed")
    assert list(done.touched) == [other]
    assert (await play.pitches(cycle))["ada"] == "placed"
    assert (await play.pitches(other))["ada"] == "released"
    assert await play.value("select status from candidate_now where id = 'ada'") == "placed"


async def test_a_decline_frees_the_candidate_and_books_next_roles_for_that_one_alone(play: Play) -> None:
    cycle = await answered(play)
    assert (await record(play, cycle, "bela", "declined")).moves_on
    assert await live(play, "bela") == 0
    moved = await move_on(play, cycle, "bela")
    assert {one.role_id for one in moved.children} == {"r-port", "r-fleet"}
    rows = await play.rows("select * from outreach_cycle where parent_cycle_id = $1", cycle)
    assert {row["generation"] for row in rows} == {2}
    for row in rows:
        assert "bela" in await play.pitches(row["id"])
        assert "ada" not in await play.pitches(row["id"])


async def test_a_retry_returns_the_same_children(play: Play) -> None:
    cycle = await answered(play)
    await record(play, cycle, "bela", "declined")
    first = await move_on(play, cycle, "bela")
    play.now += DAY
    again = await move_on(play, cycle, "bela")
    assert [one.cycle_id for one in again.children] == [one.cycle_id for one in first.children] != []


async def test_two_declines_of_one_cycle_at_once_book_two_bookings(play: Play, database_url: str) -> None:
    pool = await open_pool(database_url, size=4)
    crowd = replace(play, pool=pool)
    cycle = await answered(crowd)
    for candidate in ("ada", "bela", "chidi"):
        await record(crowd, cycle, candidate, "declined")
    moved = await asyncio.gather(*(move_on(crowd, cycle, one) for one in ("ada", "bela", "chidi")))
    booked = [child.role_id for one in moved for child in one.children]
    assert len(booked) == len(set(booked)) > 2
    again = await asyncio.gather(*(move_on(crowd, cycle, one) for one in ("ada", "bela", "chidi")))
    assert {_ids(one) for one in again} >= {_ids(one) for one in moved if one.children}
    await pool.close()


def _ids(moved: MovedOn) -> tuple[str, ...]:
    return tuple(sorted(child.cycle_id for child in moved.children))


async def test_who_is_not_to_be_had_any_more_does_not_move_on(play: Play) -> None:
    cycle = await answered(play)
    await record(play, cycle, "bela", "declined")
    await play.withdraw("bela")
    assert (await move_on(play, cycle, "bela")).children == ()


async def test_the_last_generation_allowed_moves_nobody_on(play: Play) -> None:
    play = play.on(max_generations=1)
    cycle = await answered(play)
    await record(play, cycle, "bela", "declined")
    assert (await move_on(play, cycle, "bela")).children == ()


async def test_a_decline_without_a_live_pitch_left_books_nothing(play: Play) -> None:
    play = play.on(max_live_pitches=1)
    cycle = await answered(play)
    await record(play, cycle, "chidi", "declined")
    await play.one("r-port", "run-2")
    busy = await live(play, "chidi")
    assert len((await move_on(play, cycle, "chidi")).children) == 1 - busy


async def test_after_a_late_answer_the_candidates_have_moved_on_already(play: Play) -> None:
    cycle = await play.one()
    children = (await play.silence(cycle)).children
    await play.reply(cycle)
    assert not (await record(play, cycle, "bela", "declined")).moves_on
    again = await move_on(play, cycle, "bela")
    assert {one.cycle_id for one in again.children} <= {one.cycle_id for one in children}
    assert (await play.pitches(cycle))["bela"] == "declined"


async def test_who_has_moved_on_by_a_decline_does_not_do_so_again_with_the_cycle(play: Play) -> None:
    cycle = await play.one()
    await play.send(cycle)
    await play.close_role("r-data")
    await play.reply(cycle)
    assert (await record(play, cycle, "bela", "declined")).moves_on
    alone = (await move_on(play, cycle, "bela")).children
    assert alone
    await play.move_on(cycle)
    pitched = "select count(*) from candidate_outreach_history where candidate_id = 'bela'"
    assert await play.value(pitched) == 1 + len(alone)


async def test_after_a_stop_nobody_moves_on(play: Play) -> None:
    cycle = await play.one()
    await play.send(cycle)
    await play.close(cycle)
    await play.reply(cycle)
    done = await record(play, cycle, "bela", "declined")
    assert done.changed and not done.moves_on
    assert await play.rows("select * from outreach_cycle where parent_cycle_id = $1", cycle) == []


async def test_an_outcome_recorded_twice_is_harmless_and_asks_again_for_what_was_lost(play: Play) -> None:
    cycle = await answered(play)
    await record(play, cycle, "bela", "declined")
    again = await record(play, cycle, "bela", "declined")
    assert (again.changed, again.moves_on) == (False, True)
    await move_on(play, cycle, "bela")
    assert not (await record(play, cycle, "bela", "declined")).moves_on
    await record(play, cycle, "ada", "placed")
    assert not (await record(play, cycle, "ada", "placed")).changed


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        ("declined", "placed", "moved on"),
        ("declined", "interview", "moved on"),
        ("placed", "declined", "final"),
        ("placed", "interview", "final"),
    ],
)
async def test_what_would_undo_an_outcome_is_refused_in_words(
    play: Play, first: PitchOutcome, then: PitchOutcome, words: str
) -> None:
    cycle = await answered(play)
    await record(play, cycle, "ada", first)
    with pytest.raises(errors.Refused, match=words):
        await record(play, cycle, "ada", then)


@pytest.mark.parametrize("outcome", ["interview", "placed", "declined"])
async def test_without_an_answer_there_is_no_outcome(play: Play, outcome: PitchOutcome) -> None:
    cycle = await play.one()
    await play.send(cycle)
    with pytest.raises(errors.Refused, match=f"reply {cycle}"):
        await record(play, cycle, "ada", outcome)
    with pytest.raises(errors.NotFound, match="'hana'"):
        await record(play, cycle, "hana", outcome)


async def test_who_withdrew_after_an_answer_can_still_be_placed_once(play: Play) -> None:
    cycle = await answered(play)
    care = await answered(play, "r-care")
    await play.withdraw("ada")
    with pytest.raises(errors.Refused, match="withdrawn"):
        await record(play, cycle, "ada", "declined")
    assert (await record(play, cycle, "ada", "placed")).changed
    with pytest.raises(errors.Refused, match="r-data"):
        await record(play, care, "ada", "placed")


async def test_reconcile_finds_the_declines_that_nobody_took_up(play: Play) -> None:
    cycle = await answered(play)
    await record(play, cycle, "bela", "declined")
    async with transaction(play.pool) as conn:
        (lost,) = await outcomes.sql.not_moved_on.all(conn)
        assert tuple(lost) == (cycle, "bela")
    await move_on(play, cycle, "bela")
    async with transaction(play.pool) as conn:
        assert await outcomes.sql.not_moved_on.all(conn) == []


@pytest.mark.parametrize("seed", range(6))
async def test_in_any_world_a_decline_books_what_the_rules_allow(pool: Pool, seed: int) -> None:
    """At most three roles, nobody for the same role twice, live pitches kept, others not moved."""
    rnd = random.Random(seed)
    booked = 0
    async with pool.acquire() as conn:
        for _ in range(25):
            undo = conn.transaction()
            await undo.start()
            booked += await _decline_all(conn, ease(worlds.draw(rnd)), rnd)
            await undo.rollback()
    assert booked > 3


async def _decline_all(conn: Any, world: worlds.World, rnd: random.Random) -> int:
    await worlds.write(conn, world)
    now = datetime.combine(TODAY, time(12), world.rules.zone).astimezone(UTC)
    pitches = "select cycle_id, candidate_id from candidate_outreach_history where status = 'responded'"
    open_pitches = [tuple(row) for row in await conn.fetch(f"{pitches} order by 1, 2")]
    rnd.shuffle(open_pitches)
    total = 0
    for cycle, candidate in open_pitches:
        now += timedelta(seconds=1)
        await outcomes.record(conn, cycle, candidate, "declined", world.rules, now)
        before = await _counts(conn)
        children = (await bookings.move_on_alone(conn, world.rules, cycle, candidate, now)).children
        assert len(children) <= NEXT_ROLES
        after, total = await _counts(conn), total + len(children)
        assert after.get(candidate, 0) - before.get(candidate, 0) == len(children)
        counts = await planning.live_pitches(conn, world.rules, TODAY)
        assert not children or counts[candidate] <= world.rules.max_live_pitches
        assert await conn.fetch(NEVER_TWICE) == []
    return total


async def _counts(conn: Any) -> dict[str, int]:
    rows = await conn.fetch("select candidate_id, count(*) from candidate_outreach_history group by 1")
    return {row[0]: row[1] for row in rows}

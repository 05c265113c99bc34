"""Analytics agree with the plainest count of the same threads, whatever happened in them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from db import analytics, outcomes, reopening
from db.pool import Pool, transaction
from domain.analytics import Analytics, Group, Period
from domain.letters import STAGES
from domain.rules import Rules
from tests.cast import NOW, TODAY
from tests.db.acts import Play
from tests.db.threads import ROLES, Counted, Thread, draw, write
from tests.fill import fill

HOUR = timedelta(hours=1)
INDUSTRY = {"acme": "Software", "blue": "Logistics", "cedar": "Healthcare"}
KEYS: dict[str, Any] = {
    "company": lambda one: ROLES[one.role],
    "industry": lambda one: INDUSTRY[ROLES[one.role]],
    "role": lambda one: one.role,
    "specialist": lambda one: one.specialist or "",
    "urgency": lambda one: "urgent" if one.urgent else "not_urgent",
    "generation": lambda one: str(one.generation),
    "variant": lambda one: "plain" if one.generation == 1 else "warm",
}


async def ask(
    pool: Pool,
    period: Period | None = None,
    rules: Rules | None = None,
    *,
    now: datetime = NOW,
    most: int = 50,
) -> Analytics:
    """Asks for the analytics, at the cast's moment unless a test says."""
    async with transaction(pool, isolation="repeatable_read", readonly=True) as conn:
        return await analytics.analytics_of(conn, rules or Rules(), period or Period(), now, most)


async def asked(play: Play) -> Analytics:
    """Asks at the play's moment."""
    return await ask(play.pool, now=play.now)


@pytest.mark.parametrize("seed", range(6))
async def test_every_count_is_the_plainest_one(pool: Pool, seed: int) -> None:
    rnd = random.Random(seed)
    threads = draw(rnd, 120)
    await fill(pool)
    async with pool.acquire() as conn, conn.transaction():
        await conn.execute("drop index never_twice; drop index one_open_cycle_per_role")
        await write(conn, threads)
    zone = ZoneInfo(rnd.choice(["UTC", "Pacific/Kiritimati", "America/Los_Angeles"]))
    week = date(2026, 5, 11) + timedelta(days=rnd.randint(0, 6))
    for since, until in ((None, None), (week, None), (None, week), (week, week + timedelta(days=6))):
        found = await ask(pool, Period(since=since, until=until), Rules(zone=zone))
        agree(found, Counted.of(threads, since, until, zone))


def agree(found: Analytics, counted: Counted) -> None:
    """Compares analytics with a count of the same threads."""
    threads: Sequence[Thread] = counted.threads
    assert found.threads == len(threads)
    assert found.emails == sum(len(one.accepted) for one in threads)
    assert found.replies == sum(one.responded_at is not None for one in threads)
    for place, one in enumerate(found.stages):
        assert (one.stage, (one.emails, one.at_risk, one.replies)) == (STAGES[place], counted.stage(place))
    for dimension, key in KEYS.items():
        groups = getattr(found.by, dimension)
        assert {one.id: (one.threads, one.replies) for one in groups.groups} == counted.by(key), dimension
        assert groups.total == len(groups.groups)
    times = counted.times()
    assert {point.hours: point.at_risk for point in found.time_to_reply.points} == {
        time: sum(one >= time for one, _ in times) for time, answered in times if answered
    }
    assert found.time_to_reply.replies == sum(answered for _, answered in times)
    assert found.time_to_reply.replies + found.time_to_reply.late_replies == found.replies
    assert {one.step: (one.pitches, one.candidates) for one in found.funnel} == counted.funnel()


async def test_nothing_at_all_is_counted_as_nothing(pool: Pool) -> None:
    found = await ask(pool)
    assert (found.emails, found.threads, found.replies, found.reply_rate.rate) == (0, 0, 0, None)
    assert [one.reply_rate.rate for one in found.stages] == [None] * 4
    assert found.time_to_reply.points == ()
    assert found.momentum.urgent.rate.rate is None
    assert found.by.company.total == 0


async def test_the_largest_groups_come_first_and_the_rest_is_counted(play: Play) -> None:
    await play.run()
    for cycle in await play.pool.fetch("select id from outreach_cycle"):
        await play.send(cycle["id"])
    found = await ask(play.pool, most=1)
    everything = (await asked(play)).by
    for groups in (everything.company, everything.role, everything.industry, everything.specialist):
        assert list(groups.groups) == sorted(groups.groups, key=lambda one: (-one.threads, one.id.encode()))
    (first,) = found.by.company.groups
    assert (first.id, first.name, first.threads, found.by.company.total) == (
        "blue",
        "Blue Harbour & Sons",
        2,
        3,
    )
    assert found.by.role.groups[0].name == "Care Coordinator, Cedar Clinic"


def _named(groups: Sequence[Group]) -> dict[str, str]:
    return {one.id: one.name for one in groups}


async def test_a_reply_counts_at_the_stage_that_it_came_after(play: Play) -> None:
    cycle = await play.one()
    await play.send(cycle, "initial", "follow_up_1")
    play.now += HOUR
    await play.reply(cycle)
    found = await asked(play)
    assert [(one.emails, one.at_risk, one.replies) for one in found.stages] == [
        *((1, 1, 0), (1, 1, 1)),
        *((0, 0, 0), (0, 0, 0)),
    ]
    assert found.time_to_reply.median_hours == 49
    assert _named(found.by.specialist.groups) == {"s-james": "James O'Neill"}


async def test_an_e_mail_that_crossed_the_reply_is_counted_and_was_not_at_risk(play: Play) -> None:
    cycle = await play.one()
    play.now = (await play.send(cycle)).at or play.now
    crossing = await play.claimed(cycle, "follow_up_1")
    await play.reply(cycle)
    await play.record(crossing)
    found = await asked(play)
    assert [(one.emails, one.at_risk, one.replies) for one in found.stages[:2]] == [(1, 1, 1), (1, 0, 0)]


async def test_an_answer_after_the_end_is_a_reply_and_is_late(play: Play) -> None:
    cycle = await play.one()
    await play.silence(cycle)
    play.now += 5 * HOUR
    await play.reply(cycle)
    found = await asked(play)
    assert (found.replies, found.stages[3].replies) == (1, 1)
    assert (found.time_to_reply.replies, found.time_to_reply.late_replies) == (0, 1)


async def test_an_answer_taken_back_counts_nowhere(play: Play) -> None:
    cycle = await play.one()
    await play.send(cycle)
    await play.reply(cycle)
    async with transaction(play.pool) as conn:
        await reopening.reopen(conn, cycle, play.rules, play.now)
    found = await asked(play)
    assert (found.threads, found.replies) == (1, 0)
    assert [one.pitches for one in found.funnel] == [3, 3, 0, 0, 0]


async def test_who_was_answered_interviewed_and_placed_is_in_every_step_before(play: Play) -> None:
    cycle = await play.one()
    await play.send(cycle)
    await play.reply(cycle)
    async with transaction(play.pool) as conn:
        await outcomes.record(conn, cycle, "ada", "placed", play.rules, play.now)
        await outcomes.record(conn, cycle, "bela", "interview", play.rules, play.now)
    found = await asked(play)
    assert [(one.step, one.pitches) for one in found.funnel] == [
        *(("pitched", 3), ("delivered", 3), ("replied", 3)),
        *(("interview", 2), ("placed", 1)),
    ]
    assert all(one.rate.small for one in found.funnel)


async def test_urgent_candidates_without_a_live_pitch_are_named_with_their_days(pool: Pool) -> None:
    await fill(pool)
    found = (await ask(pool)).momentum
    assert (found.available.candidates, found.available.covered) == (6, 0)
    assert (found.urgent.candidates, found.urgent.covered, found.urgent.rate.rate) == (2, 0, 0.0)
    assert found.by_live_pitches == {0: 6}
    assert [(one.candidate_id, one.days_to_start) for one in found.uncovered] == [("emil", 40), ("dara", 100)]
    assert [one.name for one in found.uncovered] == ["Emil Holm", "Dara Sok"]


@pytest.mark.parametrize(
    ("days", "visa", "urgent"), [(59, False, 1), (60, False, 0), (119, True, 1), (120, True, 0)]
)
async def test_who_is_listed_as_urgent_is_urgent_by_r3(
    pool: Pool, days: int, visa: bool, urgent: int
) -> None:
    await fill(pool)
    await pool.execute(
        "update candidate set start_date = $1, visa_required = false", TODAY + timedelta(days=300)
    )
    await pool.execute(
        "update candidate set start_date = $1, visa_required = $2 where id = 'ada'",
        *(TODAY + timedelta(days=days), visa),
    )
    found = (await ask(pool)).momentum
    assert found.urgent.candidates == len(found.uncovered) == urgent


async def test_a_live_pitch_covers(play: Play) -> None:
    await play.run()
    found = (await asked(play)).momentum
    assert found.urgent.covered == found.urgent.candidates == 2
    assert found.uncovered == ()
    assert sum(found.by_live_pitches.values()) == found.available.candidates

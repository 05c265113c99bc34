"""R1 at its edges: what a role's open cycle, its last one and its answers say of it, to the day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from db import planning
from db.pool import Connection, Pool
from domain.rules import Rules
from tests.cast import NOW, TODAY, days
from tests.db.acts import Play
from tests.db.test_planning import RULES, past, reason
from tests.db.test_reopening import reopen
from tests.fill import fill


@pytest.fixture
async def conn(pool: Pool) -> Any:
    """A connection to a database with the cast."""
    async with pool.acquire() as connection:
        await fill(connection)
        yield connection


async def planned(conn: Connection, rules: Rules = RULES) -> list[str | None]:
    """Names the waiting cycle for which the data role is planned, None for a new one; empty if it is not."""
    found = await planning.plan(conn, rules, TODAY)
    return [one.cycle_id for one in found.planned if one.role_id == "r-data"]


async def puts_forward(conn: Connection, candidate: str, status: str = "claimed") -> None:
    """Gives the data role a waiting cycle that puts one candidate forward."""
    await past(conn, "waiting", pitch=status)
    await conn.execute("update candidate_outreach_history set candidate_id = $1", candidate)


async def test_an_answer_taken_back_opens_a_role_though_a_later_cycle_was_stopped(play: Play) -> None:
    first = await play.one()
    await play.send(first)
    await play.reply(first)
    play.now += timedelta(days=22)
    later = await play.one("r-data", "run-2")
    await play.close(later, "stopped")
    await reopen(play, first)
    asked = "select reason from role_standing($1, 'UTC', 21, 0, '{}') where role_id = 'r-data'"
    assert await play.value(asked, play.rules.today(play.now)) == "open_cycle"


@pytest.mark.parametrize(
    ("zone", "until", "asks"),
    [
        ("UTC", datetime(2026, 6, 1, 23, 59, tzinfo=UTC), True),
        ("UTC", datetime(2026, 6, 2, 0, 0, tzinfo=UTC), False),
        ("Pacific/Kiritimati", datetime(2026, 6, 1, 9, 59, tzinfo=UTC), True),
        ("Pacific/Kiritimati", datetime(2026, 6, 1, 10, 0, tzinfo=UTC), False),
        ("America/Los_Angeles", datetime(2026, 6, 2, 6, 59, tzinfo=UTC), True),
        ("America/Los_Angeles", datetime(2026, 6, 2, 7, 0, tzinfo=UTC), False),
    ],
)
async def test_a_waiting_cycle_that_rests_asks_for_a_slot_from_the_local_day_of_its_end(
    conn: Connection, zone: str, until: datetime, asks: bool
) -> None:
    rules = Rules(zone=ZoneInfo(zone))
    await puts_forward(conn, "ada")
    await conn.execute("update outreach_cycle set held_until = $1", until)
    assert await planned(conn, rules) == (["c-1"] if asks else [])
    assert await reason(conn, rules=rules) == (None if asks else "open_cycle")


async def test_a_rest_of_a_waiting_cycle_hides_nothing_that_comes_before_it(conn: Connection) -> None:
    await puts_forward(conn, "ada")
    await conn.execute("update outreach_cycle set held_until = $1", NOW + timedelta(days=3))
    await conn.execute("update company set suppressed = true where id = 'acme'")
    assert await reason(conn) == "company_suppressed"


@pytest.mark.parametrize(
    ("candidate", "status", "change", "left"),
    [
        ("ada", "claimed", "select 1", True),
        ("ada", "pitched", "select 1", True),
        ("ada", "released", "select 1", False),
        ("ada", "withdrawn", "select 1", False),
        ("goran", "claimed", "select 1", False),
        ("farah", "claimed", "select 1", False),
        ("ada", "claimed", "update candidate set start_date = '2026-06-01' where id = 'ada'", True),
        ("ada", "claimed", "insert into candidate_change values ('ada', 'withdrawn', now())", False),
    ],
)
async def test_a_waiting_cycle_counts_as_long_as_one_it_puts_forward_is_still_to_be_had(
    conn: Connection, candidate: str, status: str, change: str, left: bool
) -> None:
    await puts_forward(conn, candidate, status)
    await conn.execute(change)
    assert await planned(conn) == (["c-1"] if left else [None])


async def test_a_deserted_waiting_cycle_that_rests_leaves_its_role_open(conn: Connection) -> None:
    await puts_forward(conn, "goran")
    await conn.execute("update outreach_cycle set held_until = $1", NOW + timedelta(days=3))
    assert await planned(conn) == [None]


@pytest.mark.parametrize(
    ("zone", "interview", "expected"),
    [
        ("UTC", datetime(2026, 5, 12, 0, 0, tzinfo=UTC), "awaiting_outcome"),
        ("UTC", datetime(2026, 5, 11, 23, 59, tzinfo=UTC), None),
        ("Pacific/Kiritimati", datetime(2026, 5, 11, 10, 0, tzinfo=UTC), "awaiting_outcome"),
        ("Pacific/Kiritimati", datetime(2026, 5, 11, 9, 59, tzinfo=UTC), None),
        ("America/Los_Angeles", datetime(2026, 5, 12, 7, 0, tzinfo=UTC), "awaiting_outcome"),
        ("America/Los_Angeles", datetime(2026, 5, 12, 6, 59, tzinfo=UTC), None),
    ],
)
async def test_from_an_interview_on_an_outcome_is_waited_for_anew(
    conn: Connection, zone: str, interview: datetime, expected: str | None
) -> None:
    long_ago = datetime.combine(days(-60), datetime.min.time(), UTC)
    await past(conn, outcome="responded", pitch="responded", responded_at=long_ago)
    await conn.execute("update candidate_outreach_history set interview_at = $1", interview)
    assert await reason(conn, rules=Rules(zone=ZoneInfo(zone))) == expected


async def test_a_role_closed_by_a_persons_word_is_not_listed_whatever_its_record_says(
    conn: Connection,
) -> None:
    await conn.execute("insert into role_change values ('r-data', 'filled', now())")
    found = await planning.plan(conn, RULES, TODAY)
    assert "r-data" not in {one.role_id for one in (*found.planned, *found.passed_over)}

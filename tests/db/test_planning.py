"""R1 to R5 on the records: each reason by itself, and whole plans against ones made by the book."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from db import planning
from db.planning import Faces
from db.pool import Connection, Pool
from domain.planning import Plan
from domain.rules import Rules
from tests.cast import CAST, NOW, TODAY, Records, a_company, a_contact, days
from tests.db import worlds
from tests.db.worlds import Cycle, Pitch, World
from tests.fill import fill
from tests.reference import told

RULES = Rules()


@pytest.fixture
async def conn(pool: Pool) -> Any:
    """A connection to a database with the cast."""
    async with pool.acquire() as connection:
        await fill(connection)
        yield connection


def reasons(plan: Plan) -> dict[str, str]:
    """Names the reasons of what was passed over, by role."""
    return {one.role_id: one.reason for one in plan.passed_over}


async def reason(
    conn: Connection, role: str = "r-data", rules: Rules = RULES, today: date = TODAY
) -> str | None:
    """Names why a role is passed over when everything is looked at; None if it is planned."""
    plan = await planning.plan(conn, rules, today)
    if role in [one.role_id for one in plan.planned]:
        return None
    return reasons(plan).get(role, "not listed")


async def past(conn: Connection, status: str = "closed", outcome: str | None = None, **changes: Any) -> None:
    """Gives the data role a cycle in which Goran was pitched."""
    pitch = Pitch("goran", changes.pop("pitch", "pitched"), changes.pop("responded_at", None))
    fresh = {"id": "c-1", "role_id": "r-data", "company_id": "acme", "closed_at": outcome and NOW}
    cycle = Cycle(status=status, outcome=outcome, pitches=(pitch,), **fresh | changes)
    await worlds.write_cycle(conn, cycle, NOW)


async def test_the_cast_is_planned_urgent_first_then_by_score(conn: Connection) -> None:
    plan = await planning.plan(conn, RULES, TODAY)
    assert [(one.role_id, one.urgent, one.candidate_ids) for one in plan.planned] == [
        ("r-port", True, ["dara", "emil", "bela"]),
        ("r-fleet", True, ["emil", "hana", "bela"]),
        ("r-care", True, ["hana", "dara", "ada"]),
        ("r-data", False, ["ada", "bela", "chidi"]),
    ]
    assert reasons(plan) == {"r-web": "weekly_limit"}


async def test_a_closed_role_is_not_listed(conn: Connection) -> None:
    await conn.execute("insert into role_change values ('r-data', 'filled', $1)", NOW)
    assert await reason(conn) == "not listed"
    assert await reason(conn, "r-old") == "not listed"


async def test_a_suppressed_company_is_passed_over(conn: Connection) -> None:
    await conn.execute("update company set suppressed = true where id = 'acme'")
    assert await reason(conn) == "company_suppressed"
    await conn.execute("update company set suppressed = false")
    assert await reason(conn) is None
    await conn.execute("insert into suppressed_company values ('acme', 'asked us to', $1)", NOW)
    assert await reason(conn) == "company_suppressed"


@pytest.mark.parametrize(
    "change",
    [
        "active = false",
        "layout_name = 'billing'",
        "email = null",
        "email = ''",
        "email = 'no address'",
        "email = 'a@b c'",
    ],
)
async def test_a_role_without_anybody_to_write_to_is_passed_over(conn: Connection, change: str) -> None:
    await conn.execute(f"update contact set {change} where id = 'k-tom'")
    assert await reason(conn) is None
    await conn.execute(f"update contact set {change} where id = 'k-li'")
    assert await reason(conn) == "no_partner_contact"


async def test_a_suppressed_address_counts_whatever_its_case(conn: Connection) -> None:
    await conn.execute("delete from contact where id = 'k-li'")
    await conn.execute("update contact set email = 'Tom@ACME.example' where id = 'k-tom'")
    await conn.execute("insert into suppressed_address values ('tom@acme.example', 'refused', $1)", NOW)
    assert await reason(conn) == "no_partner_contact"


async def test_a_company_needs_a_specialist_or_a_default_one(conn: Connection) -> None:
    await conn.execute("update specialist set is_default = false")
    assert await reason(conn) is None
    assert await reason(conn, "r-port") == "no_specialist"


async def test_a_stopped_role_waits_for_a_person_to_ask_for_it(conn: Connection) -> None:
    await past(conn, outcome="stopped")
    assert await reason(conn) == "stopped"
    plan = await planning.plan(conn, RULES, TODAY, roles=["r-data"])
    assert [one.role_id for one in plan.planned] == ["r-data"]
    assert plan.passed_over == ()


async def test_lifting_a_stop_lifts_nothing_else(conn: Connection) -> None:
    await past(conn, outcome="stopped", pitch="responded", responded_at=NOW)
    assert await reason(conn) == "stopped"
    plan = await planning.plan(conn, RULES, TODAY, roles=["r-data"])
    assert reasons(plan) == {"r-data": "awaiting_outcome"}


async def test_only_the_last_cycle_counts_as_stopped(conn: Connection) -> None:
    await past(conn, outcome="stopped")
    await past(conn, outcome="undeliverable", id="c-2", pitch="released")
    assert await reason(conn) is None


@pytest.mark.parametrize("status", ["active", "held"])
async def test_a_role_with_an_open_cycle_is_passed_over(conn: Connection, status: str) -> None:
    await past(conn, status)
    assert await reason(conn) == "open_cycle"


@pytest.mark.parametrize(
    ("zone", "answered", "expected"),
    [
        ("UTC", datetime(2026, 5, 12, 0, 0, tzinfo=UTC), "awaiting_outcome"),
        ("UTC", datetime(2026, 5, 11, 23, 59, tzinfo=UTC), None),
        ("Pacific/Kiritimati", datetime(2026, 5, 11, 10, 0, tzinfo=UTC), "awaiting_outcome"),
        ("Pacific/Kiritimati", datetime(2026, 5, 11, 9, 59, tzinfo=UTC), None),
        ("America/Los_Angeles", datetime(2026, 5, 12, 6, 59, tzinfo=UTC), None),
        ("America/Los_Angeles", datetime(2026, 5, 12, 7, 0, tzinfo=UTC), "awaiting_outcome"),
    ],
)
async def test_an_answered_role_waits_21_local_days_for_its_outcome(
    conn: Connection, zone: str, answered: datetime, expected: str | None
) -> None:
    await past(conn, outcome="responded", pitch="responded", responded_at=answered)
    assert await reason(conn, rules=Rules(zone=ZoneInfo(zone))) == expected


@pytest.mark.parametrize("outcome", ["declined", "placed"])
async def test_an_answer_with_an_outcome_is_waited_for_no_longer(conn: Connection, outcome: str) -> None:
    await past(conn, outcome="responded", pitch=outcome, responded_at=NOW)
    assert await reason(conn) is None


@pytest.mark.parametrize(
    ("rest", "age", "expected"), [(7, 6, "resting"), (7, 7, None), (0, 0, None), (0, -3, None)]
)
async def test_a_silent_role_rests_as_long_as_it_is_asked_to(
    conn: Connection, rest: int, age: int, expected: str | None
) -> None:
    await past(conn, outcome="no_response", closed_at=NOW - timedelta(days=age))
    assert await reason(conn, rules=Rules(role_rest_days=rest)) == expected


async def test_a_role_closed_for_another_reason_does_not_rest(conn: Connection) -> None:
    await past(conn, outcome="undeliverable")
    assert await reason(conn, rules=Rules(role_rest_days=7)) is None


@pytest.mark.parametrize(
    "change",
    [
        "update candidate set status = 'withdrawn'",
        "update candidate set start_date = '2026-05-31'",
        "delete from match where role_id = 'r-data'",
        "update match set score = -0.1",
        "insert into candidate_change select id, 'placed', now() from candidate",
    ],
)
async def test_a_role_without_an_eligible_candidate_is_passed_over(conn: Connection, change: str) -> None:
    await conn.execute(change)
    assert await reason(conn) == "no_eligible_candidate"


async def test_whoever_starts_today_is_still_eligible(conn: Connection) -> None:
    await conn.execute("update candidate set start_date = $1", TODAY)
    assert await reason(conn) is None
    assert await reason(conn, today=days(1)) == "no_eligible_candidate"


async def test_the_first_reason_that_applies_is_named(conn: Connection) -> None:
    await conn.execute("update company set suppressed = true, specialist_id = null where id = 'acme'")
    await conn.execute("update specialist set is_default = false")
    await conn.execute("update contact set active = false")
    await conn.execute("delete from match")
    await past(conn, outcome="stopped", pitch="responded", responded_at=NOW)
    found = []
    for remedy in (
        "select 1",
        "update company set suppressed = false",
        "update contact set active = true",
        "update specialist set is_default = id = 's-sofia'",
        "update outreach_cycle set outcome = 'no_response'",
        "update candidate_outreach_history set status = 'no_response'",
        "update outreach_cycle set closed_at = closed_at - interval '7 days'",
    ):
        await conn.execute(remedy)
        found.append(await reason(conn, rules=Rules(role_rest_days=7)))
    assert found == [
        "company_suppressed",
        "no_partner_contact",
        "no_specialist",
        "stopped",
        "awaiting_outcome",
        "resting",
        "no_eligible_candidate",
    ]


async def test_a_waiting_cycle_is_topped_up_and_asks_in_its_roles_place(conn: Connection) -> None:
    await past(conn, "waiting")
    await conn.execute("update candidate_outreach_history set candidate_id = 'dara', status = 'claimed'")
    plan = await planning.plan(conn, RULES, TODAY)
    (planned,) = (one for one in plan.planned if one.role_id == "r-data")
    assert (planned.cycle_id, planned.urgent) == ("c-1", True)
    assert planned.candidate_ids == ["ada", "bela", "dara"]
    assert planned.added == ("ada", "bela")


async def test_a_waiting_cycle_with_nobody_left_counts_as_ended(conn: Connection) -> None:
    await past(conn, "waiting", pitch="claimed")
    plan = await planning.plan(conn, RULES, TODAY)
    assert [one.cycle_id for one in plan.planned if one.role_id == "r-data"] == [None]


async def test_a_pair_that_was_released_may_be_pitched_again(conn: Connection) -> None:
    await past(conn, outcome="undeliverable", pitch="released")
    await conn.execute("update candidate_outreach_history set candidate_id = 'ada'")
    plan = await planning.plan(conn, RULES, TODAY, roles=["r-data"])
    assert plan.planned[0].candidate_ids == ["ada", "bela", "chidi"]


async def test_another_week_has_slots_of_its_own(conn: Connection) -> None:
    await conn.execute("insert into email_limiter values ('acme', $1, 1, 1)", TODAY)
    assert await reason(conn) == "weekly_limit"
    assert await reason(conn, today=days(6)) == "weekly_limit"
    assert await reason(conn, today=days(7)) is None


async def test_the_limit_of_the_moment_decides(conn: Connection) -> None:
    await conn.execute("insert into email_limiter values ('acme', $1, 1, 9)", TODAY)
    assert await reason(conn) == "weekly_limit"
    await conn.execute("update company set weekly_limit = 2 where id = 'acme'")
    assert await reason(conn) is None
    await conn.execute("update company set weekly_limit = 0 where id = 'acme'")
    assert await reason(conn) == "weekly_limit"


async def test_max_roles_stops_the_walk(conn: Connection) -> None:
    plan = await planning.plan(conn, RULES, TODAY, max_roles=1)
    assert [one.role_id for one in plan.planned] == ["r-port"]
    assert plan.passed_over == ()


async def test_senders_and_recipients_are_those_of_the_company(conn: Connection) -> None:
    assert await planning.faces(conn, ["acme", "blue", "acme"]) == {
        "acme": Faces("james@beyond.example", ("li@acme.example", "tom@acme.example")),
        "blue": Faces("sofia@beyond.example", ("ana@blue.example",)),
    }


async def test_recipients_are_in_order_of_bytes(pool: Pool) -> None:
    names = ["k-b", "k-B", "k-é", "k-a"]
    contacts = [a_contact(name, email=f"{place}@x.example") for place, name in enumerate(names)]
    async with pool.acquire() as conn:
        await fill(conn, Records(CAST.specialists, [a_company()], contacts))
        faces = await planning.faces(conn, ["acme"])
    assert faces["acme"].recipients == ("1@x.example", "3@x.example", "0@x.example", "2@x.example")


@pytest.mark.parametrize("seed", range(8))
async def test_plans_are_what_the_rules_say(pool: Pool, seed: int) -> None:
    """Two hundred worlds, each planned whole, for some roles, up to a number, and on another day."""
    rnd = random.Random(seed)
    async with pool.acquire() as conn:
        for number in range(25):
            undo = conn.transaction()
            await undo.start()
            await _compare(conn, worlds.draw(rnd), rnd, f"seed {seed}, world {number}")
            await undo.rollback()


async def _compare(conn: Connection, world: World, rnd: random.Random, name: str) -> None:
    await worlds.write(conn, world)
    names = [one.id for one in world.records.roles]
    some = rnd.sample(names, rnd.randint(0, len(names)))
    asked: list[tuple[date, list[str] | None, int | None]] = [
        (TODAY, None, None),
        (TODAY, some, None),
        (TODAY, None, rnd.randint(0, 3)),
        (days(rnd.choice([-1, 1, 6, 7])), None, None),
    ]
    for today, roles, most in asked:
        plan = await planning.plan(conn, world.rules, today, roles=roles, max_roles=most)
        assert told(plan) == world.expected(today, roles, most), f"{name}: {today} {roles} {most}"
        assert [one.role_id for one in plan.passed_over] == sorted(one.role_id for one in plan.passed_over)


async def test_planning_changes_nothing(pool: Pool) -> None:
    async with pool.acquire() as conn:
        await worlds.write(conn, worlds.draw(random.Random(7)))
        before = await _everything(conn)
        async with conn.transaction(isolation="repeatable_read", readonly=True):
            await planning.plan(conn, RULES, TODAY)
            await planning.plan(conn, RULES, days(30))
        assert await _everything(conn) == before


async def _everything(conn: Connection) -> dict[str, list[Any]]:
    tables = await conn.fetch("select tablename from pg_tables where schemaname = 'public' order by 1")
    return {row["tablename"]: await conn.fetch(f"select * from {row['tablename']}") for row in tables}

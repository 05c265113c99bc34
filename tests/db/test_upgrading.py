"""A database that was filled before the people's side is brought up to date: nothing lost, everything right.

`at_0006.sql` is what such a database held: revision 0006, filled by that revision's own code with a thread in
every state, and with everything held. Migrations that have landed never change, so its schema is theirs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from db import migrate
from db.pool import Pool, open_pool
from desk import analytics, candidates, companies, cycles, figures, preview, received, runs, steering, today
from desk.office import Office
from domain.analytics import Period
from domain.cycles import Filters
from domain.letters import STAGES
from domain.rules import Rules
from tests.cast import NOW, TODAY, days
from tests.db import invariants
from tests.db.acts import Play
from tests.db.test_reopening import reopen

AT_0006 = Path(__file__).with_name("at_0006.sql")
DAY = timedelta(days=1)
COUNTED = {
    "outreach_cycle": "status, outcome, stage, held_reason",
    "candidate_outreach_history": "status",
    "outreach_log": "status, stage",
    "inbox": "status, kind, effect, attempts",
    "notice": "sent_at is null, given_up_at is null",
    "follow_up_task": "status, stage",
    "cycle_event": "kind",
    "outreach_run": "planned, started",
    "suppressed_address": "reason",
    "email_limiter": "used",
    "candidate_bio": "text",
    "mailbox_position": "last_uid",
    "control": "hold_all, token_key",
}
STANDING = "select * from role_standing($1, $2, 21, $3, '{}') order by role_id"
LIVE = "select * from live_pitches($1, $2, 21) order by 1, 2"

Rows = list[dict[str, Any]]


async def _read(pool: Any, query: str, *values: Any) -> Rows:
    return [dict(row) for row in await pool.fetch(query, *values)]


async def _counts(conn: Any) -> dict[str, Counter[tuple[Any, ...]]]:
    """Counts every table's rows by what they say."""
    return {
        table: Counter(tuple(row) for row in await conn.fetch(f"select {said} from {table}"))
        for table, said in COUNTED.items()
    }


async def _standings(conn: Any) -> list[Rows]:
    """Asks R1 and the live pitches as of several days, in several zones."""
    return [
        await _read(conn, query, days(later), zone, *rest)
        for later in (0, 1, 6, 7, 20, 21, 22, 23, 29, 30, 31, 120, 160)
        for zone in ("UTC", "Pacific/Kiritimati", "America/Los_Angeles")
        for query, *rest in ((STANDING, 0), (STANDING, 7), (LIVE,))
    ]


@pytest.fixture
async def old_url(empty_url: str) -> str:
    """The old database, as it was left."""
    connection = await asyncpg.connect(empty_url)
    for path in sorted(migrate.MIGRATIONS.glob("000[1-6]_*.sql")):
        await connection.execute(path.read_text("utf-8"))
    await connection.execute(
        "create table alembic_version (version_num varchar(32) constraint alembic_version_pkc primary key)"
    )
    await connection.execute(AT_0006.read_text("utf-8"))
    await connection.close()
    return empty_url


@pytest.fixture
async def old(old_url: str) -> AsyncIterator[Pool]:
    """A pool on the old database, brought up to date."""
    await migrate.upgrade(old_url)
    pool = await open_pool(old_url)
    yield pool
    await invariants.check(pool)
    await pool.close()


@pytest.fixture
def office(old: Pool) -> Office:
    """A desk on it, without Temporal."""
    return Office(old, Rules())


async def test_no_row_is_lost_and_none_says_anything_else(old_url: str) -> None:
    connection = await asyncpg.connect(old_url)
    before = await _counts(connection)
    assert {row[0] for row in before["outreach_cycle"]} == {"waiting", "active", "held", "closed"}
    await connection.close()
    await migrate.upgrade(old_url)
    connection = await asyncpg.connect(old_url)
    assert await _counts(connection) == before
    await connection.close()


async def _read_pattern(url: str, query: str) -> Rows:
    """Reads the new database that tests copy, and leaves it at once: nobody can copy it meanwhile."""
    connection = await asyncpg.connect(url, database="pattern")
    try:
        return await _read(connection, query)
    finally:
        await connection.close()


async def test_the_schema_is_that_of_a_new_database(old: Pool, old_url: str) -> None:
    for query in (
        "select table_name, column_name, data_type, is_nullable, column_default, collation_name"
        " from information_schema.columns where table_schema = 'public' order by 1, 2",
        "select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1",
        "select conrelid::regclass::text as of, conname, pg_get_constraintdef(oid) as said from pg_constraint"
        " where connamespace = 'public'::regnamespace order by 1, 2",
        "select viewname, definition from pg_views where schemaname = 'public' order by 1",
        "select proname, pg_get_functiondef(oid) as said from pg_proc"
        " where pronamespace = 'public'::regnamespace order by 1",
    ):
        assert await _read(old, query) == await _read_pattern(old_url, query)


async def test_every_role_and_every_pitch_stands_as_before(old_url: str) -> None:
    """R1 and the live pitches are asked of the old functions, then of the new ones."""
    connection = await asyncpg.connect(old_url)
    before = await _standings(connection)
    await connection.close()
    await migrate.upgrade(old_url)
    connection = await asyncpg.connect(old_url)
    assert await _standings(connection) == before
    await connection.close()
    assert {row["reason"] for rows in before for row in rows if "reason" in row} >= {
        *(None, "company_suppressed", "no_partner_contact", "stopped", "open_cycle", "awaiting_outcome"),
        "resting",
    }


async def test_a_threads_row_knows_when_it_began_with_what_and_what_was_answered(old: Pool) -> None:
    emails = defaultdict(list)
    for row in await _read(old, "select * from outreach_log order by id"):
        emails[row["cycle_id"]].append(row)
    rows = await _read(old, "select * from outreach_cycle")
    for row in rows:
        first, *_ = emails[row["id"]] or [None]
        answered = row["responded_at"]
        began = first and (first["sent_at"] or (answered and first["uncertain_at"]))
        heard = [
            one["stage"]
            for one in emails[row["id"]]
            if answered and one["sent_at"] and one["sent_at"] <= answered
        ]
        expected = (
            began or None,
            first["variant"] if began else None,
            [*heard, "initial"][max(len(heard) - 1, 0)] if answered else None,
        )
        assert (row["begun_at"], row["variant"], row["answered_stage"]) == expected, row["id"]
    assert {row["answered_stage"] for row in rows} == {None, *STAGES}
    assert not [row["id"] for row in rows if row["stage"] and not row["begun_at"]]


async def test_nobody_was_dropped_nothing_waits_for_approval_and_no_suppression_was_taken_back(
    old: Pool,
) -> None:
    assert await old.fetchval("select count(*) from candidate_outreach_history where dropped") == 0
    assert await old.fetchval("select count(*) from draft") == 0
    assert await old.fetchval("select count(*) from suppressed_company where lifted_at is null") == 1


async def test_what_stands_is_every_open_thread_and_whose_candidates_have_not_moved_on(old: Pool) -> None:
    moves = ("no_response", "undeliverable", "not_admitted", "role_closed")
    expected = {}
    for row in await _read(old, "select * from outreach_cycle"):
        unsettled = [
            one
            for one in await _read(
                old, "select * from outreach_log where cycle_id = $1 order by id", row["id"]
            )
            if one["status"] in ("sending", "uncertain")
        ]
        if row["status"] == "closed" and (row["moved_on_at"] or row["outcome"] not in moves):
            continue
        times = {
            "closed": [row["closed_at"]],
            "held": [row["held_until"], row["next_action_at"]],
            "waiting": [row["wait_until"]],
            "active": [*(one["in_flight_since"] for one in unsettled[-1:]), row["next_action_at"]],
        }[row["status"]]
        at = next(filter(None, [*times, row["created_at"]]))
        expected[row["id"]] = (at, unsettled[-1]["status"] if unsettled else None)
    found = await _read(old, "select * from standing_cycle")
    assert {row["cycle_id"]: (row["at"], row["email_status"]) for row in found} == expected
    assert {row["status"] for row in found} == {"waiting", "active", "held", "closed"}


async def test_analytics_count_what_the_e_mails_say(office: Office) -> None:
    found = await analytics.analytics(office, NOW + 30 * DAY, Period())
    begun = await office.pool.fetchval(
        "select count(distinct y.id) from outreach_cycle y join outreach_log l on l.cycle_id = y.id"
        " where l.sent_at is not null or (l.uncertain_at is not null and y.responded_at is not null)"
    )
    answered = await office.pool.fetchval(
        "select count(*) from outreach_cycle where responded_at is not null"
    )
    assert (found.threads, found.replies) == (begun, answered)
    assert sum(stage.replies for stage in found.stages) == answered


async def test_every_list_and_record_can_be_read(office: Office) -> None:
    now = NOW + DAY
    every = {row["id"] for row in await office.pool.fetch("select id from outreach_cycle")}
    listed = await cycles.cycles(office, now, Filters(), most=100)
    assert {line.id for line in listed.cycles} == every
    for cycle in every:
        dossier = await figures.show(office, cycle)
        assert dossier.pitches and dossier.events
    for line in (await candidates.candidates(office, now, most=100)).candidates[:40]:
        assert (await candidates.candidate(office, now, line.id)).id == line.id
    for firm in (await companies.companies(office, now, most=100)).companies:
        assert (await companies.company(office, now, firm.id)).id == firm.id
    for run in (await runs.runs(office, now, most=100)).runs:
        assert (await runs.run(office, now, run.id)).id == run.id
    assert (await received.post(office, now)).unmatched == 2, "a stranger's, and one that could not be read"


async def test_the_day_and_what_is_pending_say_that_everything_is_held(office: Office) -> None:
    day = await today.today(office, NOW + 3 * DAY)
    page = await figures.pending_page(office, NOW + 3 * DAY, most=100)
    assert day.hold_all and page.hold_all
    assert len(page.pending) == await office.pool.fetchval("select count(*) from standing_cycle")
    assert day.key.waiting == 3 and day.key.attention > 7
    assert (await figures.status(office, NOW + 3 * DAY)).cycles["held"] == 7


async def test_a_run_plans_and_books_what_it_shows(office: Office) -> None:
    now = NOW + 7 * DAY
    shown = (await preview.look_ahead(office.pool, office.rules, TODAY + 7 * DAY)).dry_run
    counts = await Play(office.pool, now=now).run("run-after")
    assert counts.planned == len(shown.planned) > 0
    booked = await _read(
        office.pool,
        "select role_id from outreach_cycle where 'run-after' in (run_id, admitted_run_id) order by role_id",
    )
    assert [row["role_id"] for row in booked] == sorted(one.role_id for one in shown.planned)


async def test_a_due_letter_goes_out_once_everything_is_released(office: Office) -> None:
    cycle = await office.pool.fetchval("select id from outreach_cycle where role_id = 'r-due'")
    begun = await office.pool.fetchval("select begun_at from outreach_cycle where id = $1", cycle)
    await steering.release_all(office, NOW)
    play = Play(office.pool)
    await play.send(cycle, "follow_up_1")
    row = await play.cycle(cycle)
    assert (row["stage"], row["begun_at"]) == ("follow_up_1", begun)
    await play.reply(cycle)
    assert (await play.cycle(cycle))["answered_stage"] == "follow_up_1"


async def test_an_old_answer_can_be_taken_back_and_given_anew(office: Office) -> None:
    cycle = await office.pool.fetchval("select id from outreach_cycle where role_id = 'r-held_answered'")
    play = Play(office.pool, now=NOW + 3 * DAY)
    assert (await play.cycle(cycle))["answered_stage"] == "follow_up_1"
    await reopen(play, cycle)
    row = await play.cycle(cycle)
    assert (row["status"], row["held_reason"], row["answered_stage"]) == ("held", "person", None)

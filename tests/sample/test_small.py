"""The small set loads on any day and gives a demo something of everything to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest_asyncio

from db import bookings, planning
from db.pool import Connection, connect
from db.records import Count, load
from domain.rules import Rules
from domain.urgency import is_urgent
from sample import small

TODAY = date(2026, 6, 1)


@pytest_asyncio.fixture
async def connection(database_url: str, tmp_path: Path) -> AsyncIterator[Connection]:
    """A database that holds the small set as of `TODAY`."""
    small.write(tmp_path / "new" / "folder", TODAY)
    connection = await connect(database_url)
    loaded = await load(connection, tmp_path / "new" / "folder")
    assert (loaded.bad.total, loaded.ignored_columns) == (0, {})
    assert loaded.counts["company"] == Count(13, 0, 0)
    assert (loaded.counts["role"].inserted, loaded.counts["candidate"].inserted) == (24, 40)
    yield connection
    await connection.close()


async def test_a_first_run_meets_every_kind_of_answer(connection: Connection) -> None:
    plan = await planning.plan(connection, Rules(), TODAY)
    assert Counter(one.urgent for one in plan.planned) == {True: 7, False: 9}
    assert {len(one.candidates) for one in plan.planned} == {3}
    assert Counter(one.reason for one in plan.passed_over) == {
        "weekly_limit": 4,
        "no_partner_contact": 2,
        "company_suppressed": 1,
    }


async def test_some_companies_keep_a_slot_for_next_roles(connection: Connection) -> None:
    async with connection.transaction():
        await bookings.book_run(connection, Rules(), "run-1", datetime(2026, 6, 1, 9, tzinfo=UTC))
    left = await connection.fetch(
        "select company_id from email_limiter where weekly_limit > used order by company_id"
    )
    assert [row["company_id"] for row in left] == ["civica", "harbour", "quanta"]


async def test_one_company_leans_on_the_default_specialist(connection: Connection) -> None:
    faces = await planning.faces(connection, ["solace", "sakura"])
    assert faces["solace"].sender == "maya.lindqvist@beyond-academy.example"
    assert faces["sakura"].recipients == ("internships@sakura.example", "haruka.ishikawa@sakura.example")


async def test_the_same_people_are_urgent_whenever_it_is_loaded(tmp_path: Path) -> None:
    def urgent(today: date) -> list[str]:
        small.write(tmp_path, today)
        rows = [line.split(",") for line in (tmp_path / "candidates.csv").read_text().splitlines()]
        return [
            row[0]
            for row in rows
            if row[0].startswith("c") and len(row) > 4 and row[-1] == "available" and _is_urgent(row, today)
        ]

    assert urgent(TODAY) == urgent(TODAY + timedelta(days=1000)) == ["c02", "c05", "c09", "c28", "c38"]


def _is_urgent(row: list[str], today: date) -> bool:
    return is_urgent(visa_required=row[-4] == "yes", start_date=date.fromisoformat(row[-3]), today=today)


def test_no_address_of_it_could_reach_anybody() -> None:
    for name in ("specialists.csv", "contacts.csv", "candidates.csv"):
        text = (small.TABLES / name).read_text(encoding="utf-8")
        domains = [word.split(",")[0] for word in text.split("@")[1:]]
        assert domains
        assert all(domain.endswith(".example") for domain in domains)

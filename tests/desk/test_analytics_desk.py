"""What the desk answers about what works, and how long it keeps an answer."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from db.pool import Pool
from desk import analytics
from desk.office import Office
from domain import errors
from domain.analytics import Period, period
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import HOUR, RULES, book, do, send

EVER = Period()


@pytest.fixture
async def office(pool: Pool) -> Office:
    """A desk on the named cast, whose first cycle has begun."""
    await fill(pool)
    first, *_ = await book(pool)
    await send(pool, first)
    return Office(pool, RULES)


async def test_a_period_takes_the_threads_that_began_on_its_days(office: Office) -> None:
    day = NOW.date()
    for since, until, threads in (
        (day, day, 1),
        (None, day, 1),
        (day, None, 1),
        (None, day - timedelta(days=1), 0),
        (day + timedelta(days=1), None, 0),
    ):
        assert (await analytics.analytics(office, NOW, period(since, until))).threads == threads


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2026, 6, 2), date(2026, 6, 1), "ends before it begins"),
        (date(1, 1, 1), None, "not a day between 2000-01-01"),
        (None, date(9999, 12, 31), "not a day between"),
    ],
)
def test_a_period_that_no_day_is_in_is_refused_in_words(
    since: date | None, until: date | None, words: str
) -> None:
    with pytest.raises(errors.Refused, match=words):
        period(since, until)


async def test_an_answer_is_kept_until_something_happens(office: Office) -> None:
    lately = analytics.Lately()
    first = await lately.analytics(office, NOW, EVER)
    assert await lately.analytics(office, NOW + timedelta(seconds=5), EVER) is first
    assert await lately.analytics(office, NOW, period(NOW.date(), None)) is not first
    second, *_ = [
        row["id"] for row in await office.pool.fetch("select id from outreach_cycle where stage is null")
    ]
    await send(office.pool, second)
    assert (await lately.analytics(office, NOW, EVER)).threads == 2


async def test_what_time_alone_changes_is_half_a_minute_old_at_most(office: Office) -> None:
    lately = analytics.Lately()
    first = await lately.analytics(office, NOW, EVER)
    assert (await lately.analytics(office, NOW + timedelta(seconds=31), EVER)) is not first
    before_midnight = NOW.replace(hour=23, minute=59, second=59)
    late = await lately.analytics(office, before_midnight, EVER)
    assert (await lately.analytics(office, before_midnight + timedelta(seconds=2), EVER)) is not late


async def test_it_keeps_a_few_periods_alone(office: Office) -> None:
    lately = analytics.Lately()
    for days in range(analytics.Lately.PERIODS + 5):
        await lately.analytics(office, NOW, period(NOW.date() - timedelta(days=days), None))
    assert len(lately._kept) == analytics.Lately.PERIODS


async def test_a_download_holds_every_count_and_runs_nothing(office: Office) -> None:
    await do(office.pool, "update company set name = '=cmd|'' /C calc''!A0'")
    text = await analytics.csv(office, NOW + HOUR, EVER)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["section"] for row in rows} == {"emails", "reply_rate", "funnel", "coverage"}
    by = {(row["section"], row["group"], row["id"]): row for row in rows}
    initial = by["reply_rate", "stage", "initial"]
    assert (initial["name"], initial["count"], initial["of"], initial["small"]) == (
        "First e-mail",
        "0",
        "1",
        "yes",
    )
    assert by["funnel", "pitches", "placed"]["of"] == by["funnel", "pitches", "pitched"]["count"]
    named = [row["name"] for row in rows if row["group"] == "company"]
    assert named and all(name.startswith("'=") for name in named)

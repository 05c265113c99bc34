"""R5, R16: local days and weeks around midnight, daylight saving and New Year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import calendar
from domain.rules import Rules

ZONES = (
    "UTC",
    "Europe/London",
    "America/New_York",
    "Pacific/Kiritimati",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
)
INSTANTS = st.integers(0, 15 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        (datetime(2026, 6, 1, 6, 59, tzinfo=UTC), "America/Los_Angeles", date(2026, 5, 31)),
        (datetime(2026, 6, 1, 7, 0, tzinfo=UTC), "America/Los_Angeles", date(2026, 6, 1)),
        (datetime(2026, 5, 31, 10, 0, tzinfo=UTC), "Pacific/Kiritimati", date(2026, 6, 1)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "Europe/London", date(2026, 3, 29)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), "Europe/London", date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 59, tzinfo=UTC), "Europe/London", date(2026, 10, 25)),
    ],
)
def test_a_local_day_ends_at_local_midnight(now: datetime, zone: str, expected: date) -> None:
    assert calendar.local_date(now, ZoneInfo(zone)) == expected


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2026, 6, 1), date(2026, 6, 1)),
        (date(2026, 6, 7), date(2026, 6, 1)),
        (date(2026, 6, 8), date(2026, 6, 8)),
        (date(2027, 1, 1), date(2026, 12, 28)),
    ],
)
def test_a_week_runs_from_monday_to_sunday(day: date, monday: date) -> None:
    assert calendar.week_start(day) == monday


def test_the_week_turns_at_the_organisations_midnight() -> None:
    rules = Rules(zone=ZoneInfo("America/New_York"))
    sunday_night = datetime(2026, 6, 8, 3, 59, tzinfo=UTC)
    assert rules.week(sunday_night) == date(2026, 6, 1)
    assert rules.week(sunday_night + timedelta(minutes=1)) == date(2026, 6, 8)


@pytest.mark.parametrize(
    ("began", "expected"),
    [
        # The clocks go forward on 29 March and back on 25 October 2026.
        (datetime(2026, 3, 28, 9, 0, tzinfo=UTC), datetime(2026, 4, 11, 8, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 8, 0, tzinfo=UTC), datetime(2026, 11, 7, 9, 0, tzinfo=UTC)),
        # 01:30 does not exist in London on 29 March.
        (datetime(2026, 3, 15, 1, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_wait_counts_local_days_whatever_the_clocks_do(began: datetime, expected: datetime) -> None:
    assert calendar.end_of_wait(began, 14, ZoneInfo("Europe/London")) == expected


def test_a_wait_for_a_slot_counts_the_organisations_days() -> None:
    before_the_clocks_change = datetime(2026, 3, 28, 9, 0, tzinfo=UTC)
    rules = Rules(zone=ZoneInfo("Europe/London"), max_wait_days=2)
    assert rules.end_of_wait(before_the_clocks_change) == datetime(2026, 3, 30, 8, 0, tzinfo=UTC)


@given(INSTANTS, st.integers(1, 60), st.sampled_from(ZONES))
def test_a_wait_ends_on_the_local_day_it_should(now: datetime, length: int, zone: str) -> None:
    there = ZoneInfo(zone)
    end = calendar.end_of_wait(now, length, there)
    assert calendar.local_date(end, there) == calendar.local_date(now, there) + timedelta(days=length)
    assert abs(end - now - timedelta(days=length)) <= timedelta(hours=1)


@given(INSTANTS, st.sampled_from(ZONES))
def test_every_instant_lies_in_its_own_week(now: datetime, zone: str) -> None:
    rules = Rules(zone=ZoneInfo(zone))
    assert rules.week(now).weekday() == 0
    assert 0 <= (rules.today(now) - rules.week(now)).days < 7

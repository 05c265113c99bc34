"""R3 at its boundaries."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.planning import Ranked, urgent
from domain.rules import Rules
from domain.urgency import days_to_start, is_urgent
from tests.cast import TODAY, days


@pytest.mark.parametrize(
    ("visa", "away", "expected"),
    [
        (True, 119, True),
        (True, 120, False),
        (True, 0, True),
        (False, 59, True),
        (False, 60, False),
        (False, 119, False),
    ],
)
def test_urgent_is_fewer_than_120_days_with_a_visa_and_60_without(
    visa: bool, away: int, expected: bool
) -> None:
    assert is_urgent(visa_required=visa, start_date=days(away), today=TODAY) is expected


@given(st.booleans(), st.integers(-400, 400))
def test_urgency_only_grows_as_the_start_comes_nearer(visa: bool, away: int) -> None:
    now = is_urgent(visa_required=visa, start_date=days(away), today=TODAY)
    tomorrow = is_urgent(visa_required=visa, start_date=days(away), today=days(1))
    assert tomorrow or not now
    assert is_urgent(visa_required=True, start_date=days(away), today=TODAY) or not now


def test_the_days_to_start_are_the_organisations() -> None:
    """At 23:30 in Los Angeles it is already tomorrow in UTC: one day less would be urgent too early."""
    now = datetime(2026, 6, 2, 6, 30, tzinfo=UTC)
    here, there = Rules(zone=ZoneInfo("America/Los_Angeles")), Rules()
    assert days_to_start(days(60), here.today(now)) == 60
    assert days_to_start(days(60), there.today(now)) == 59


def test_one_urgent_candidate_makes_a_cycle_urgent() -> None:
    calm, pressed = Ranked("ada", 0.9, days(60), False), Ranked("dara", 0.1, days(119), True)
    assert urgent([calm, pressed], TODAY)
    assert not urgent([calm], TODAY)
    assert not urgent([], TODAY)

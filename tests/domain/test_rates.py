"""Rates and curves: against what others have published, and against the plainest way to count."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rates import POINTS, Ended, rate, survival

THREADS = st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=40)


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),  # Newcombe (1998), method 3
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_the_published_one(count: int, of: int, low: float, high: float) -> None:
    found = rate(count, of)
    assert found.rate == count / of
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_rate_lies_in_its_interval_and_under_ten_is_small(count: int, more: int) -> None:
    found = rate(count, count + more)
    if count + more == 0:
        assert (found.rate, found.low, found.high) == (None, None, None)
    else:
        assert found.rate is not None and found.low is not None and found.high is not None
        assert 0 <= found.low <= found.rate <= found.high <= 1
    assert found.small == (count + more < 10)


def test_the_curve_is_the_textbooks() -> None:
    """Freireich's 6-MP arm (1963): S(6) = 0.857, S(10) = 0.753, S(23) = 0.448, Greenwood's error 0.135."""
    relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    found = survival(
        [*(Ended(one, True, 1) for one in relapsed), *(Ended(one, False, 1) for one in censored)], 1.0, 9
    )
    left = {point.hours: 1 - point.answered for point in found.points}
    expected = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert left == pytest.approx(expected, abs=5e-4)
    assert [point.at_risk for point in found.points] == [21, 17, 15, 12, 11, 7, 6]
    last = found.points[-1]
    assert (1 - last.high, 1 - last.low) == (pytest.approx(0.188, abs=2e-3), pytest.approx(0.680, abs=2e-3))
    assert [point.small for point in found.points] == [False, False, False, False, False, True, True]


@given(THREADS)
def test_the_curve_is_the_product_over_everybody_at_risk(threads: list[tuple[int, bool]]) -> None:
    found = survival((Ended(within, answered, 1) for within, answered in threads), 0.5, 99)
    for point in found.points:
        left = 1.0
        for time in sorted({within for within, answered in threads if answered}):
            if time * 0.5 <= point.hours:
                here = sum(one == (time, True) for one in threads)
                left *= 1 - here / sum(within >= time for within, _ in threads)
        assert point.answered == pytest.approx(1 - left)
        assert 0 <= point.low <= point.answered + 1e-12 and point.answered <= point.high + 1e-12
    answers = sorted(within for within, answered in threads if answered)
    assert [point.hours for point in found.points] == sorted({one * 0.5 for one in answers})
    assert (found.threads, found.replies, found.late_replies) == (
        len(threads),
        len(answers),
        99 - len(answers),
    )
    assert found.median_hours == (answers[(len(answers) - 1) // 2] * 0.5 if answers else None)


def test_a_long_curve_keeps_its_end_and_is_short_enough_to_draw() -> None:
    found = survival((Ended(within, True, 1) for within in range(1000)), 1.0, 1000)
    assert len(found.points) <= POINTS
    assert found.points[-1].hours == 999
    assert found.points[-1].answered == 1
    assert all(-inf < point.low <= point.high < inf for point in found.points)

"""Rates and times with their uncertainty: Wilson's interval, Kaplan and Meier's curve. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log, sqrt
from typing import NamedTuple

from domain.letters import Model

Z = 1.959963984540054
"""Both sides of 95 % of a normal distribution."""
SMALL = 10
"""Below so many a rate is hardly one, and is shown as such."""
POINTS = 240
"""Points of a curve; more cannot be told apart on a page."""


class Rate(Model):
    """A share from 0 to 1 with its 95 % interval; all None where there is nothing to divide by."""

    rate: float | None
    low: float | None
    high: float | None
    small: bool
    """Fewer than ten to divide by: the interval says how little that tells."""


class Point(Model):
    """The share of threads answered within some hours of their first e-mail, with its 95 % interval."""

    hours: float
    answered: float
    low: float
    high: float
    at_risk: int
    """Threads without an answer and still observed just before."""
    small: bool


class Survival(Model):
    """Time from the first e-mail to the reply: one minus the Kaplan-Meier estimate over threads.

    An open thread is censored at the instant of asking, one closed without a reply at its close. A reply
    after the close is late: it counts in every rate, and here its thread is censored at the close.
    """

    threads: int
    replies: int
    late_replies: int
    median_hours: float | None
    """Half of the replies that came in time came within these."""
    points: tuple[Point, ...]
    """One for each time at which replies came; between two the share stays."""


class Ended(NamedTuple):
    """How many threads were observed for so many steps, and whether an answer or censoring ended that."""

    within: int
    answered: bool
    threads: int


def rate(count: int, of: int) -> Rate:
    """Divides, with Wilson's score interval (1927) at 95 %."""
    if of == 0:
        return Rate(rate=None, low=None, high=None, small=True)
    share, z2 = count / of, Z * Z
    centre = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    low = 0.0 if count == 0 else max(0.0, centre - half)
    high = 1.0 if count == of else min(1.0, centre + half)
    return Rate(rate=share, low=low, high=high, small=of < SMALL)


def survival(ended: Iterable[Ended], hours: float, replies: int) -> Survival:
    """Estimates the curve from threads counted by steps of some hours; `replies` counts late ones too.

    At one time answers come before censoring. The interval is Greenwood's, on the log-log scale, which
    keeps it between 0 and 1.
    """
    times: dict[int, tuple[int, int]] = {}
    for one in ended:
        answers, censored = times.get(one.within, (0, 0))
        more = (one.threads, 0) if one.answered else (0, one.threads)
        times[one.within] = (answers + more[0], censored + more[1])
    threads = at_risk = sum(map(sum, times.values()))
    points, left, spread = [], 1.0, 0.0
    for within in sorted(times):
        answers, censored = times[within]
        if answers:
            left *= 1 - answers / at_risk
            if answers < at_risk:
                spread += answers / (at_risk * (at_risk - answers))
            points.append(_point(within * hours, left, spread, at_risk))
        at_risk -= answers + censored
    in_time = {within: answers for within, (answers, _) in sorted(times.items())}
    heard = sum(in_time.values())
    return Survival(
        threads=threads,
        replies=heard,
        late_replies=replies - heard,
        median_hours=_median(in_time, heard, hours),
        points=_thinned(points),
    )


def _point(hours: float, left: float, spread: float, at_risk: int) -> Point:
    low, high = left, left
    if 0 < left < 1:
        shift = Z * sqrt(spread) / -log(left)
        low, high = left ** exp(shift), left ** exp(-shift)
    return Point(
        hours=hours,
        answered=1 - left,
        low=1 - high,
        high=1 - low,
        at_risk=at_risk,
        small=at_risk < SMALL,
    )


def _median(answers: dict[int, int], total: int, hours: float) -> float | None:
    seen = 0
    for within, count in answers.items():
        seen += count
        if count and 2 * seen >= total:
            return within * hours
    return None


def _thinned(points: list[Point]) -> tuple[Point, ...]:
    every = -(-len(points) // POINTS) or 1
    return tuple(point for place, point in enumerate(reversed(points)) if place % every == 0)[::-1]

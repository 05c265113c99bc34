"""Analytics as one tidy table: a line a count, whatever it counts, so that one filter finds it."""

from __future__ import annotations

from collections.abc import Iterator

from domain.analytics import Analytics, Groups
from domain.letters import STAGE_NAMES
from domain.rates import Rate
from domain.spreadsheets import Cell

HEADER = ("section", "group", "id", "name", "count", "of", "rate", "low", "high", "small")
"""`count` of `of` is `rate`; `low` and `high` are its 95 % interval.

| section | group | a line is |
|---|---|---|
| `emails` | | the e-mails that servers accepted |
| `reply_rate` | `all` | replies of threads |
| `reply_rate` | `stage` | replies at a stage, of the threads still at risk there |
| `reply_rate` | `company`, `industry`, `role`, … | replies of a group's threads |
| `time_to_reply` | `hours` | the share answered within `id` hours; `of` are those still at risk |
| `funnel` | `pitches`, `candidates` | how many came so far; the rate is that of pitched pitches |
| `coverage` | `available`, `urgent` | candidates with a live pitch |
| `uncovered` | `urgent` | a candidate without one; `count` is the days to start |
"""

Line = tuple[Cell, ...]


def lines(found: Analytics) -> Iterator[Line]:
    """Writes analytics as lines under `HEADER`."""
    yield ("emails", "", "", "", found.emails, None, None, None, None, None)
    yield _rated("reply_rate", "all", "", "", found.replies, found.threads, found.reply_rate)
    for one in found.stages:
        name = STAGE_NAMES[one.stage]
        yield _rated("reply_rate", "stage", one.stage, name, one.replies, one.at_risk, one.reply_rate)
    for dimension in type(found.by).model_fields:
        groups: Groups = getattr(found.by, dimension)
        for each in groups.groups:
            yield _rated(
                "reply_rate", dimension, each.id, each.name, each.replies, each.threads, each.reply_rate
            )
    yield from _times(found)
    yield from _funnel(found)
    yield from _coverage(found)


def _times(found: Analytics) -> Iterator[Line]:
    for point in found.time_to_reply.points:
        share = (point.answered, point.low, point.high, point.small)
        yield ("time_to_reply", "hours", point.hours, "", None, point.at_risk, *share)


def _funnel(found: Analytics) -> Iterator[Line]:
    for step in found.funnel:
        pitched = found.funnel[0].pitches
        yield _rated("funnel", "pitches", step.step, "", step.pitches, pitched, step.rate)
    for step in found.funnel:
        yield ("funnel", "candidates", step.step, "", step.candidates, None, None, None, None, None)


def _coverage(found: Analytics) -> Iterator[Line]:
    momentum = found.momentum
    for name, one in (("available", momentum.available), ("urgent", momentum.urgent)):
        yield _rated("coverage", name, "", "", one.covered, one.candidates, one.rate)
    for who in momentum.uncovered:
        days = who.days_to_start
        yield ("uncovered", "urgent", who.candidate_id, who.name, days, None, None, None, None, None)


def _rated(section: str, group: str, id: str, name: str, count: int, of: int, rate: Rate) -> Line:
    return (section, group, id, name, count, of, rate.rate, rate.low, rate.high, rate.small)

"""What works, as a page: rates with their intervals, who is covered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from console import words
from console.output import grid, heading, inset
from console.words import Clock, count
from domain.analytics import Analytics, Groups, Momentum, Period
from domain.rates import Rate, Survival

LARGEST = 5
"""Groups of one kind that are shown; `--json` and `--csv` have more."""
_HURRIED = 8
_KINDS: Mapping[str, str] = {"company": "Companies", "industry": "Industries", "role": "Roles"} | {
    "specialist": "Specialists",
    "urgency": "Urgency",
    "generation": "Generations",
    "variant": "Variants",
}


def page(found: Analytics, clock: Clock) -> Iterator[RenderableType]:
    """Shows what works; what rests on under ten is dim."""
    yield heading("Analytics", f"{_days(found.period)}; {clock.at(found.at)}, {clock.zone.key}")
    yield inset(_summary(found))
    yield heading("Replies by stage", "of the threads that had no reply before")
    yield inset(_stages(found))
    for kind, name in _KINDS.items():
        groups: Groups = getattr(found.by, kind)
        if groups.total > 1:
            more = groups.total - min(LARGEST, len(groups.groups))
            yield heading(name, f"those with the most threads; {more:,} more" if more else "")
            yield inset(_groups(groups))
    yield heading("From pitch to placement")
    yield inset(_funnel(found))
    yield heading("Today", "candidates who can still be placed")
    yield inset(_momentum(found.momentum))
    if found.momentum.uncovered:
        left = found.momentum.urgent.candidates - found.momentum.urgent.covered
        yield heading("Urgent, without a live pitch", count(left, "candidate"))
        yield inset(_uncovered(found.momentum))


def _days(asked: Period) -> str:
    since, until = (day and words.day(day) for day in (asked.since, asked.until))
    if since and until:
        return f"threads begun {since} to {until}"
    if since or until:
        return f"threads begun from {since} on" if since else f"threads begun until {until}"
    return "all threads"


def _summary(found: Analytics) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_row("E-mails", f"{found.emails:,} in {count(found.threads, 'thread')}")
    share, between = _said(found.reply_rate)
    table.add_row("Replies", f"{found.replies:,}" + (f": {share} ({between})" if between else ""))
    table.add_row("Time to reply", _time(found.time_to_reply))
    return table


def _time(found: Survival) -> str:
    if found.median_hours is None:
        return "—"
    late = f"; {found.late_replies:,} came after the end" if found.late_replies else ""
    return f"half of the replies within {_length(found.median_hours)}{late}"


def _length(hours: float) -> str:
    for size, unit in ((48, "days"), (2, "h"), (1 / 30, "min")):
        if hours >= size:
            return f"{hours / {'days': 24, 'h': 1, 'min': 1 / 60}[unit]:.3g} {unit}"
    return f"{hours * 3600:.3g} s"


def _said(rate: Rate) -> tuple[str, str]:
    """Says a rate, and between what it lies (95 %)."""
    if rate.rate is None or rate.low is None or rate.high is None:
        return "—", ""
    return f"{rate.rate:.1%}", f"{rate.low:.1%} to {rate.high:.1%}"


def _row(table: Table, name: str, *cells: str, rate: Rate) -> None:
    table.add_row(words.line(name), *cells, *_said(rate), style="dim" if rate.small else "")


def _stages(found: Analytics) -> Table:
    table = grid("", ">E-mails", ">At risk", ">Replies", ">Rate", "95% interval")
    for one in found.stages:
        counts = (f"{one.emails:,}", f"{one.at_risk:,}", f"{one.replies:,}")
        _row(table, words.stage(one.stage), *counts, rate=one.reply_rate)
    return table


def _groups(groups: Groups) -> Table:
    table = grid("", ">Threads", ">Replies", ">Rate", "95% interval")
    for one in groups.groups[:LARGEST]:
        name = one.name or words.said(one.id) or "none"
        _row(table, name, f"{one.threads:,}", f"{one.replies:,}", rate=one.reply_rate)
    return table


def _funnel(found: Analytics) -> Table:
    table = grid("", ">Pitches", ">Candidates", ">Of pitched", "95% interval")
    for one in found.funnel:
        _row(table, one.step, f"{one.pitches:,}", f"{one.candidates:,}", rate=one.rate)
    return table


def _momentum(found: Momentum) -> Table:
    table = grid("", ">Candidates", ">With a live pitch", ">Share", "95% interval")
    for name, one in (("available", found.available), ("urgent of them", found.urgent)):
        _row(table, name, f"{one.candidates:,}", f"{one.covered:,}", rate=one.rate)
    return table


def _uncovered(found: Momentum) -> Table:
    table = grid("=Candidate", "Name", ">Days to start", "", ">Pitches so far")
    for one in found.uncovered[:_HURRIED]:
        visa = "needs a visa" if one.visa_required else ""
        cells = (words.line(one.name), f"{one.days_to_start}", visa, f"{one.pitches}")
        table.add_row(words.line(one.candidate_id), *cells)
    if len(found.uncovered) > _HURRIED:
        table.add_row(Text("…", style="dim"))
    return table

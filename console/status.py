"""The figures of `status`, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.columns import Columns
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from console import words
from console.output import grid, heading, inset
from console.words import Clock, count
from domain.figures import Figures
from domain.letters import STAGES

_STATUSES = ("waiting", "active", "held", "closed")
_EMAILS = ("sent", "sending", "uncertain", "failed", "skipped")


def page(found: Figures, clock: Clock) -> Iterator[RenderableType]:
    """Shows where outreach stands."""
    if found.hold_all:
        yield Text("Everything is held: nothing goes out until `release-all`.", style="bold yellow")
    yield heading("Outreach", f"{clock.at(found.at)}, {clock.zone.key}")
    yield inset(_summary(found, clock))
    yield heading("Cycles", _notes(found))
    counts = [_counts(found.cycles, _STATUSES), *([_counts(found.outcomes)] if found.outcomes else [])]
    yield inset(Columns(counts, padding=(0, 6)))
    yield heading("E-mails", _uncertain(found))
    yield inset(_emails(found))


def _summary(found: Figures, clock: Clock) -> Table:
    people, slots = found.candidates, found.slots
    table = Table.grid(padding=(0, 2, 0, 0))
    rate = (
        "" if found.reply_rate is None else f" of {count(found.threads, 'thread')} ({found.reply_rate:.0%})"
    )
    table.add_row("Replies", f"{found.replies:,}{rate}")
    week = words.day(slots.week_start)
    table.add_row("Slots", f"{slots.used:,} used and {slots.left:,} left in the week of {week}")
    table.add_row("Roles", f"{found.open_roles:,} open at {count(found.companies, 'company', 'companies')}")
    table.add_row("Candidates", _people(people.available, people.urgent))
    idle = _people(people.without_live_pitch, people.urgent_without_live_pitch)
    table.add_row("  without a live pitch", idle)
    table.add_row("Live pitches", f"{people.live_pitches:,}")
    table.add_row("Last run", _last_run(found, clock))
    return table


def _people(number: int, urgent: int) -> str:
    return f"{number:,}" + (f", {urgent:,} of them urgent" if urgent else "")


def _last_run(found: Figures, clock: Clock) -> str:
    run = found.last_run
    if run is None:
        return "none yet"
    going = "" if run.finished_at else "; still starting its cycles"
    counts = f"{run.planned:,} planned, {run.passed_over:,} passed over"
    return f"{clock.both(run.created_at)}: {counts}{going}\n{run.id}"


def _notes(found: Figures) -> str:
    urgent = f"{found.urgent_cycles:,} of the open ones urgent" if found.urgent_cycles else ""
    letters = count(found.approvals, "letter")
    waits = f"{letters} for approval: `approvals` shows them" if found.approvals else ""
    return "; ".join(filter(None, (urgent, waits)))


def _uncertain(found: Figures) -> str:
    return f"{found.uncertain:,} with an unknown end: `pending` names them" if found.uncertain else ""


def _counts(counts: Mapping[Any, int], always: tuple[str, ...] = ()) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    rest = sorted(set(counts) - set(always), key=lambda one: (-counts[one], one))
    for name in (*always, *rest):
        number = counts.get(name, 0)
        table.add_row(words.said(name), f"{number:,}", style="" if number else "dim")
    return table


def _emails(found: Figures) -> Table:
    table = grid("", *(f">{words.said(status)}" for status in _EMAILS))
    for stage in STAGES:
        counts = found.emails.get(stage, {})
        cells = [f"{counts[status]:,}" if status in counts else "·" for status in _EMAILS]
        table.add_row(words.stage(stage), *cells)
    return table

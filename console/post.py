"""What came in, as pages: a list, one message, a cycle's own (`inbox`, `show`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from console import words
from console.output import heading, inset
from console.words import Clock
from domain.received import Opened, Post, Received

_STYLES = {"human": "green", "bounce": "red", "complaint": "red", "unsubscribe": "yellow"}


def page(found: Post, clock: Clock) -> Iterator[RenderableType]:
    """Lists what came in, newest first."""
    if not found.messages:
        yield Text("Nothing came in.")
    for one in found.messages:
        yield from entry(one, clock)
    if found.more:
        yield Text("  … and older ones (--all)", style="dim")


def entry(one: Received, clock: Clock, *, place: bool = True) -> Iterator[RenderableType]:
    """Shows a message in three lines: what and from whom, its subject, where it belongs and what was done."""
    yield Text.assemble(
        (f"{one.id:>6}  ", "bold"),
        (one.called, _STYLES.get(one.kind or "", "")),
        f" from {_sender(one)}",
        (f"  {clock.at(one.received_at)}", "dim"),
    )
    if one.subject:
        yield inset(Text(words.line(one.subject)), 8)
    yield inset(Text("; ".join(_fate(one, place=place)), style="dim"), 8)


def _fate(one: Received, *, place: bool) -> Iterator[str]:
    """Says where a message belongs, how that is known, and what was done about it."""
    if one.status == "attached":
        yield f"{one.cycle_id} ({one.known_by})" if place else one.known_by
    yield from map(words.line, one.done_about)


def opened(one: Opened, clock: Clock) -> Iterator[RenderableType]:
    """Shows one message in full."""
    yield heading(f"Message {one.id}", one.called)
    yield inset(_facts(one, clock))
    if one.text:
        yield heading("In their own words" if one.kind == "human" else "What it says")
        yield inset(Text(words.plain(one.text)))
    if one.whole.strip() != one.text.strip():
        yield heading("The whole text")
        yield inset(Text(words.plain(one.whole)))


def _facts(one: Opened, clock: Clock) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    role = f"{one.title} at {one.company}" if one.title else ""
    rows = (
        ("From", _sender(one)),
        ("To", ", ".join(one.addressed_to)),
        ("Subject", one.subject),
        ("Came in", f"{clock.at(one.received_at)}, by {one.source}"),
        ("Cycle", one.cycle_id or ""),
        ("Role", role),
        ("What was done", "; ".join(_fate(one, place=False))),
    )
    for name, value in rows:
        if value:
            table.add_row(name, words.line(value))
    return table


def of_cycle(found: Iterable[Received], clock: Clock) -> Iterator[RenderableType]:
    """Lists what came in about one cycle, oldest first."""
    for one in found:
        yield from entry(one, clock, place=False)


def _sender(one: Received) -> str:
    address = words.line(one.sender)
    name = words.line(one.sender_name)
    if not address:
        return words.line(one.source)
    return f"{name} <{address}>" if name else address

"""Letters that wait for a person's word, as pages."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from console import words
from console.output import heading, inset
from console.words import Clock, count
from domain import drafts
from domain.drafts import Draft, Line, Waiting


def page(found: Waiting, clock: Clock) -> Iterator[RenderableType]:
    """Lists what waits, urgent first, then the oldest."""
    if not found.total:
        yield Text("No letter waits for approval.")
        return
    yield heading("Waiting for approval", count(found.total, "letter"), style="yellow")
    for one in found.drafts:
        urgent = ("  urgent", "bold magenta") if one.urgent else ""
        yield Text.assemble("  ", (str(one.id), "bold"), f"  {one.cycle_id}", urgent)
        yield inset(Text(_detail(one, clock), style="dim"), 6)
    if found.next is not None:
        yield Text(f"  … and more (--after {found.next})", style="dim")


def _detail(one: Line, clock: Clock) -> str:
    about = ", ".join(map(words.line, one.names))
    letter = f"{words.stage(one.stage)} to {words.line(one.company)} about {about}"
    detail = f"{letter}, waiting since {clock.at(one.created_at)}"
    return f"{detail}; {words.line(one.note)}" if one.note else detail


def letter(found: Draft, clock: Clock) -> Iterator[RenderableType]:
    """Shows a draft in full, exactly as it goes out."""
    yield heading(f"{words.stage(found.stage)} to {words.line(found.company)}", words.line(found.title))
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    people = zip(found.candidate_ids, map(words.line, found.names), strict=True)
    rows = {
        "Draft": f"{found.id}, mark {found.mark}",
        "State": words.line(drafts.decision(found, clock.zone)),
        "Cycle": found.cycle_id,
        "Why again": words.line(found.note),
        "About": ", ".join(f"{name} ({id})" for id, name in people),
        "From": found.sender,
        "To": ", ".join(found.recipients),
        "Subject": words.line(found.subject),
    }
    for name, value in rows.items():
        if value:
            table.add_row(name, value)
    yield inset(table)
    yield inset(Text(f"\n{words.plain(found.text)}"))

"""What came in, as pages: a list, one message, a cycle's own (`inbox`, `show`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from console import words
from console.output import heading, inset
from console.words import Clock
from domain.inbound import Effect, MatchedBy
from domain.received import Opened, Post, Received

_STYLES = {"human": "green", "bounce": "red", "complaint": "red", "unsubscribe": "yellow"}
_KINDS = {
    "human": "a reply",
    "auto_reply": "an automatic reply",
    "unsubscribe": "an opt-out",
    "other": "something else",
}
_PLACES: dict[MatchedBy, str] = {
    "token": "by the reply address that it was sent to",
    "references": "by the e-mail that it answers",
    "returned_message": "by the e-mail that it returns",
    "sender": "by its sender, who has one open thread",
    "person": "by a person",
}
_EFFECTS: dict[Effect, str] = {
    "": "nothing was done about it",
    "responded": "the thread stopped",
    "answered_before": "the thread had been answered already",
    "rests": "the next e-mail waits",
    "suppressed": "nobody writes there any more",
    "noted": "noted, nothing else follows",
    "refused": "no e-mail of the cycle had been accepted, so it answers none",
    "taken_back": "a person took it back: it was no answer",
}


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
    kind = _kind(one)
    yield Text.assemble(
        (f"{one.id:>6}  ", "bold"),
        (kind, _STYLES.get(one.kind or "", "")),
        f" from {_sender(one)}",
        (f"  {clock.at(one.received_at)}", "dim"),
    )
    if one.subject:
        yield inset(Text(words.line(one.subject)), 8)
    yield inset(Text("; ".join(_fate(one, place=place)), style="dim"), 8)


def _fate(one: Received, *, place: bool) -> Iterator[str]:
    """Says where a message belongs, how that is known, and what was done about it."""
    if one.status == "stored":
        yield f"not settled yet{f': {words.line(one.error)}' if one.error else ''}"
        return
    if one.status == "attached":
        known = _PLACES.get(one.matched_by, "") if one.matched_by else ""
        yield f"{one.cycle_id} ({known})" if place else known
    else:
        yield "set aside" if one.status == "set_aside" else "belongs to no cycle yet"
    if one.addresses or one.status == "attached":
        addresses = f" ({', '.join(map(words.line, one.addresses))})" if one.addresses else ""
        yield f"{_EFFECTS.get(one.effect, words.said(one.effect))}{addresses}"
    if not one.told:
        yield "workflows are still to be told"


def opened(one: Opened, clock: Clock) -> Iterator[RenderableType]:
    """Shows one message in full."""
    yield heading(f"Message {one.id}", _kind(one))
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


def _kind(one: Received) -> str:
    if one.kind is None:
        return "a message"
    return _KINDS.get(one.kind, f"a {words.said(one.kind)}")

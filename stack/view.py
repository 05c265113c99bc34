"""The demo's live view: every cycle, its thread, what comes next, and what just happened."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from domain import cadence
from domain.letters import STAGE_NAMES, STAGES
from domain.wording import count

_ENDINGS = {
    "responded": ("answered", "bold green"),
    "no_response": ("silent, moved on", "dim"),
    "undeliverable": ("undeliverable", "red"),
    "role_closed": ("role closed", "yellow"),
    "withdrawn": ("nobody left", "yellow"),
    "stopped": ("stopped", "yellow"),
    "not_admitted": ("never admitted", "dim"),
}

_HAPPENED = {
    "planned": "is planned",
    "waiting": "waits for a slot",
    "admitted": "is admitted to a slot",
    "sent": "{detail} went out",
    "responded": "a partner replied to {detail}",
    "closed": "closed: {detail}",
    "held": "is held: {detail}",
    "released": "goes on",
    "refused": "was refused",
    "uncertain": "handed over, end unknown",
    "draft_approved": "its letter is approved by {detail}",
    "draft_edited": "its letter is edited by {detail}",
    "draft_refused": "its letter is refused by {detail}",
    "candidate_dropped": "{detail}",
    "candidate_left": "{detail} left",
    "waits_on": "waits on: {detail}",
    "bounced": "an e-mail came back: {detail}",
    "opted_out": "a partner opted out",
    "delayed": "a delivery is delayed",
    "told": "{detail} is told",
    "not_told": "{detail} could not be told",
}


@dataclass(slots=True)
class View:
    """What the screen shows, from rows of the database; told the time by its caller."""

    title: str
    recent: deque[Text] = field(default_factory=lambda: deque(maxlen=7))
    cycles: Sequence[Any] = ()
    notes: list[str] = field(default_factory=list)
    emails: int = 0
    replies: int = 0

    def note(self, words: str) -> None:
        """Takes up something that happened to no single cycle."""
        self.notes.append(words)

    def happened(self, events: Iterable[Any]) -> list[Text]:
        """Takes new events up; returns them as lines."""
        lines = [Text(f"          {words}", "bold yellow") for words in self.notes]
        self.notes.clear()
        lines += [event_line(event) for event in events]
        self.recent.extend(lines)
        return lines

    def render(self, now: datetime, console: Console) -> RenderableType:
        """Draws one frame that fits the terminal."""
        room = max(6, console.height - len(self.recent) - 9)
        shown = self.cycles[:room]
        more = len(self.cycles) - len(shown)
        parts: list[RenderableType] = [self._head(), _table(shown, now)]
        if more:
            parts.append(Text(f"  … and {more} more that have ended", style="dim"))
        return Group(*parts, Text(), Text("Just now", style="bold"), *self.recent)

    def _head(self) -> Text:
        counts = {"active": 0, "waiting": 0, "held": 0, "closed": 0}
        for cycle in self.cycles:
            counts[cycle["status"]] += 1
        head = Text.assemble((f"{self.title}  ", "bold"))
        for word, style in (
            ("active", "cyan"),
            ("waiting", "yellow"),
            ("held", "magenta"),
            ("closed", "dim"),
        ):
            head.append(f"{counts[word]} {word}  ", style)
        said = (count(self.emails, "e-mail"), count(self.replies, "reply", "replies"))
        head.append("  ".join(said), "green")
        return head


def event_line(event: Any) -> Text:
    """Says in one line what happened to a cycle."""
    detail = STAGE_NAMES.get(event["detail"], event["detail"]).replace("_", " ")
    words = _HAPPENED.get(event["kind"], event["kind"]).format(detail=detail.lower())
    style = "green" if event["kind"] == "responded" else ""
    line = Text(f"{event['at']:%H:%M:%S}  ", style="dim")
    line.append(f"{event['title']} at {event['company']}", "bold" if style else "")
    line.append(f": {words}", style)
    return line


def _table(cycles: Sequence[Any], now: datetime) -> Table:
    table = Table(box=None, pad_edge=False, expand=True, header_style="dim")
    table.add_column("Role", ratio=3, no_wrap=True, overflow="ellipsis")
    table.add_column("Company", ratio=2, no_wrap=True, overflow="ellipsis")
    table.add_column("Gen", justify="right", width=3)
    table.add_column("Interns", justify="right", width=7)
    table.add_column("Thread", width=7)
    table.add_column("Next", ratio=2, no_wrap=True, overflow="ellipsis")
    for cycle in cycles:
        style = "dim" if cycle["status"] == "closed" and cycle["outcome"] != "responded" else ""
        role = Text(cycle["title"])
        if cycle["urgent"]:
            role.append(" urgent", "bold red")
        table.add_row(
            role,
            cycle["company"],
            str(cycle["generation"]),
            str(cycle["candidates"]),
            _thread(cycle),
            _next(cycle, now),
            style=style,
        )
    return table


def _thread(cycle: Any) -> Text:
    """Draws the four letters: sent, going out now, still to come."""
    sent = 0 if cycle["stage"] is None else STAGES.index(cycle["stage"]) + 1
    marks = Text()
    for number in range(len(STAGES)):
        going = number == sent and cycle["sending"]
        marks.append("● " if number < sent else "◐ " if going else "○ ", "cyan" if number <= sent else "dim")
    return marks


def _next(cycle: Any, now: datetime) -> Text:
    if cycle["status"] == "closed":
        return Text(*_ENDINGS[cycle["outcome"]])
    if cycle["status"] == "waiting":
        return Text("waits for a slot", "yellow")
    if cycle["status"] == "held":
        return Text(f"held: {cycle['held_reason'].replace('_', ' ')}", "magenta")
    if cycle["sending"]:
        return Text("sending …", "cyan")
    stage = cadence.following(cycle["stage"])
    what = STAGE_NAMES[stage].lower() if stage else "moving on"
    seconds = max(0, round((cycle["next_action_at"] - now).total_seconds()))
    return Text(f"{what} in {seconds} s" if seconds else what, "cyan")

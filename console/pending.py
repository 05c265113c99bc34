"""The lists of `pending` and `follow-ups`, as pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from console import words
from console.output import heading, inset
from console.words import Clock, count
from desk.figures import FollowUps, PendingList
from domain.pending import KINDS, Kind, Pending, Task

SHOWN = 10
"""Lines of a list that has more, unless all are asked for."""

_TITLES: dict[Kind, str] = {
    "stuck": "Stuck",
    "outage": "Not accepted by the mail server",
    "held": "Held",
    "overdue": "Overdue",
    "moving_on": "Candidates about to move on",
    "sending": "Being sent",
    "due": "Next",
    "waiting": "Waiting for a slot",
}
_STYLES: dict[Kind, str] = {
    "stuck": "bold red",
    "outage": "bold red",
    "overdue": "bold red",
    "held": "yellow",
}


def page(found: PendingList, clock: Clock, shown: int | None = SHOWN) -> Iterator[RenderableType]:
    """Shows what is pending, worst first; at most `shown` cycles of each kind."""
    if not found.pending:
        yield Text("Nothing is pending.")
    for kind in KINDS:
        lines = [one for one in found.pending if one.kind == kind]
        if lines:
            yield from _section(kind, lines, clock, shown)


def _section(
    kind: Kind, lines: Sequence[Pending], clock: Clock, shown: int | None
) -> Iterator[RenderableType]:
    """One kind's cycles; a reason that all of them share is said once."""
    shared = lines[0].why if len({one.why for one in lines}) == 1 < len(lines) else ""
    note = count(len(lines), "cycle") + (f": {words.line(shared)}" if shared else "")
    yield heading(_TITLES[kind], note, style=_STYLES.get(kind, ""))
    for one in lines[:shown]:
        what = "" if one.coming is None else f"{words.stage(one.coming)}, "
        why = "" if shared else f": {words.line(one.why)}"
        yield from _entry(one.cycle_id, one.urgent, f"{what}{clock.both(one.at)}{why}")
    yield from _more(len(lines), shown)


def _entry(cycle_id: str, urgent: bool, detail: str) -> Iterator[RenderableType]:
    """Two lines a cycle: its id whole, so that it can be copied at any width; then what comes when."""
    yield Text.assemble("  ", cycle_id, ("  urgent", "bold magenta") if urgent else "")
    yield inset(Text(detail, style="dim"), 6)


def tasks(found: FollowUps, clock: Clock, shown: int | None = SHOWN) -> Iterator[RenderableType]:
    """Shows the follow-ups that are due and those to come; at most `shown` of each."""
    if not found.tasks:
        yield Text("No follow-up is pending.")
    for title, due in (("Due", True), ("To come", False)):
        some = [task for task in found.tasks if task.overdue is due]
        if some:
            yield heading(title, count(len(some), "task"))
            for task in some[:shown]:
                held = ", once the cycle goes on" if task.status == "held" else ""
                detail = f"{words.stage(task.stage)}, {clock.both(task.due_at)}{held}"
                yield from _entry(task.cycle_id, task.urgent, detail)
            yield from _more(len(some), shown)


def explained(found: FollowUps, clock: Clock, shown: int | None = None) -> Iterator[RenderableType]:
    """Says of every task in a sentence what will happen to it (`--verbose`)."""
    for task in found.tasks[:shown]:
        yield Text(f"{task.cycle_id}: {_sentence(task, found.hold_all, clock)}")
    yield from _more(len(found.tasks), shown)


def _sentence(task: Task, hold_all: bool, clock: Clock) -> str:
    what = words.stage(task.stage).lower()
    when = f"{clock.at(task.due_at)} ({clock.away(task.due_at)})"
    verb = "were" if task.stage == "next_roles" else "was"
    if task.status == "held":
        return f"{what} {verb} to come {when}, but the cycle is held: `pending` says why."
    if not task.overdue:
        return f"{what} at {when}, unless a partner replies first."
    if hold_all:
        return f"{what} {verb} due {when}, but everything is held until `release-all`."
    return f"{what} {verb} due {when}; a nudge makes the cycle look at once."


def _more(number: int, shown: int | None) -> Iterator[Text]:
    if shown is not None and number > shown:
        yield Text(f"  … and {number - shown:,} more (--all)", style="dim")

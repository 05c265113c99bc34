"""Everything about one cycle, as a page (`show`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from console import post, words
from console.output import grid, heading, inset
from console.words import Clock
from domain import telling
from domain.dossier import Dossier, Email, Happening, Pitch


def page(found: Dossier, clock: Clock) -> Iterator[RenderableType]:
    """Shows a cycle in full; the e-mail that was asked for with its text."""
    place = f", {words.line(found.location)}" if found.location else ""
    yield heading(f"{found.title} at {found.company}", f"{found.role_id}{place}")
    yield inset(_state(found, clock))
    yield heading("Candidates")
    yield inset(_pitches(found.pitches))
    if found.emails:
        yield heading("E-mails")
        yield inset(_emails(found.emails, clock))
    if found.messages:
        yield heading("What came in")
        yield from post.of_cycle(found.messages, clock)
    yield heading("What happened")
    yield inset(_events(found.events, clock))
    if found.children:
        yield heading("Next roles")
        yield inset(_children(found))
    for email in found.emails:
        if email.id == found.email_id:
            yield heading(f"E-mail {email.id}", words.stage(email.stage))
            yield _letter(email)


def _state(found: Dossier, clock: Clock) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("Cycle", found.cycle_id)
    table.add_row("State", _status(found))
    table.add_row("Next", telling.coming(found, clock))
    slot = "none yet" if found.slot_week is None else f"of the week of {words.day(found.slot_week)}"
    table.add_row("Slot", slot)
    for name, origin in (("Run", found.run_id or found.admitted_run_id), ("Parent", found.parent_cycle_id)):
        if origin:
            table.add_row(name, origin)
    if found.subject:
        table.add_row("Subject", words.line(found.subject))
    if found.web_ui:
        table.add_row("Web UI", found.web_ui)
    return table


def _status(found: Dossier) -> Text:
    status = found.status if found.outcome is None else f"{found.status}, {words.said(found.outcome)}"
    urgent = (", urgent", "bold magenta") if found.urgent else ""
    return Text.assemble((status, "bold"), urgent, f", generation {found.generation}")


def _pitches(pitches: Iterable[Pitch]) -> Table:
    table = grid("=id", "name", "pitch", ">score", "starts", ">cycle no.")
    for one in pitches:
        name = words.line(one.name)
        score = "—" if one.score is None else f"{one.score:g}"
        starts = words.day(one.start_date) + (", needs a visa" if one.visa_required else "")
        table.add_row(one.candidate_id, name, words.said(one.status), score, starts, str(one.cycle_number))
    return table


def _emails(emails: Iterable[Email], clock: Clock) -> Table:
    table = grid(">id", "stage", "status", "when", "to")
    for one in emails:
        when = clock.at(one.sent_at or one.uncertain_at or one.in_flight_since or one.created_at)
        answered = [f"answered {clock.at(one.response_received_at)}"] if one.response_received_at else []
        table.add_row(
            str(one.id),
            words.stage(one.stage),
            Text(words.said(one.status), style="" if one.status == "sent" else "yellow"),
            when,
            Text("\n".join([", ".join(map(words.line, one.recipients)), *answered, *_trouble(one)])),
        )
    return table


def _trouble(one: Email) -> Iterator[str]:
    for address, said in one.refused.items():
        yield words.line(f"refused {address}: {said}")
    for address, said in one.deferred.items():
        yield words.line(f"went without {address}, who was put off too long: {said}")
    if one.error:
        yield words.line(f"attempt {one.attempts}: {one.error}")


def _events(events: Iterable[Happening], clock: Clock) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for one in events:
        table.add_row(Text(clock.at(one.at), style="dim"), words.line(telling.happened(one)))
    return table


def _children(found: Dossier) -> Table:
    table = grid("=cycle", "role", "state")
    for one in found.children:
        state = one.status if one.outcome is None else words.said(one.outcome)
        table.add_row(one.id, words.line(f"{one.title} at {one.company}"), state)
    return table


def _letter(email: Email) -> Text:
    head = [
        ("From", email.sender),
        ("To", ", ".join(email.recipients)),
        ("Subject", email.subject),
        ("Message-ID", email.message_id),
    ]
    lines = [f"{name}: {words.line(value)}" for name, value in head]
    return Text("\n".join([*lines, "", words.plain(email.text)]))

"""A dry run as a page: what is planned, what is passed over, and why (`launch --dry-run`, R12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from math import isfinite

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from console import words
from console.output import grid, heading, inset
from console.words import count, line
from db.preview import About
from desk.preview import NotTaken, Preview
from desk.proofs import Proof
from domain.planning import PER_CYCLE, Passed, Planned, Ranked
from domain.reasons import AGAINST, REASONS
from domain.urgency import DAYS_WITH_VISA, DAYS_WITHOUT_VISA, days_to_start, is_urgent


def page(found: Preview, *, verbose: bool = False) -> Iterator[RenderableType]:
    """Shows a dry run; with `verbose`, explains every choice in words."""
    planned = found.plan.planned
    urgent = sum(one.urgent for one in planned)
    note = count(len(planned), "role") + (f", {urgent:,} of them urgent" if urgent else "")
    yield heading(f"A run on {words.day(found.dry_run.as_of)} would plan", note)
    if verbose:
        yield from _explained(found)
    elif planned:
        yield inset(_planned(found))
    yield heading("Passed over", count(len(found.plan.passed_over), "role"))
    if found.plan.passed_over:
        yield inset(_passed_over(found) if verbose else _reasons(found))


def _planned(found: Preview) -> Table:
    table = grid(">", "role", "=id", "candidates")
    for number, one in enumerate(found.plan.planned, 1):
        table.add_row(
            str(number),
            Text.assemble(
                _title(found.about[one.role_id]), (" urgent", "bold magenta") if one.urgent else ""
            ),
            one.role_id,
            ", ".join(one.candidate_ids),
        )
    return table


def _reasons(found: Preview) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    for reason, number in Counter(one.reason for one in found.plan.passed_over).most_common():
        table.add_row(f"{number:,}", reason, Text(REASONS[reason], style="dim"))
    return table


def _explained(found: Preview) -> Iterator[RenderableType]:
    """Says of each planned role who is pitched and why, what it uses, and who writes to whom."""
    taken: Counter[str] = Counter()
    for number, (one, shown) in enumerate(zip(found.plan.planned, found.dry_run.planned, strict=True), 1):
        about = found.about[one.role_id]
        taken[one.company_id] += 1
        urgent = ("  urgent", "bold magenta") if one.urgent else ""
        yield Text.assemble(f"\n{number:>4}  ", (_title(about), "bold"), f"  {one.role_id}", urgent)
        yield inset(_people(found, one), 6)
        to = ", ".join(map(line, shown.recipients))
        for sentence in (
            *_sentences(found, one, taken[one.company_id]),
            f"From {line(shown.sender)} to {to}.",
        ):
            yield inset(Text(sentence, style="dim"), 6)


def _people(found: Preview, one: Planned) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for person in one.candidates:
        new = () if one.cycle_id is None else ("added" if person.candidate_id in one.added else "its own",)
        name = line(found.names.get(person.candidate_id, ""))
        start = _start(person, found.dry_run.as_of)
        score = f"score {person.score:g}" if isfinite(person.score) else "no match"
        table.add_row(person.candidate_id, name, score, start, *new)
    return table


def _start(person: Ranked, today: date) -> Text:
    """Says when somebody starts, and whether that makes the role urgent (R3)."""
    left = days_to_start(person.start_date, today)
    said = f"starts {words.day(person.start_date)}, in {count(left, 'day')}"
    if not is_urgent(visa_required=person.visa_required, start_date=person.start_date, today=today):
        return Text(said)
    limit = DAYS_WITH_VISA if person.visa_required else DAYS_WITHOUT_VISA
    why = f": urgent, fewer than {limit}{' with a visa to get' if person.visa_required else ''}"
    return Text.assemble(said, (why, "magenta"))


def _sentences(found: Preview, one: Planned, nth: int) -> Iterator[str]:
    about = found.about[one.role_id]
    if one.cycle_id:
        yield f"Admits the waiting cycle {one.cycle_id}."
    if others := found.not_taken.get(one.role_id):
        which = "Better" if len(one.candidates) == PER_CYCLE else "Other"
        yield f"{which} matches not taken: {_list(others)}."
    yield f"Takes slot {about.used + nth} of {about.weekly_limit} that {line(about.company)} has this week."


def _list(others: Sequence[NotTaken]) -> str:
    return "; ".join(
        f"{line(one.name)} ({one.candidate_id}, {one.score:g}): {AGAINST[one.why]}" for one in others
    )


def _passed_over(found: Preview) -> Table:
    table = grid("=role", "", "why")
    planned = Counter(one.company_id for one in found.plan.planned)
    for one in found.plan.passed_over:
        about = found.about[one.role_id]
        table.add_row(one.role_id, _title(about), _why(found, one, about, planned[about.company_id]))
    return table


def _why(found: Preview, one: Passed, about: About, planned: int) -> str:
    """Says in a sentence why a role gets no slot."""
    if one.reason == "weekly_limit":
        return (
            f"{line(about.company)} may get {about.weekly_limit} a week: {about.used} used before, "
            f"{planned} planned here"
        )
    if one.reason == "open_cycle":
        return f"{about.open_cycle_id} is still open"
    if one.reason == "no_eligible_candidate":
        others = found.not_taken.get(one.role_id)
        return f"nobody is left: {_list(others)}" if others else "no candidate has a match for it"
    return REASONS[one.reason]


def _title(about: About) -> str:
    return line(f"{about.title} at {about.company}")


def proofs(found: Preview) -> Iterator[RenderableType]:
    """Shows the e-mails as they would read, each with whose words its bios are."""
    for one in found.proofs:
        about = found.about[one.role_id]
        yield heading(_title(about), one.role_id)
        yield Text(_proof(one))


def _proof(one: Proof) -> str:
    bios = {"own": "the candidate's own bio, tidied", "kept": "a refined bio, kept from before"}
    head = [
        f"From: {line(one.sender)}",
        f"To: {', '.join(map(line, one.recipients))}",
        f"Subject: {line(one.subject)}",
        *(f"Bio of {candidate}: {bios[source]}" for candidate, source in one.bios.items()),
    ]
    return "\n".join([*head, "", words.plain(one.text)])

"""`launch`: the dry run, or the run itself with its progress (the brief's run_outreach_automation)."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from console import output, plan, words
from console.office import Desk, connected
from console.words import count
from desk import launch as runs
from desk import preview

if TYPE_CHECKING:
    from desk.launch import FirstEmails, Launched

LOOK = 0.5
"""Seconds between two looks at a run."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asked for."""

    roles: Sequence[str] | None
    """The roles to look at; None means every one."""
    max_roles: int | None
    as_of: date | None = None
    preview: bool = False
    verbose: bool = False
    wait: bool = False
    as_json: bool = False


async def dry_run(desk: Desk, wish: Wish) -> None:
    """Shows what a run would do; changes nothing, asks no language model (R12)."""
    found = await _look_ahead(desk, wish)
    for warning in await runs.warnings(desk.office, desk.settings.told, found.closed, dry_run=True):
        output.warn(warning)
    if not wish.as_json:
        _print(plan.page(found, verbose=wish.verbose))
        _print(plan.proofs(found))
        return
    answer = found.dry_run.model_dump(mode="json")
    if wish.preview:
        answer["previews"] = [proof.model_dump(mode="json") for proof in found.proofs]
    output.print_json(answer)
    if wish.verbose:
        _print(plan.page(found, verbose=True), messages=True)


async def launch(desk: Desk, wish: Wish) -> None:
    """Starts a run and shows what came of it; with `wait`, until its first e-mails have an end."""
    closed = await runs.check(desk.office, wish.roles)
    desk = await connected(desk)
    warnings = await runs.warnings(desk.office, desk.settings.told, closed)
    if wish.verbose or wish.preview:
        await _foretell(desk, wish)
    for warning in warnings:
        output.warn(warning)
    run_id = runs.run_id(desk.now, secrets.token_hex(2))
    handle = await runs.start(desk.office, run_id, roles=wish.roles, max_roles=wish.max_roles)
    try:
        with _watching(f"{run_id}: planning and starting cycles"):
            done = await runs.outcome(desk.office, handle)
        emails = await _wait(desk, run_id) if wish.wait else None
    except asyncio.CancelledError:
        output.warn(f"{run_id} goes on by itself: `starter.py status` and `pending` show how far it is")
        raise
    if wish.as_json:
        answer = done.model_dump(mode="json")
        output.print_json(answer | ({"first_emails": emails.standings} if emails else {}))
        return
    _print(_page(done, emails))


async def _look_ahead(desk: Desk, wish: Wish) -> preview.Preview:
    rules = desk.settings.rules
    from stack.press import press  # compiles templates: a dry run without them starts sooner

    return await preview.look_ahead(
        desk.office.pool,
        rules,
        wish.as_of or rules.today(desk.now),
        roles=None if wish.roles is None else sorted(set(wish.roles)),
        max_roles=wish.max_roles,
        explain=wish.verbose,
        press=press(desk.settings) if wish.preview else None,
    )


async def _foretell(desk: Desk, wish: Wish) -> None:
    """Explains and shows what the run is about to do, just before it does."""
    found = await _look_ahead(desk, wish)
    if wish.verbose:
        _print(plan.page(found, verbose=True), messages=wish.as_json)
    if wish.preview:
        _print(plan.proofs(found), messages=wish.as_json)


async def _wait(desk: Desk, run_id: str) -> FirstEmails:
    """Looks until every first e-mail of the run has gone out or has a reason not to."""
    with _watching("first e-mails") as live:
        while (found := await runs.first_emails(desk.office, run_id, datetime.now(UTC))).open:
            live.update(
                Spinner("dots", f"{found.total - found.open:,} of {found.total:,}: {_standings(found)}")
            )
            await asyncio.sleep(LOOK)
    return found


@contextmanager
def _watching(what: str) -> Iterator[Live]:
    """Shows on stderr that something is under way; a line in a pipe, a live one for eyes."""
    if not output.err().is_terminal:
        output.say(f"{what} …")
    with Live(Spinner("dots", what), console=output.err(), transient=True, refresh_per_second=8) as live:
        yield live


def _standings(found: FirstEmails) -> str:
    ordered = sorted(found.standings.items(), key=lambda one: (one[0] != "sent", -one[1], one[0]))
    return ", ".join(f"{number:,} {words.said(name)}" for name, number in ordered)


def _page(done: Launched, emails: FirstEmails | None) -> Iterator[RenderableType]:
    yield Text.assemble((done.run_id, "bold"))
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_row("Started", count(done.started, "cycle"))
    if done.admitted:
        table.add_row("Admitted", count(done.admitted, "waiting cycle"))
    if done.restarted:
        table.add_row("Mended", count(done.restarted, "lost cycle"))
    passed = ", ".join(f"{number:,} {words.said(reason)}" for reason, number in done.passed_over.items())
    table.add_row("Passed over", passed or "none")
    if emails is not None:
        table.add_row("First e-mails", _standings(emails) or "none")
    yield output.inset(table)


def _print(page: Iterator[RenderableType], *, messages: bool = False) -> None:
    console = output.err() if messages else output.out()
    for part in page:
        console.print(part)

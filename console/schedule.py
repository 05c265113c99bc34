"""`schedule`: the daily run, by itself (SPEC section 5; the brief's cron job)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import time
from typing import TYPE_CHECKING, Annotated

import typer

from console.options import Json, a_time

if TYPE_CHECKING:
    from rich.console import RenderableType

    from console.office import Desk
    from console.words import Clock
    from desk.schedule import Daily

app = typer.Typer(
    help="The daily run: gives out the week's slots every day, by itself.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@app.command("set")
def put(
    at: Annotated[
        time, typer.Option("--at", metavar="HH:MM", parser=a_time, help="Time of day, in OUTREACH_TIME_ZONE.")
    ] = time(9),
    as_json: Json = False,
) -> None:
    """Creates the daily run, or moves it to another time of day; a paused one stays paused.

    A run still going when the next is due makes that one skip. A run missed while Temporal was away is
    made up for within 8 hours; for older ones there is `temporal schedule backfill`.
    """
    from desk import schedule

    _do(
        lambda desk: schedule.put(desk.office.temporal, desk.settings.rules, desk.office.task_queue, at),
        as_json,
    )


@app.command()
def show(as_json: Json = False) -> None:
    """Shows when the next runs are, and which were the latest."""
    from desk import schedule

    _do(lambda desk: schedule.needed(desk.office.temporal), as_json)


@app.command()
def pause(as_json: Json = False) -> None:
    """Pauses the daily run; cycles under way go on."""
    from desk import schedule

    _do(lambda desk: schedule.pause(desk.office.temporal), as_json)


@app.command()
def resume(as_json: Json = False) -> None:
    """Lets a paused daily run go on from its next time."""
    from desk import schedule

    _do(lambda desk: schedule.resume(desk.office.temporal), as_json)


@app.command()
def delete(as_json: Json = False) -> None:
    """Deletes the daily run; cycles under way go on.

    `up` creates it again at its next start: `pause` is what lasts.
    """
    from console import output
    from console.office import run
    from desk import schedule

    async def main(desk: Desk) -> None:
        await schedule.delete(desk.office.temporal)
        if as_json:
            output.print_json({"deleted": schedule.ID})
        else:
            output.out().print("The daily run is deleted.")

    run(main, "yes")


def _do(work: Callable[[Desk], Awaitable[Daily]], as_json: bool) -> None:
    from console import output
    from console.office import run

    async def main(desk: Desk) -> None:
        daily = await work(desk)
        output.show(daily, as_json, lambda: _page(daily, desk.clock))

    run(main, "yes")


def _page(daily: Daily, clock: Clock) -> Iterator[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    paused = (", paused", "bold yellow") if daily.paused else ""
    yield Text.assemble((f"Daily at {daily.at} ({daily.time_zone})", "bold"), paused)
    table = Table.grid(padding=(0, 2, 0, 0))
    for number, run in enumerate(daily.next_runs):
        table.add_row("" if number else "  Next", clock.both(run))
    for number, name in enumerate(reversed(daily.recent_runs)):
        table.add_row("" if number else "  Latest", name)
    yield table

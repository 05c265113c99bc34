"""The command `analytics`: what works, as a page, as JSON, or as a table for a spreadsheet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from console.options import Json, a_date
from domain import errors

if TYPE_CHECKING:
    from console.office import Desk
    from domain.analytics import Period

app = typer.Typer(rich_markup_mode="markdown")


@app.command(rich_help_panel="Look")
def analytics(
    since: Annotated[
        date | None,
        typer.Option("--from", metavar="DATE", parser=a_date, help="Threads begun on this day or later."),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option("--until", metavar="DATE", parser=a_date, help="Threads begun on this day or before."),
    ] = None,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print one table for a spreadsheet, with every group in it.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Shows what works: replies by stage and group, time to reply, from pitch to place, who is covered.

    A thread counts on the day on which a server accepted its first e-mail, with all that became of it since.
    Each rate comes with its 95 % interval; what rests on under ten is dim.
    """
    from console.office import run
    from domain.analytics import period

    if as_csv and as_json:
        raise typer.BadParameter("--csv and --json exclude each other")
    try:
        asked = period(since, until)
    except errors.Refused as wrong:
        raise typer.BadParameter(str(wrong)) from None
    run(lambda desk: _table(desk, asked) if as_csv else _page(desk, asked, as_json=as_json))


async def _table(desk: Desk, asked: Period) -> None:
    from console import output
    from desk import analytics

    output.print_bytes(await analytics.csv(desk.office, desk.now, asked))


async def _page(desk: Desk, asked: Period, *, as_json: bool) -> None:
    from console import analytics_page, output
    from desk import analytics

    found = await analytics.analytics(desk.office, desk.now, asked)
    output.show(found, as_json, lambda: analytics_page.page(found, desk.clock))

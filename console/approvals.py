"""Commands for letters that wait for a person's word (`OUTREACH_APPROVAL`)."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from console.options import Json, readable
from console.steering import PANEL, do

if TYPE_CHECKING:
    from console.office import Desk
    from desk.steering import Done

app = typer.Typer(rich_markup_mode="markdown")

_MOST = 2**62

Id = Annotated[
    int, typer.Argument(metavar="ID", help="The draft's id.", min=1, max=_MOST, show_default=False)
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", callback=readable, help="Who decides; else your login's name."),
]


@app.command(rich_help_panel=PANEL)
def approvals(
    id: Annotated[
        int | None,
        typer.Argument(metavar="[ID]", help="Show this draft in full.", min=1, max=_MOST, show_default=False),
    ] = None,
    after: Annotated[
        int | None, typer.Option(metavar="ID", min=1, max=_MOST, help="Go on after this draft of the list.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Lists the letters that wait for approval, urgent first; with an id, shows one as it would go out."""
    from console import drafts, output
    from console.office import run
    from desk import approvals as desk_of

    if id is not None and after is not None:
        raise typer.BadParameter("give a draft's id or --after, not both")

    async def main(desk: Desk) -> None:
        if id is None:
            found = await desk_of.waiting(desk.office, after)
            output.show(found, as_json, lambda: drafts.page(found, desk.clock))
        else:
            one = await desk_of.draft(desk.office, id)
            output.show(one, as_json, lambda: drafts.letter(one, desk.clock))

    run(main)


@app.command(rich_help_panel=PANEL)
def approve(
    id: Id,
    mark: Annotated[
        str | None,
        typer.Option(metavar="MARK", callback=readable, help="Approve what `approvals ID` showed with it."),
    ] = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """Lets a letter go out exactly as it was shown. Without --mark it is shown now, and you are asked.

    Whether it still may go is checked again when it does; if anything has changed by then, a new draft waits.
    """
    if mark is None and (as_json or not sys.stdin.isatty()):
        raise typer.BadParameter("nobody is here to be asked: give the --mark that `approvals ID` shows")

    async def work(desk: Desk) -> Done:
        from console import drafts, output
        from desk import approvals as desk_of

        found = await desk_of.draft(desk.office, id)
        if mark is None and found.status == "waiting":
            for part in drafts.letter(found, desk.clock):
                output.out().print(part)
            typer.confirm("\nLet it go out?", abort=True)
        shown = found.hash if mark is None or found.is_marked(mark) else mark
        return await desk_of.approve(desk.office, id, shown, _who(by), desk.now)

    do(work, as_json)


@app.command(rich_help_panel=PANEL)
def refuse(id: Id, by: By = None, as_json: Json = False) -> None:
    """Has a letter not go out: its thread is stopped, nobody moves on."""
    from desk import approvals as desk_of

    do(lambda desk: desk_of.refuse(desk.office, id, _who(by), desk.now), as_json)


def _who(by: str | None) -> str:
    """Names whoever sits here; a login without a name is one at the command line."""
    try:
        return by or getpass.getuser()
    except (KeyError, OSError):
        return "somebody at the command line"

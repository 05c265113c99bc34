"""Commands that look after cycles: a person decides, the database records it, the workflow is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from console.options import Json, Thread, one_of, readable

if TYPE_CHECKING:
    from console.office import Desk, Need
    from desk.steering import Decision, Done

app = typer.Typer(rich_markup_mode="markdown")

PANEL = "Steer"


class Gone(StrEnum):
    """Why a candidate is no longer to be had."""

    withdrawn = "withdrawn"
    placed = "placed"


class Shut(StrEnum):
    """Why a role is no longer to be had."""

    closed = "closed"
    filled = "filled"


@app.command(rich_help_panel=PANEL)
def reply(id: Thread, as_json: Json = False) -> None:
    """Marks a partner's response: the thread stops at once.

    The first one wins, a repeated one is harmless. On a closed cycle the reply goes on its record.
    """
    from desk import steering

    do(lambda desk: steering.reply(desk.office, id, desk.now), as_json)


@app.command(rich_help_panel=PANEL)
def pause(id: Thread, as_json: Json = False) -> None:
    """Holds a cycle: nothing goes out until `resume`. Its clock runs on."""
    from desk import steering

    do(lambda desk: steering.pause(desk.office, id, desk.now), as_json)


@app.command(rich_help_panel=PANEL)
def resume(
    id: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="A cycle's id, or the id of one of its e-mails.",
            callback=readable,
            show_default=False,
        ),
    ] = None,
    company: Annotated[
        str | None,
        typer.Option(
            "--company",
            metavar="ID",
            callback=readable,
            help="Every cycle of this company that rests because of what came in.",
        ),
    ] = None,
    sent: Annotated[bool, typer.Option("--sent", help="The uncertain e-mail did go out.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Send the uncertain e-mail again.")] = False,
    as_json: Json = False,
) -> None:
    """Lets a held cycle go on, or one that rests since its company has answered elsewhere.

    Where an e-mail was handed over and its end is unknown, a person looks into the mail server's log and
    decides with --sent or --again. If the next e-mail is due, it goes out at once; one at most.
    """
    from desk import steering

    if sent and again:
        raise typer.BadParameter("give one of --sent and --again, not both")
    if company is not None and (sent or again):
        raise typer.BadParameter("--sent and --again decide on one cycle's e-mail: give its id")
    decision: Decision | None = "sent" if sent else "again" if again else None
    if id is not None and company is None:
        do(lambda desk: steering.resume(desk.office, id, desk.now, decision), as_json)
    elif company is not None and id is None:
        do(lambda desk: steering.resume_company(desk.office, company, desk.now), as_json)
    else:
        raise typer.BadParameter("give a cycle's id or --company ID, one of them")


@app.command(rich_help_panel=PANEL)
def stop(id: Thread, as_json: Json = False) -> None:
    """Ends a cycle for good. Nobody moves on; its role is planned again only by `launch --role`."""
    from desk import steering

    do(lambda desk: steering.stop(desk.office, id, desk.now), as_json)


@app.command(rich_help_panel=PANEL)
def withdraw(
    candidate: Annotated[
        str, typer.Argument(help="The candidate's id.", callback=readable, show_default=False)
    ],
    as_: Annotated[
        Gone,
        typer.Option(
            "--as", metavar="|".join(Gone), parser=one_of(Gone), help="Withdrawn by the candidate, or placed."
        ),
    ] = Gone.withdrawn,
    as_json: Json = False,
) -> None:
    """Takes a candidate out of every open cycle at once. No load brings them back."""
    from desk import steering

    do(lambda desk: steering.withdraw(desk.office, candidate, desk.now, as_.value), as_json)


@app.command("close-role", rich_help_panel=PANEL)
def close_role(
    role: Annotated[str, typer.Argument(help="The role's id.", callback=readable, show_default=False)],
    as_: Annotated[
        Shut,
        typer.Option(
            "--as", metavar="|".join(Shut), parser=one_of(Shut), help="Closed by the company, or filled."
        ),
    ] = Shut.closed,
    as_json: Json = False,
) -> None:
    """Closes a role for good: its cycle ends at once and its candidates move on."""
    from desk import steering

    do(lambda desk: steering.close_role(desk.office, role, desk.now, as_.value), as_json)


@app.command("hold-all", rich_help_panel=PANEL)
def hold_all(as_json: Json = False) -> None:
    """Stops everything: nothing at all is handed to a mail server until `release-all`.

    Returns when no attempt is in flight any more.
    """
    from desk import steering

    do(lambda desk: steering.hold_all(desk.office, desk.now), as_json, temporal="no")


@app.command("release-all", rich_help_panel=PANEL)
def release_all(as_json: Json = False) -> None:
    """Lets e-mails go out again after `hold-all`."""
    from desk import steering

    do(lambda desk: steering.release_all(desk.office, desk.now), as_json, temporal="no")


def do(work: Callable[[Desk], Awaitable[Done]], as_json: bool, *, temporal: Need = "if_there") -> None:
    """Does something and says so; what was recorded stands, whether or not Temporal could be told."""
    from console import output
    from console.office import run

    async def main(desk: Desk) -> None:
        done = await work(desk)
        output.show(done, as_json, lambda: [done.words])
        if done.untold:
            output.warn(untold(len(done.untold)))

    run(main, temporal)


def untold(number: int) -> str:
    """Says that workflows could not be told, and what becomes of that."""
    workflows = "a workflow" if number == 1 else f"{number:,} workflows"
    return (
        f"it is recorded and holds; {workflows} could not be told now: each finds out "
        "before its next e-mail, or with `reconcile`"
    )

"""`token`: who may use the web server, each by a token of their own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from console.options import Json, one_of, readable
from console.steering import do

if TYPE_CHECKING:
    from rich.console import RenderableType

    from console.office import Desk
    from console.words import Clock
    from desk.access import TokenList

app = typer.Typer(
    help="Who may use the pages and the API: each person or program by a token of its own.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

Name = Annotated[str, typer.Argument(help="Whose token it is.", callback=readable, show_default=False)]


class Allows(StrEnum):
    """What a token allows."""

    read = "read"
    write = "write"


@app.command()
def add(
    name: Name,
    scope: Annotated[
        Allows,
        typer.Option("--scope", metavar="|".join(Allows), parser=one_of(Allows), help="What it allows."),
    ] = Allows.write,
    as_json: Json = False,
) -> None:
    """Makes a token and shows it, once. What was done with it stands under its name."""
    from console import output
    from console.office import run
    from desk import access

    async def main(desk: Desk) -> None:
        token = secrets.token_urlsafe(32)
        given = await access.give(desk.office, name, scope.value, token, desk.now)
        if as_json:
            output.print_json(given.model_dump(mode="json"))
            return
        output.out().print(given.token, soft_wrap=True)
        output.say(given.words)

    run(main)


@app.command("list")
def listed(as_json: Json = False) -> None:
    """Lists the tokens that were given out; what they are made of is kept nowhere."""
    from console import output
    from console.office import run
    from desk import access

    async def main(desk: Desk) -> None:
        found = await access.listed(desk.office)
        output.show(found, as_json, lambda: page(found, desk.clock))

    run(main)


@app.command()
def revoke(name: Name, as_json: Json = False) -> None:
    """Takes a token back; sessions that began with it end within seconds."""
    from desk import access

    do(lambda desk: access.revoke(desk.office, name, desk.now), as_json)


def page(found: TokenList, clock: Clock) -> Iterator[RenderableType]:
    """Lists tokens, those that are good first."""
    from console import output

    if not found.tokens:
        yield "Nobody was given a token: `token add NAME` makes one."
        return
    table = output.grid("name", "may", "since", "")
    for one in sorted(found.tokens, key=lambda one: one.revoked_at is not None):
        ended = f"taken back {clock.at(one.revoked_at)}" if one.revoked_at else ""
        table.add_row(one.name, one.scope, clock.at(one.created_at), ended)
    yield table

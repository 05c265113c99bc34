"""Commands for what comes in: list it, read it, put it where it belongs, set it aside, add to it."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.options import Json, readable
from console.steering import PANEL, untold

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from console.office import Desk
    from desk.inbox import PostRoom
    from desk.received import Added, Filed

app = typer.Typer(
    help="What came in: replies, automatic replies, bounces, opt-outs; newest first.",
    rich_markup_mode="markdown",
)
top = typer.Typer(rich_markup_mode="markdown")

SHOWN = 20
"""Messages listed unless all are asked for."""

Message = Annotated[
    int,
    typer.Argument(
        metavar="MESSAGE", min=1, max=2**63 - 1, help="A message's number in `inbox`.", show_default=False
    ),
]


@app.callback(invoke_without_command=True)
def post(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="List all of it, not the newest 20.")] = False,
    unmatched: Annotated[
        bool, typer.Option("--unmatched", help="Only what belongs to no cycle yet: `assign` or `ignore` it.")
    ] = False,
    cycle: Annotated[
        str | None, typer.Option(metavar="ID", callback=readable, help="Only what belongs to this cycle.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Lists what came in, newest first: what it is, where it belongs and how that is known, what was done."""
    if context.invoked_subcommand is not None:
        if everything or unmatched or cycle is not None or as_json:
            raise typer.BadParameter(f"give options after `{context.invoked_subcommand}`")
        return
    if unmatched and cycle is not None:
        raise typer.BadParameter("--unmatched and --cycle exclude each other")
    from console import output
    from console import post as pages
    from console.office import run
    from desk import received

    async def main(desk: Desk) -> None:
        most = None if everything else SHOWN
        found = await received.post(desk.office, desk.now, most=most, unmatched=unmatched, cycle=cycle)
        output.show(found, as_json, lambda: pages.page(found, desk.clock))
        if found.unmatched and not unmatched:
            output.warn(received.unmatched(found.unmatched))

    run(main)


@app.command()
def show(
    message: Message,
    raw: Annotated[bool, typer.Option("--raw", help="Print it byte by byte as it came.")] = False,
    as_json: Json = False,
) -> None:
    """Shows a message in full: from whom, where it belongs, its whole text."""
    if raw and as_json:
        raise typer.BadParameter("--raw and --json exclude each other")
    from console import output
    from console import post as pages
    from console.office import run
    from desk import received

    async def main(desk: Desk) -> None:
        if raw:
            sys.stdout.buffer.write(await received.raw(desk.office, message))
            return
        found = await received.opened(desk.office, message)
        output.show(found, as_json, lambda: pages.opened(found, desk.clock))

    run(main)


@app.command()
def ignore(message: Message, as_json: Json = False) -> None:
    """Sets a message aside that belongs to no cycle: it stays on record, nobody is asked about it again."""
    from desk import received

    _file(lambda desk: received.ignore(desk.office, message, desk.now), as_json, tells=False)


@app.command()
def add(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            exists=True,
            dir_okay=False,
            readable=True,
            help="Messages as saved by a mail program (.eml).",
            show_default=False,
        ),
    ],
    as_json: Json = False,
) -> None:
    """Takes saved messages in, like any that came in: understood, matched, acted on.

    One that is there already is known again and changes nothing.
    """
    from desk import received

    async def work(desk: Desk) -> Added:
        async with _room(desk) as room:
            return await received.add(room, [one.read_bytes() for one in files], desk.now)

    _file(work, as_json)


@top.command(rich_help_panel=PANEL)
def assign(
    message: Message,
    cycle: Annotated[
        str,
        typer.Argument(
            help="A cycle's id, or the id of one of its e-mails.", callback=readable, show_default=False
        ),
    ],
    as_json: Json = False,
) -> None:
    """Puts a message where it belongs, if nobody could tell; what follows is as for any other.

    A person's reply stops the thread and tells the specialist. `inbox --unmatched` lists what is open.
    """
    from desk import received

    async def work(desk: Desk) -> Filed:
        async with _room(desk) as room:
            return await received.assign(room, message, cycle, desk.now)

    _file(work, as_json)


@asynccontextmanager
async def _room(desk: Desk) -> AsyncIterator[PostRoom]:
    """The post room; a message of which only a reference was kept is asked for at its service."""
    from desk.inbox import PostRoom
    from mail.hooks.net import Net

    net = Net(desk.settings.resend_key)
    try:
        yield PostRoom(desk.office, net.fetchers)
    finally:
        await net.close()


def _file(work: Callable[[Desk], Awaitable[Filed | Added]], as_json: bool, *, tells: bool = True) -> None:
    """Does something with messages and shows what became of them; what was recorded stands."""
    from console import output
    from console import post as pages
    from console.office import run
    from desk.received import Filed

    async def main(desk: Desk) -> None:
        done = await work(desk)
        messages = (done.message,) if isinstance(done, Filed) else done.messages
        shown = [part for one in messages for part in pages.entry(one, desk.clock)]
        output.show(done, as_json, lambda: [done.words, *shown])
        if done.untold:
            output.warn(untold(len(done.untold)))

    run(main, "if_there" if tells else "no")

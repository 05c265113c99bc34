"""`demo` and `up`: everything on one machine."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from typing import Annotated, Any

import typer

app = typer.Typer()


@app.command(rich_help_panel="One machine")
def demo(
    leave: Annotated[
        bool, typer.Option("--exit", help="End when the story is told, instead of staying up.")
    ] = False,
) -> None:
    """Tells the whole story on embedded services, with sample records and an interval of seconds.

    Nothing real is touched, whatever is set: letters are caught in a temporary folder.
    """
    import settings
    from console import output
    from stack import demo

    _until_told_to_stop(demo.demo(settings.load(), output.out(), leave=leave))
    output.out().print("Everything is stopped.")


@app.command(rich_help_panel="One machine")
def up() -> None:
    """Runs the embedded services and a worker for real use, on OUTREACH_HOME, until Ctrl-C.

    A service that is set (DATABASE_URL, TEMPORAL_ADDRESS, OUTREACH_MAIL_URL) is used instead of an
    embedded one.
    """
    import logging

    import settings
    from console import logs, output
    from stack import up

    logs.for_a_server(logging.WARNING)
    _until_told_to_stop(up.up(settings.load(), lambda line: output.out().print(line, highlight=False)))
    output.out().print("Everything is stopped.")


@app.command(rich_help_panel="One machine")
def serve() -> None:
    """Runs the dashboard, the API and mail services' hooks, and reads the mailbox, until Ctrl-C.

    `up` has one of its own. Needs the database, and Temporal from the moment that cycles are to be told:
    what comes in while it is away is stored, and told later. OUTREACH_LISTEN says where it listens.
    """
    import logging

    import settings
    from console import logs, output, serving

    logs.for_a_server(logging.INFO)
    for quiet in ("httpx2", "httpcore", "uvicorn.error"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
    _until_told_to_stop(serving.serve(settings.load()))
    output.out().print("Stopped; what was stored is not lost.")


def _until_told_to_stop(work: Coroutine[Any, Any, None]) -> None:
    """Runs the work; Ctrl-C and SIGTERM cancel it, and what it started is ended in order."""

    async def main() -> None:
        task = asyncio.ensure_future(work)
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        try:
            await task
        except asyncio.CancelledError:
            if not task.cancelled():
                raise

    asyncio.run(main())

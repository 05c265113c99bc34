"""`serve`: the web server and the reading of the mailbox, until Ctrl-C."""

from __future__ import annotations

import asyncio

from temporalio.client import Client

import settings as reader
from console import office, output
from desk import temporal
from embedded.home import Home
from settings import Settings
from stack.mailroom import mailroom_of
from stack.services import REPLIES
from stack.web import checked, web
from web.house import Mailroom


async def serve(settings: Settings) -> None:
    """Serves until cancelled, on the database and the Temporal of the settings, or of a running `up`."""
    checked(settings)
    home = Home(settings.home)

    async def connect() -> Client:
        """Asks each time: `up` may start later, or start again elsewhere."""
        running = home.running()
        profile = reader.temporal_profile().to_client_connect_config()
        return await temporal.connect(profile, running.temporal_address if running else None)

    def mailroom() -> Mailroom | None:
        running = home.running()
        return mailroom_of(running, settings.inbound_domain or REPLIES) if running else None

    async with (
        office.database(settings) as url,
        web(settings, url, connect, mailroom=mailroom) as address,
    ):
        for line in lines(settings, address):
            output.out().print(line)
        await asyncio.Event().wait()


def lines(settings: Settings, address: str) -> list[str]:
    """Says where the server answers and what it takes."""
    given = sorted({name.partition("_")[0] for name, secret in settings.hook_secrets.items() if secret})
    hooks = f"{settings.base_url or address}/hooks/inbound/{{{','.join(given)}}}" if given else "none is set"
    return [
        f"Listening on {address}; Ctrl-C stops.",
        f"  Dashboard {settings.base_url or address}",
        f"  Health    {address}/health",
        f"  Hooks     {hooks}",
        f"  Mailbox   {settings.mailbox or 'none is set'}",
    ]

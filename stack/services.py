"""The embedded services that a home runs; what the settings name elsewhere is used from there."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from pydantic import SecretStr
from temporalio.client import Client

import worker
from db import migrate
from domain import errors
from embedded.catcher import Catcher
from embedded.home import Home, Services
from embedded.postgres import Postgres
from embedded.temporal import TemporalServer
from settings import Settings, temporal_profile

REPLIES = "replies.example"
"""Where replies to caught letters go, unless the settings name a domain: a reserved name (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Running:
    """Services that answer, and the settings to use them with."""

    settings: Settings
    database_url: str
    client: Client
    services: Services
    catcher: Catcher | None
    servers: Sequence[Postgres | TemporalServer] = ()
    """The embedded ones."""

    async def keep(self, say: Callable[[str], None]) -> None:
        """Starts an embedded server again whenever it is killed; raises what says that one stays away."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(asyncio.Event().wait())
                for server in self.servers:
                    group.create_task(server.keep(say))
        except* errors.OutreachError as failed:
            raise failed.exceptions[0] from None


@asynccontextmanager
async def services(
    home: Home, settings: Settings, *, durable: bool = True, all_embedded: bool = False
) -> AsyncIterator[Running]:
    """Starts what the settings do not name elsewhere, brings the schema up to date, tells other commands.

    `DATABASE_URL`, `TEMPORAL_ADDRESS` and `OUTREACH_MAIL_URL` keep their meaning: a service that is set is
    not embedded. `all_embedded` embeds Temporal whatever is set.
    """
    async with AsyncExitStack() as stack:
        database = await _database(stack, home, settings, durable=durable)
        url = database.url if database else _named(settings)
        await migrate.upgrade(url)
        temporal = await _temporal(stack, home, durable=durable, anyway=all_embedded)
        address = temporal.address if temporal else None
        client = await worker.connect(address)
        settings, catcher = await _mail(stack, home, settings)
        if temporal and settings.temporal_ui is None:
            settings = settings.model_copy(update={"temporal_ui": temporal.ui_url})
        found = Services(
            pid=os.getpid(),
            database_url=url,
            temporal_address=address or client.service_client.config.target_host,
            temporal_ui_url=temporal.ui_url if temporal else "",
            mail_server=catcher.url if catcher else None,
            mail_folder=str(catcher.folder) if catcher else None,
        )
        home.publish(found)
        yield Running(settings, url, client, found, catcher, [one for one in (database, temporal) if one])


async def _database(
    stack: AsyncExitStack, home: Home, settings: Settings, *, durable: bool
) -> Postgres | None:
    if settings.database_url is not None:
        return None
    return await stack.enter_async_context(Postgres(home.path, durable=durable))


def _named(settings: Settings) -> str:
    assert settings.database_url is not None
    return settings.database_url.get_secret_value()


async def _temporal(
    stack: AsyncExitStack, home: Home, *, durable: bool, anyway: bool
) -> TemporalServer | None:
    """Starts the embedded server; None where Temporal's settings name one."""
    if not anyway and temporal_profile().address is not None:
        return None
    return await stack.enter_async_context(TemporalServer(home.path, durable=durable))


async def _mail(stack: AsyncExitStack, home: Home, settings: Settings) -> tuple[Settings, Catcher | None]:
    if settings.mail_url is not None:
        return settings, None
    catcher = await stack.enter_async_context(Catcher(home.path / "mail"))
    caught = {
        "mail_url": SecretStr(catcher.url),
        "inbound_domain": settings.inbound_domain or REPLIES,
        "bounces_to": "inbound",
    }
    return settings.model_copy(update=caught), catcher

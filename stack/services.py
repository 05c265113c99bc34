"""The embedded services that a home runs; what the settings name elsewhere is used from there."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from pydantic import SecretStr
from temporalio.client import Client

import worker
from db import migrate
from embedded.catcher import Catcher
from embedded.home import Home, Services
from embedded.postgres import Postgres
from embedded.temporal import TemporalServer
from settings import Settings, temporal_profile


@dataclass(frozen=True, slots=True)
class Running:
    """Services that answer, and the settings to use them with."""

    settings: Settings
    database_url: str
    client: Client
    services: Services
    catcher: Catcher | None


@asynccontextmanager
async def services(
    home: Home, settings: Settings, *, durable: bool = True, all_embedded: bool = False
) -> AsyncIterator[Running]:
    """Starts what the settings do not name elsewhere, brings the schema up to date, tells other commands.

    `DATABASE_URL`, `TEMPORAL_ADDRESS` and `OUTREACH_MAIL_URL` keep their meaning: a service that is set is
    not embedded. `all_embedded` embeds Temporal whatever is set.
    """
    async with AsyncExitStack() as stack:
        url = await _database(stack, home, settings, durable=durable)
        await migrate.upgrade(url)
        address, ui = await _temporal(stack, home, durable=durable, anyway=all_embedded)
        client = await worker.connect(address)
        settings, catcher = await _mail(stack, home, settings)
        found = Services(
            pid=os.getpid(),
            database_url=url,
            temporal_address=address or client.service_client.config.target_host,
            temporal_ui_url=ui,
            mail_server=catcher.url if catcher else None,
            mail_folder=str(catcher.folder) if catcher else None,
        )
        home.publish(found)
        yield Running(settings, url, client, found, catcher)


async def _database(stack: AsyncExitStack, home: Home, settings: Settings, *, durable: bool) -> str:
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    return (await stack.enter_async_context(Postgres(home.path, durable=durable))).url


async def _temporal(
    stack: AsyncExitStack, home: Home, *, durable: bool, anyway: bool
) -> tuple[str | None, str]:
    """Names the embedded server's address and Web UI; None and "" where Temporal's settings name one."""
    if not anyway and temporal_profile().address is not None:
        return None, ""
    server = await stack.enter_async_context(TemporalServer(home.path, durable=durable))
    return server.address, server.ui_url


async def _mail(stack: AsyncExitStack, home: Home, settings: Settings) -> tuple[Settings, Catcher | None]:
    if settings.mail_url is not None:
        return settings, None
    catcher = await stack.enter_async_context(Catcher(home.path / "mail"))
    return settings.model_copy(update={"mail_url": SecretStr(catcher.url)}), catcher

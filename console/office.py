"""Opens the office for one command: settings, database, and Temporal as far as the command needs it.

The database is the one of DATABASE_URL, else the embedded one under OUTREACH_HOME: a running one is used,
else it is started for the command and stopped again. Temporal is the one of TEMPORAL_ADDRESS, else the
embedded one of a running `up`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeVar

import settings as reader
from console import output
from console.words import Clock
from db import migrate, pool
from domain import errors

if TYPE_CHECKING:
    from desk.office import Office
    from embedded.home import Services
    from settings import Settings

T = TypeVar("T")

Need = Literal["no", "if_there", "yes"]
"""How much a command needs Temporal; `if_there` goes on without it, and says so."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a command works with."""

    settings: Settings
    office: Office
    database_url: str
    now: datetime
    services: Services | None
    """Where a running `up` or `demo` on this home answers."""

    @property
    def web_ui(self) -> str | None:
        """The address of Temporal's Web UI, where it is known: not for a server that settings name."""
        named = reader.temporal_profile().address
        return self.services.temporal_ui_url if self.services and not named else None

    @property
    def clock(self) -> Clock:
        """The command's moment on the organisation's clock."""
        return Clock(self.now, self.settings.time_zone)


def run(work: Callable[[Desk], Awaitable[T]], temporal: Need = "no") -> T:
    """Opens the office, does the work, closes the office."""

    async def main() -> T:
        async with _office(temporal) as desk:
            return await work(desk)

    return asyncio.run(main())


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[str]:
    """Names the database's address for as long as it is needed."""
    if settings.database_url is not None:
        yield settings.database_url.get_secret_value()
        return
    from embedded import home

    async with home.database(settings.home) as url:
        yield url


async def connected(desk: Desk) -> Desk:
    """Returns the desk with Temporal at hand; raises `errors.TemporalDown` saying what to start."""
    from console import logs
    from desk import temporal

    logs.for_a_command()
    profile = reader.temporal_profile().to_client_connect_config()
    address = desk.services.temporal_address if desk.services else None
    client = await temporal.connect(profile, address)
    return replace(desk, office=replace(desk.office, client=client))


@asynccontextmanager
async def _office(temporal: Need) -> AsyncIterator[Desk]:
    """The database comes first: a command that cannot work on it should say so before all else."""
    from desk.office import Office
    from embedded.home import Home

    settings = reader.load()
    async with database(settings) as url:
        opened = await pool.open_pool(url, size=4)
        try:
            async with opened.acquire() as conn:
                await migrate.check(conn)
            office = Office(opened, settings.rules, None, settings.task_queue)
            desk = Desk(settings, office, url, datetime.now(UTC), Home(settings.home).running())
            yield await _as_needed(desk, temporal)
        finally:
            await opened.close()


async def _as_needed(desk: Desk, need: Need) -> Desk:
    """Connects as far as needed; that nothing is set and nothing runs is no news to a person."""
    if need == "no" or (need == "if_there" and not _expected(desk)):
        return desk
    try:
        return await connected(desk)
    except errors.TemporalDown as down:
        if need == "yes":
            raise
        output.warn(str(down))
        return desk


def _expected(desk: Desk) -> bool:
    return desk.services is not None or reader.temporal_profile().address is not None

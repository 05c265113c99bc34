"""Whoever stays looks after the servers: one that is killed is started again, where it was, with its data."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from domain import errors
from embedded.postgres import Postgres
from embedded.temporal import TemporalServer
from tests.embedded.conftest import server_of
from tests.embedded.test_postgres import ask


@asynccontextmanager
async def kept(server: Postgres | TemporalServer) -> AsyncIterator[asyncio.Queue[str]]:
    """Looks after a server inside the block; the value is what was said of it."""
    said: asyncio.Queue[str] = asyncio.Queue()
    keeping = asyncio.create_task(server.keep(said.put_nowait))
    try:
        yield said
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


async def test_a_killed_postgresql_is_started_again_with_its_data(folder: Path) -> None:
    async with asyncio.timeout(60), Postgres(folder) as server, kept(server) as said:
        await ask(server.url, "create table letter as select 7 as id")
        server_of(folder / "postgres").kill()
        assert "PostgreSQL has ended unexpectedly" in await said.get()
        assert "answers again" in await said.get()
        assert await ask(server.url, "select id from letter") == 7


async def test_a_killed_temporal_is_started_again_on_its_ports(folder: Path) -> None:
    async with asyncio.timeout(60), TemporalServer(folder) as server, kept(server) as said:
        before = (server.address, server.ui_url)
        server_of(folder / "temporal").kill()
        assert "Temporal has ended unexpectedly" in await said.get()
        assert "answers again" in await said.get()
        async with TemporalServer(folder) as other:
            assert (other.address, other.ui_url) == before


async def test_a_server_that_does_not_come_up_again_is_told(folder: Path) -> None:
    async with asyncio.timeout(60), Postgres(folder, durable=False) as server:
        (folder / "postgres" / "data" / "PG_VERSION").write_text("9.6\n")
        server_of(folder / "postgres").kill()
        with pytest.raises(errors.DatabaseDown, match="does not start"):
            await server.keep(lambda _: None)

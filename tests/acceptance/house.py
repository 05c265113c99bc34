"""The servers that the acceptance tests share: PostgreSQL and Temporal, which can be stopped and killed."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
from google.protobuf.duration_pb2 import Duration
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client

from db import migrate
from embedded import processes
from embedded.home import temporary_home
from embedded.postgres import Postgres
from embedded.temporal import TemporalServer, choose_ports
from tests.acceptance.programs import looks

_numbers = itertools.count(1)


class Switch:
    """One server, which a test may turn off, kill, and turn on again where it was."""

    def __init__(self, server: Postgres | TemporalServer, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._on = False

    async def on(self) -> None:
        """Starts it, unless it runs."""
        if not self._on:
            await self._server.start()
            self._on = True

    async def off(self) -> None:
        """Ends it in order; harmless when repeated."""
        if self._on:
            self._on = False
            await self._server.stop()

    async def kill(self) -> None:
        """Kills it as `kill -9` does."""
        await _kill(self._folder)
        await self.off()


class House:
    """One PostgreSQL and one Temporal server; each test has a database and a namespace of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        port, ui_port = choose_ports(None, None)
        self.address = f"127.0.0.1:{port}"
        """Where Temporal answers, or will."""
        self._postgres = Postgres(folder, durable=False)
        temporal = TemporalServer(folder, port=port, ui_port=ui_port, durable=False)
        self.postgres = Switch(self._postgres, folder / "postgres")
        self.temporal = Switch(temporal, folder / "temporal")

    async def open(self) -> None:
        """Turns on whatever is off."""
        await self.postgres.on()
        await self.temporal.on()

    async def close(self) -> None:
        """Turns everything off."""
        await self.temporal.off()
        await self.postgres.off()

    async def pattern(self) -> None:
        """Makes the migrated database that the tests' own are copies of."""
        await _execute(self._postgres.url, "create database pattern")
        await migrate.upgrade(_at(self._postgres.url, "pattern"))

    async def database(self, *, migrated: bool = True) -> str:
        """Makes an empty database and returns its address."""
        name = f"test_{next(_numbers)}"
        await _execute(self._postgres.url, f"create database {name}{' template pattern' if migrated else ''}")
        return _at(self._postgres.url, name)

    async def namespace(self) -> str:
        """Makes a namespace and returns its name."""
        name = f"test-{next(_numbers)}"
        client = await Client.connect(self.address)
        day = Duration(seconds=86_400)
        await client.workflow_service.register_namespace(
            RegisterNamespaceRequest(namespace=name, workflow_execution_retention_period=day)
        )
        return name


@contextlib.asynccontextmanager
async def house() -> AsyncIterator[House]:
    """Runs both servers in a folder of their own; all of it is gone afterwards."""
    async with temporary_home() as home:
        servers = House(home.path)
        try:
            await servers.open()
            await servers.pattern()
            yield servers
        finally:
            await servers.close()


async def _kill(folder: Path) -> None:
    found = processes.Running.read(folder / "server.json")
    assert found is not None and found.server.find() is not None, f"no server runs in {folder}"
    os.kill(found.server.pid, signal.SIGKILL)
    async for _ in looks(within=10):
        if found.server.find() is None:
            return
    raise AssertionError(f"{found.server.command[0]} survived SIGKILL")


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _at(url: str, database: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/{database}?{parts.query}"

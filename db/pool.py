"""Connections to PostgreSQL; here the driver's errors become ours (STYLE 9)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import asyncpg

from domain import errors

Connection = Any
"""An asyncpg connection, alone or lent by the pool."""
Pool = Any

_CONFLICTS: dict[str, type[errors.Conflict]] = {
    "never_twice": errors.AlreadyPitched,
    "one_open_cycle_per_role": errors.RoleHasOpenCycle,
}

_DOWN = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.DiskFullError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InterfaceError,
)


async def open_pool(url: str, *, size: int = 10) -> Pool:
    """Opens a pool of at most `size` connections; raises `errors.DatabaseDown` naming the address."""
    with translated(url):
        return await asyncpg.create_pool(
            url, min_size=1, max_size=size, init=_prepare, timeout=10, command_timeout=120
        )


async def connect(url: str) -> Connection:
    """Opens one connection; raises `errors.DatabaseDown` naming the address."""
    with translated(url):
        connection = await asyncpg.connect(url, timeout=10)
        await _prepare(connection)
        return connection


@asynccontextmanager
async def transaction(pool: Pool, **options: Any) -> AsyncIterator[Connection]:
    """Lends a connection inside one transaction: all of it is committed, or none."""
    with translated():
        async with pool.acquire() as connection, connection.transaction(**options):
            yield connection


class translated:
    """Turns the driver's errors into ours: down, not migrated, or a named constraint that spoke."""

    def __init__(self, url: str | None = None) -> None:
        self.where = address(url) if url else "PostgreSQL"

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, asyncpg.UniqueViolationError) and error.constraint_name in _CONFLICTS:
            raise _CONFLICTS[error.constraint_name](str(error)) from error
        if isinstance(error, asyncpg.UndefinedTableError):
            raise errors.NotMigrated("the database has no schema yet: run `starter.py migrate`") from error
        if isinstance(error, _DOWN):
            raise errors.DatabaseDown(
                f"PostgreSQL at {self.where} does not answer ({error or type(error).__name__}); "
                "check DATABASE_URL and that the server runs"
            ) from error


def address(url: str) -> str:
    """Names a database without its password: `host:port/database`."""
    parts = urlsplit(url)
    return f"{parts.hostname or 'local socket'}:{parts.port or 5432}{parts.path}"


async def _prepare(connection: Connection) -> None:
    await connection.set_type_codec(
        "jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog", format="text"
    )
    await connection.execute("set time zone 'UTC'; set jit = off")

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

_NOT_MIGRATED = (
    asyncpg.UndefinedTableError,
    asyncpg.UndefinedColumnError,
    asyncpg.UndefinedFunctionError,
)

_DOWN = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.ReadOnlySQLTransactionError,
)

_FULL = (asyncpg.DiskFullError, asyncpg.OutOfMemoryError)

_ENDED = ("is closed", "was closed", "is closing", "has been released")
"""What the driver says of a pool or connection that ended; its other interface errors are our mistakes."""


async def open_pool(url: str, *, size: int = 10) -> Pool:
    """Opens a pool of at most `size` connections.

    Raises `errors.DatabaseDown` naming the address, `errors.BadSetting` if the URL is none.
    """
    with translated(url):
        pool = await asyncpg.create_pool(
            url,
            min_size=0,  # with more, the driver itself fills a log with tracebacks while a server is away
            max_size=size,
            init=_prepare,
            connection_class=_Plain,
            timeout=10,
            command_timeout=120,
        )
        try:
            async with pool.acquire():
                return pool
        except BaseException:
            pool.terminate()
            raise


async def connect(url: str) -> Connection:
    """Opens one connection; raises as `open_pool` does."""
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
    """Turns the driver's errors into ours; what it does not know, it leaves alone.

    | the driver says | ours |
    |---|---|
    | a named constraint spoke | its `errors.Conflict` |
    | no such table, column or function | `errors.NotMigrated` |
    | a deadlock, which this side lost | `errors.DatabaseDown`: trying again helps |
    | a NUL in a text | `errors.Refused` |
    | no connection, login, database or room | `errors.DatabaseDown` |
    | no permission, or (with `url`, while opening) no such address | `errors.BadSetting` |
    """

    def __init__(self, url: str | None = None) -> None:
        self._url = url

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Exception) and (ours := self._ours(error)) is not None:
            raise ours from error

    def _ours(self, error: Exception) -> errors.OutreachError | None:
        where = f"PostgreSQL at {address(self._url)}" if self._url is not None else "PostgreSQL"
        if isinstance(error, asyncpg.UniqueViolationError) and error.constraint_name in _CONFLICTS:
            return _CONFLICTS[error.constraint_name](str(error))
        if isinstance(error, _NOT_MIGRATED):
            return errors.NotMigrated(f"{where} has no schema, or an older one: run `starter.py migrate`")
        if isinstance(error, asyncpg.InsufficientPrivilegeError | asyncpg.InvalidSchemaNameError):
            return errors.BadSetting(f"DATABASE_URL: its user may not do this ({error})")
        if isinstance(error, asyncpg.DeadlockDetectedError | asyncpg.SerializationError):
            return errors.DatabaseDown(f"{where} was asked two things at once ({error}); try again")
        if isinstance(error, asyncpg.CharacterNotInRepertoireError):
            return errors.Refused("it holds a character that no text here can hold (NUL)")
        if isinstance(error, _FULL):
            return errors.DatabaseDown(f"{where} has no room left ({error}); free some, it goes on by itself")
        if isinstance(error, _DOWN) or _has_ended(error):
            words = str(error) or type(error).__name__
            return errors.DatabaseDown(
                f"{where} does not answer ({words}); check DATABASE_URL and that the server runs"
            )
        if isinstance(error, ValueError) and self._url is not None:
            return errors.BadSetting(
                f"DATABASE_URL is no address of a PostgreSQL ({address(self._url)}); "
                "expected postgresql://user:password@host:5432/database"
            )
        return None


def address(url: str) -> str:
    """Names a database without its password: `host:port/database`."""
    try:
        parts = urlsplit(url)
        return f"{parts.hostname or 'local socket'}:{parts.port or 5432}{parts.path}"
    except ValueError:
        return "an unreadable address"


def _has_ended(error: Exception) -> bool:
    return isinstance(error, asyncpg.InterfaceError) and any(word in str(error) for word in _ENDED)


class _Plain(asyncpg.Connection):  # type: ignore[misc]
    """A connection given back as it is: what is asked of it ends with its transaction, and its session's
    own settings (`_prepare`) are to stay, which asyncpg's reset would undo."""

    def get_reset_query(self) -> str:
        return ""


async def _prepare(connection: Connection) -> None:
    await connection.set_type_codec(
        "jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog", format="text"
    )
    await connection.execute("set time zone 'UTC'; set jit = off")

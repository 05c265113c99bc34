"""Brings the schema up to date with Alembic; each revision is one numbered SQL file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from db.pool import Connection, connect, translated
from domain import errors

MIGRATIONS = Path(__file__).parent / "migrations"
OLDEST = 140000
"""PostgreSQL 14, as `server_version_num` says it."""
_LOCK = 7_226_001
"""The advisory lock that makes a second migration wait; any number that nothing else here uses."""


@cache
def head() -> str:
    """Names the newest revision: the number of the last SQL file, such as `0002`."""
    return max(path.name for path in MIGRATIONS.glob("[0-9]*.sql"))[:4]


async def check(connection: Connection) -> None:
    """Raises `errors.NotMigrated` unless the schema is this code's."""
    with translated():
        found = await connection.fetchval("select max(version_num) from alembic_version")
    if found is not None and found > head():
        raise errors.NotMigrated(
            f"the database is at revision {found}, newer than this code's {head()}: update the code"
        )
    if found != head():
        raise errors.NotMigrated(
            f"the database is at revision {found or 'none'} and this code needs {head()}: "
            "run `starter.py migrate`"
        )


async def upgrade(url: str) -> str:
    """Applies what is missing, in one transaction; a second migration waits. Returns the revision.

    Raises `errors.Refused` for a PostgreSQL older than 14, else as `db.pool.connect` does.
    """
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.ext.asyncio import create_async_engine

    async def opened() -> Any:
        """Opens with asyncpg itself: it knows more of a URL (sslmode, several hosts) than SQLAlchemy."""
        connection = await connect(url)
        await _refuse_old(connection)
        return connection

    engine = create_async_engine("postgresql+asyncpg://", async_creator=opened)
    try:
        with translated(url):
            async with engine.begin() as connection:
                await connection.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK})")
                await connection.run_sync(_upgrade)
    except DBAPIError as wrapped:
        with translated(url):
            raise (wrapped.orig and wrapped.orig.__cause__) or wrapped from None
    finally:
        await engine.dispose()
    return head()


async def _refuse_old(connection: Connection) -> None:
    if int(await connection.fetchval("show server_version_num")) < OLDEST:
        version = await connection.fetchval("show server_version")
        await connection.close()
        raise errors.Refused(f"this is PostgreSQL {version}; 14 or newer is needed")


def run_file(name: str) -> None:
    """Runs one SQL file on the migration's connection; called by the revisions alone."""
    from alembic import op

    script = (MIGRATIONS / name).read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.dbapi_connection
    driver.run_async(lambda connection: connection.execute(script))


def _upgrade(connection: Any) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")

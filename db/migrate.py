"""Brings the schema up to date with Alembic; each revision is one numbered SQL file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from db.pool import Connection, translated
from domain import errors

MIGRATIONS = Path(__file__).parent / "migrations"
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
    if found != head():
        raise errors.NotMigrated(
            f"the database is at revision {found or 'none'} and this code needs {head()}: "
            "run `starter.py migrate`"
        )


async def upgrade(url: str) -> str:
    """Applies what is missing, in one transaction; a second migration waits. Returns the revision."""
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine("postgresql+asyncpg://" + url.split("://", 1)[1])
    try:
        with translated(url):
            async with engine.begin() as connection:
                await connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()
    return head()


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

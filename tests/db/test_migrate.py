"""The schema: applied once, whole, whoever asks first; and what a person is told when it cannot be."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from db import migrate
from db.pool import connect, open_pool, transaction
from domain import errors


async def test_an_empty_database_is_brought_to_the_newest_revision(empty_url: str) -> None:
    assert await migrate.upgrade(empty_url) == migrate.head()
    connection = await connect(empty_url)
    await migrate.check(connection)
    await connection.close()


async def test_migrating_again_changes_nothing(database_url: str) -> None:
    assert await migrate.upgrade(database_url) == migrate.head()


async def test_two_migrations_at_once_end_as_one(empty_url: str) -> None:
    ends = await asyncio.gather(*(migrate.upgrade(empty_url) for _ in range(3)))
    assert set(ends) == {migrate.head()}


async def test_a_database_without_a_schema_says_what_to_run(empty_url: str) -> None:
    connection = await connect(empty_url)
    with pytest.raises(errors.NotMigrated, match=r"starter\.py migrate"):
        await migrate.check(connection)
    await connection.close()


async def test_a_query_without_a_schema_says_what_to_run(empty_url: str) -> None:
    pool = await open_pool(empty_url)
    with pytest.raises(errors.NotMigrated, match=r"starter\.py migrate"):
        async with transaction(pool) as conn:
            await conn.fetch("select * from outreach_cycle")
    await pool.close()


@pytest.mark.parametrize(
    ("revision", "words"), [("0001", "needs"), ("9999", "update the code"), (None, "at revision none")]
)
async def test_another_revision_is_named(database_url: str, revision: str | None, words: str) -> None:
    connection = await connect(database_url)
    await connection.execute("delete from alembic_version")
    if revision:
        await connection.execute("insert into alembic_version values ($1)", revision)
    with pytest.raises(errors.NotMigrated, match=words):
        await migrate.check(connection)
    await connection.close()


async def test_a_migration_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    connection = await connect(empty_url)
    await connection.execute("create table follow_up_task (mine int)")
    with pytest.raises(asyncpg.DuplicateTableError):
        await migrate.upgrade(empty_url)
    tables = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
    assert [row["tablename"] for row in tables] == ["follow_up_task"]
    await connection.close()


@pytest.mark.parametrize(
    ("grant", "words"),
    [("grant usage on schema public to reader", "permission denied"), ("select 1", "no schema")],
)
async def test_a_user_who_may_not_create_tables_is_told_so(empty_url: str, grant: str, words: str) -> None:
    connection = await connect(empty_url)
    await connection.execute(f"create role reader login; {grant}")
    with pytest.raises(errors.BadSetting, match=words):
        await migrate.upgrade(empty_url.replace("//outreach@", "//reader@"))
    await connection.execute("drop owned by reader; drop role reader")
    await connection.close()


async def test_an_older_postgresql_is_refused_by_name(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "OLDEST", 990000)
    with pytest.raises(errors.Refused, match="14 or newer"):
        await migrate.upgrade(empty_url)


async def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(errors.DatabaseDown, match=r"127\.0\.0\.1:1/outreach does not answer"):
        await migrate.upgrade("postgresql://me:secret@127.0.0.1:1/outreach")

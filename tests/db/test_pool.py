"""The driver's errors as ours, each with words that help."""

from __future__ import annotations

import re

import asyncpg
import pytest

from db.pool import Pool, address, connect, open_pool, transaction, translated
from domain import errors


@pytest.mark.parametrize(
    ("error", "ours", "words"),
    [
        (ConnectionRefusedError("refused"), errors.DatabaseDown, "does not answer"),
        (TimeoutError(), errors.DatabaseDown, "TimeoutError"),
        (asyncpg.ConnectionDoesNotExistError("gone"), errors.DatabaseDown, "gone"),
        (asyncpg.TooManyConnectionsError("sorry"), errors.DatabaseDown, "sorry"),
        (asyncpg.InvalidPasswordError("wrong password"), errors.DatabaseDown, "check DATABASE_URL"),
        (asyncpg.InvalidCatalogNameError('"x" does not exist'), errors.DatabaseDown, "does not exist"),
        (asyncpg.AdminShutdownError("shutting down"), errors.DatabaseDown, "shutting down"),
        (asyncpg.DiskFullError("No space left on device"), errors.DatabaseDown, "no room left"),
        (asyncpg.InterfaceError("connection is closed"), errors.DatabaseDown, "closed"),
        (asyncpg.CharacterNotInRepertoireError("0x00"), errors.Refused, "NUL"),
        (asyncpg.UndefinedTableError("x"), errors.NotMigrated, r"starter\.py migrate"),
        (asyncpg.UndefinedColumnError("x"), errors.NotMigrated, r"starter\.py migrate"),
        (asyncpg.InsufficientPrivilegeError("permission denied"), errors.BadSetting, "DATABASE_URL"),
    ],
)
def test_an_error_of_the_driver_becomes_one_that_helps(
    error: Exception, ours: type[errors.OutreachError], words: str
) -> None:
    with pytest.raises(ours, match=words) as raised, translated():
        raise error
    assert raised.value.__cause__ is error


@pytest.mark.parametrize(
    "error",
    [
        ValueError("a bug"),
        KeyError("a bug"),
        asyncpg.InterfaceError("cannot perform operation: another operation is in progress"),
        asyncpg.PostgresSyntaxError("a bug"),
        asyncpg.NotNullViolationError("a bug"),
        errors.Refused("ours already"),
    ],
)
def test_a_mistake_of_ours_is_not_dressed_up_as_an_outage(error: Exception) -> None:
    with pytest.raises(type(error)) as raised, translated():
        raise error
    assert raised.value is error


async def test_a_named_constraint_speaks_as_its_own_error(pool: Pool) -> None:
    async with pool.acquire() as conn:
        await conn.execute("create schema other; create table other.pair (id int)")
        await conn.execute("create unique index never_twice on other.pair (id)")
    with pytest.raises(errors.AlreadyPitched):
        async with transaction(pool) as conn:
            await conn.execute("insert into other.pair values (1), (1)")
    assert await pool.fetchval("select count(*) from other.pair") == 0


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://host/outreach",
        "postgresql://me:sec/ret@host/outreach",
        "postgresql://[::1/outreach",
        "postgresql://host/outreach?sslmode=perhaps",
    ],
)
async def test_a_url_that_is_none_names_the_setting_and_no_password(url: str) -> None:
    for opening in (connect, open_pool):
        with pytest.raises(errors.BadSetting, match="DATABASE_URL") as raised:
            await opening(url)
        assert "sec" not in str(raised.value)


async def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(errors.DatabaseDown, match=r"127\.0\.0\.1:1/outreach") as raised:
        await open_pool("postgresql://me:secret@127.0.0.1:1/outreach")
    assert "secret" not in str(raised.value)


async def test_a_missing_database_is_named(database_url: str) -> None:
    with pytest.raises(errors.DatabaseDown, match='"nowhere" does not exist'):
        await connect(re.sub(r"/test_\d+", "/nowhere", database_url))


async def test_a_closed_pool_says_that_the_database_is_gone(database_url: str) -> None:
    pool = await open_pool(database_url)
    await pool.close()
    with pytest.raises(errors.DatabaseDown, match="clos"):
        async with transaction(pool):
            pass


async def test_a_connection_that_dies_says_that_the_database_is_gone(pool: Pool) -> None:
    with pytest.raises(errors.DatabaseDown):
        async with transaction(pool) as conn:
            pid = conn.get_server_pid()
            async with pool.acquire() as other:
                await other.execute("select pg_terminate_backend($1)", pid)
            await conn.execute("select 1")
    async with transaction(pool) as conn:
        assert await conn.fetchval("select 1") == 1


async def test_a_transaction_is_all_or_nothing(pool: Pool) -> None:
    with pytest.raises(RuntimeError):
        async with transaction(pool) as conn:
            await conn.execute("update control set hold_all = true")
            raise RuntimeError
    assert await pool.fetchval("select hold_all from control") is False


def test_an_address_keeps_the_password_to_itself() -> None:
    assert address("postgresql://me:secret@db.example:6543/outreach") == "db.example:6543/outreach"
    assert address("postgresql://me:secret@db.example/outreach") == "db.example:5432/outreach"
    assert address("postgresql:///outreach?host=/run") == "local socket:5432/outreach"

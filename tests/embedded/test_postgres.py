"""The embedded PostgreSQL lives as long as its users, and its data longer."""

from __future__ import annotations

import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from domain import errors
from embedded.postgres import Postgres
from tests.embedded.conftest import Command, alive, ended, guardian_of, server_of

Start = Callable[[str, Path], Awaitable[Command]]

OWNER = """
import asyncpg
from embedded.postgres import Postgres
async def main(folder):
    async with Postgres(folder, durable=False) as server:
        connection = await asyncpg.connect(server.url)
        await connection.execute("create table letter (id int); insert into letter values (1)")
        print("ready")
        try:
            await asyncio.sleep(600)
        finally:
            print(await connection.fetchval("select count(*) from letter"))
            await connection.close()
"""


async def ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_data_survive_a_stop_and_the_server_does_not(folder: Path) -> None:
    async with Postgres(folder) as server:
        await ask(server.url, "create table letter as select 7 as id")
        process = server_of(folder / "postgres")
    assert not alive(process)
    async with Postgres(folder) as server:
        assert await ask(server.url, "select id from letter") == 7


async def test_a_killed_owner_takes_its_server_along_and_leaves_the_data(
    folder: Path, command: Start
) -> None:
    owner = await command(OWNER, folder)
    assert await owner.says() == "ready"
    process = server_of(folder / "postgres")
    await owner.signal(signal.SIGKILL)
    assert await ended(process)
    async with Postgres(folder, durable=False) as server:
        assert await ask(server.url, "select count(*) from letter") == 1


async def test_a_start_right_after_a_kill_takes_over_or_starts_anew(folder: Path, command: Start) -> None:
    owner = await command(OWNER, folder)
    assert await owner.says() == "ready"
    await owner.signal(signal.SIGKILL)
    async with Postgres(folder, durable=False) as server:
        assert await ask(server.url, "select count(*) from letter") == 1
        process = server_of(folder / "postgres")
    assert not alive(process)


async def test_a_killed_server_remembers_what_it_has_committed(folder: Path) -> None:
    async with Postgres(folder, durable=False) as server:
        await ask(server.url, "create table letter as select 1 as id")
        process = server_of(folder / "postgres")
        for one in (process, *process.children()):
            one.kill()
    async with Postgres(folder, durable=False) as server:
        assert await ask(server.url, "select count(*) from letter") == 1


async def test_a_server_that_lost_its_guardian_is_ended_by_the_next_start(
    folder: Path, command: Start
) -> None:
    owner = await command(OWNER, folder)
    assert await owner.says() == "ready"
    orphan, guardian = server_of(folder / "postgres"), guardian_of(folder / "postgres")
    guardian.kill()
    assert await ended(guardian)
    await owner.signal(signal.SIGKILL)
    await owner.ends()
    assert alive(orphan)
    async with Postgres(folder, durable=False) as server:
        assert not alive(orphan)
        assert await ask(server.url, "select count(*) from letter") == 1


async def test_ctrl_c_reaches_the_owner_and_not_the_server_it_still_uses(
    folder: Path, command: Start
) -> None:
    owner = await command(OWNER, folder)
    assert await owner.says() == "ready"
    process = server_of(folder / "postgres")
    await owner.signal(signal.SIGINT)
    assert await owner.says() == "1"
    await owner.ends()
    assert not alive(process)


async def test_text_compares_as_bytes_and_sqlalchemy_takes_the_address(folder: Path) -> None:
    async with Postgres(folder, durable=False) as server:
        assert await ask(server.url, "select 'Z' < 'a' and 'z' < 'é' and lower('É') = 'é'")
        assert await ask(server.url, "show server_encoding") == "UTF8"
        engine = create_async_engine(server.url.replace("postgresql://", "postgresql+asyncpg://"))
        async with engine.connect() as connection:
            assert (await connection.execute(text("select current_database()"))).scalar() == "outreach"
        await engine.dispose()


@pytest.mark.parametrize("name", ["deep/" * 30, "with space, comma: 'quote' é %2F?&"])
async def test_any_folder_will_do(folder: Path, name: str) -> None:
    async with Postgres(folder / name, durable=False) as server:
        assert await ask(server.url, "select 1") == 1
        sockets = Path(str(await ask(server.url, "show unix_socket_directories")).strip('"'))
        assert sockets.stat().st_mode & 0o077 == 0
    if folder not in sockets.parents:
        sockets.rmdir()


async def test_a_half_made_data_folder_is_made_again(folder: Path) -> None:
    (folder / "postgres" / "data.new").mkdir(parents=True)
    (folder / "postgres" / "data.new" / "PG_VERSION").write_text("18")
    async with Postgres(folder, durable=False) as server:
        assert await ask(server.url, "select 1") == 1


async def test_a_server_that_does_not_come_up_says_why(folder: Path) -> None:
    (folder / "postgres" / "data").mkdir(parents=True)
    (folder / "postgres" / "data" / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(errors.DatabaseDown, match=r"(?s)does not start in .*postgresql\.conf"):
        await Postgres(folder).start()


async def test_a_folder_that_cannot_be_used_is_named(folder: Path) -> None:
    (folder / "file").write_text("not a folder")
    with pytest.raises(errors.UserError, match=r"file/home/postgres cannot be used .*OUTREACH_HOME"):
        await Postgres(folder / "file" / "home").start()

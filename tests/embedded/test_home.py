"""A home is held by one `up` or `demo`, tells others what runs on it, and is cleared of the dead."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest

from domain import errors
from embedded.home import Home, Services, database, temporary_home
from tests.embedded.conftest import Command, alive, ended, guardian_of, server_of

Start = Callable[[str, Path], Awaitable[Command]]

UP = """
import os
from embedded.home import Home, Services
async def main(folder):
    home = Home(folder)
    async with home.hold():
        home.publish(Services(os.getpid(), "postgresql://x", "127.0.0.1:1", "http://127.0.0.1:2"))
        print("ready")
        await asyncio.sleep(600)
"""

QUERY = """
import asyncpg
from embedded.home import database
async def main(folder):
    async with database(folder) as url:
        connection = await asyncpg.connect(url)
        print(await connection.fetchval("select 42"))
        await asyncio.to_thread(sys.stdin.readline)
        print(await connection.fetchval("select 43"))
        await connection.close()
"""

DEMO = """
from embedded.home import temporary_home
from embedded.postgres import Postgres
async def main(folder):
    async with temporary_home() as home, Postgres(home.path, durable=False):
        print(home.path)
        await asyncio.sleep(600)
"""


def services() -> Services:
    return Services(os.getpid(), "postgresql://x", "127.0.0.1:1", "http://127.0.0.1:2")


async def test_a_second_up_on_the_same_home_is_refused_and_names_the_first(
    folder: Path, command: Start
) -> None:
    first = await command(UP, folder)
    assert await first.says() == "ready"
    with pytest.raises(errors.Refused, match=rf"process {first.pid}.*kill {first.pid}.*OUTREACH_HOME"):
        async with Home(folder).hold():
            pass


async def test_other_commands_learn_what_runs_for_as_long_as_it_runs(folder: Path, command: Start) -> None:
    home = Home(folder)
    assert home.running() is None
    first = await command(UP, folder)
    assert await first.says() == "ready"
    found = home.running()
    assert found is not None and found.pid == first.pid
    await first.signal(signal.SIGKILL)
    await first.ends()
    assert (folder / "services.json").exists()
    assert home.running() is None


async def test_a_second_holder_starts_with_nothing_published(folder: Path) -> None:
    home = Home(folder / "new")
    async with home.hold():
        home.publish(services())
        assert home.running() == services()
        assert (home.path / "services.json").stat().st_mode & 0o077 == 0
    assert home.running() is None
    async with home.hold():
        assert home.running() is None


async def test_two_commands_at_once_share_one_database_and_the_last_ends_it(
    folder: Path, command: Start
) -> None:
    first, second = await asyncio.gather(command(QUERY, folder), command(QUERY, folder))
    assert await asyncio.gather(first.says(), second.says()) == ["42", "42"]
    process = server_of(folder / "postgres")
    assert await first.ends() == 0
    assert alive(process)
    assert second.process.stdin is not None
    second.process.stdin.write(b"\n")
    assert await second.says() == "43"
    assert await second.ends() == 0
    assert not alive(process)


async def test_many_users_come_and_go_in_one_process_too(folder: Path) -> None:
    async def ask(number: int) -> int:
        async with database(folder) as url:
            connection = await asyncpg.connect(url)
            answer: int = await connection.fetchval("select $1::int", number)
            await connection.close()
            return answer

    for _ in range(2):
        assert await asyncio.gather(*(ask(number) for number in range(4))) == [0, 1, 2, 3]


@pytest.mark.parametrize("orphaned", [False, True], ids=["guarded", "orphaned"])
async def test_a_demo_clears_away_what_a_killed_demo_left(
    folder: Path, command: Start, orphaned: bool
) -> None:
    demo = await command(DEMO, folder)
    left = Path(await demo.says())
    process, guardian = server_of(left / "postgres"), guardian_of(left / "postgres")
    if orphaned:
        guardian.kill()
        assert await ended(guardian)
    await demo.signal(signal.SIGKILL)
    await demo.ends()
    async with temporary_home() as home:
        assert home.path != left
        assert not left.exists()
        assert not alive(process)
    assert not home.path.exists()


async def test_a_running_demo_is_left_alone_by_the_next(folder: Path, command: Start) -> None:
    demo = await command(DEMO, folder)
    busy = Path(await demo.says())
    async with temporary_home():
        assert alive(server_of(busy / "postgres"))
    await demo.signal(signal.SIGINT)
    await demo.ends()
    assert not busy.exists()


async def test_a_demo_that_is_only_just_being_born_is_left_alone_by_the_next() -> None:
    born = Path(tempfile.mkdtemp(prefix="outreach-demo-"))
    try:
        (born / "home.lock").touch()
        async with temporary_home():
            assert (born / "home.lock").exists()
    finally:
        shutil.rmtree(born)


async def test_a_demo_keeps_what_people_look_at_until_the_next() -> None:
    async with temporary_home(keep=["mail"]) as home:
        (home.path / "mail").mkdir()
        (home.path / "postgres").mkdir()
    assert {item.name for item in home.path.iterdir()} == {"mail", "home.lock"}
    async with temporary_home():
        assert not home.path.exists()


async def test_a_home_that_cannot_be_made_is_named(folder: Path) -> None:
    (folder / "file").write_text("not a folder")
    with pytest.raises(errors.UserError, match=r"file/home cannot be used \(File exists: .*/file\)"):
        async with Home(folder / "file" / "home").hold():
            pass

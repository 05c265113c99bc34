"""`demo` and `up`: everything on one machine, ended cleanly at any moment, taken up again after a kill."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest_asyncio

from embedded import catcher
from embedded.home import Home, Services
from tests.acceptance import programs, worlds
from tests.acceptance.programs import Outcome, Program, looks
from tests.acceptance.theatre import KEPT


def lives(process: psutil.Process) -> bool:
    """Whether it runs; one that has ended and that nobody has asked about yet does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


LETTERS = 12
"""Three threads of four letters."""


class Machine:
    """A machine of its own as far as files go: a home, a folder for temporary ones, no settings but these."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = Home(folder / "home")
        self._programs: list[Program] = []

    @property
    def environment(self) -> Mapping[str, str]:
        """What its programs see."""
        return {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            "HOME": str(self.folder),
            "TMPDIR": str(self.folder),
            "COLUMNS": "200",
            "OUTREACH_HOME": str(self.home.path),
            "OUTREACH_FOLLOW_UP_INTERVAL": "2s",
        }

    async def start(self, *arguments: str) -> Program:
        """Starts a command that stays."""
        log = self.folder / f"{arguments[0]}-{len(self._programs)}.log"
        started = Program(["starter.py", *arguments], self.environment, log)
        self._programs.append(started)
        await started.start()
        return started

    async def run(self, *arguments: str) -> Outcome:
        """Runs a command to its end."""
        return await programs.run(["starter.py", *arguments], self.environment, self.folder)

    def servers(self) -> list[psutil.Process]:
        """The servers that were started on it, and their guardians, as far as they live."""
        pids = set()
        for file in self.folder.glob("**/server.json"):
            found = json.loads(file.read_text())
            pids |= {found["guardian"], found["server"]["pid"]}
        return [one for one in map(psutil.Process, filter(psutil.pid_exists, pids)) if lives(one)]

    async def services(self) -> Services:
        """Where the services of `up` answer, once they do."""
        async for _ in looks(within=30):
            if found := self.home.running():
                return found
        raise AssertionError("no services within 30 s")

    async def close(self) -> None:
        """Ends what a failed test left."""
        for program in self._programs:
            await program.kill()
        async for _ in looks(within=20):
            if not self.servers():
                return
        raise AssertionError(f"still there: {self.servers()}")


@pytest_asyncio.fixture(name="machine")
async def _machine() -> AsyncIterator[Machine]:
    with tempfile.TemporaryDirectory(prefix="outreach-machine-", ignore_cleanup_errors=True) as folder:
        machine = Machine(Path(folder))
        yield machine
        await machine.close()


async def test_the_demo_ends_cleanly_by_ctrl_c_after_a_kill_and_by_itself(machine: Machine) -> None:
    early = await machine.start("demo")
    await early.says("the whole story")
    early.send(signal.SIGINT)
    assert await early.ended() == 0
    assert not machine.servers()

    killed = await machine.start("demo")
    await killed.says("went out")
    servers = machine.servers()
    assert len(servers) == 4
    await killed.kill()

    whole = await machine.start("demo", "--exit")
    await whole.says("went out")
    assert not any(map(lives, servers)), "the killed demo's servers live on"
    assert await whole.ended(within=110) == 0
    assert "Traceback" not in early.output + killed.output + whole.output
    assert not machine.servers()
    assert list(machine.folder.glob("outreach-demo-*/mail/*.eml"))


async def test_a_killed_up_is_taken_up_again_where_it_was(machine: Machine) -> None:
    up = await machine.start("up")
    await up.says("Ready")
    records = worlds.write(machine.folder / "crm", worlds.alike(3), datetime.now(UTC).date())
    assert (await machine.run("load", str(records))).code == 0
    await up.says("at 09:00 (UTC), next on ")
    await up.says("`starter.py schedule pause` stops it")
    second = await machine.run("up")
    assert second.code == 1 and str(up.pid) in second.said
    launched = await machine.run("launch", "--wait", "--json")
    assert launched.json["first_emails"] == {"sent": 3}

    await up.kill()
    up = await machine.start("up")
    await up.says("Ready")

    mail = Path(str((await machine.services()).mail_folder))
    async for _ in looks(within=60):
        if len(list(mail.glob("*.eml"))) == LETTERS:
            break
    ids = [str(catcher.read(path)["Message-ID"]) for path in mail.glob("*.eml")]
    assert len(ids) == len(set(ids)) == LETTERS
    up.send(signal.SIGTERM)
    assert await up.ended() == 0
    assert "Traceback" not in up.output
    assert not machine.servers()
    assert (await machine.run("status", "--json")).code == 0, "the records outlive their server"
    assert not machine.servers()


async def test_up_starts_its_killed_servers_again_and_goes_on(machine: Machine) -> None:
    up = await machine.start("up")
    await up.says("Ready")
    records = worlds.write(machine.folder / "crm", worlds.alike(1), datetime.now(UTC).date())
    assert (await machine.run("load", str(records))).code == 0
    before = await machine.services()
    doomed = [one for one in machine.servers() if "guardian" not in " ".join(one.cmdline())]
    for server in doomed:
        server.kill()
    for name in ("PostgreSQL", "Temporal"):
        await up.says(f"{name} answers again.")
    launched = await machine.run("launch", "--wait", "--json")
    assert launched.json["first_emails"] == {"sent": 1}, launched.said
    assert await machine.services() == before
    up.send(signal.SIGTERM)
    assert await up.ended() == 0
    assert not machine.servers()
    assert not set(up.output) & {"\x1b"} and "Traceback" not in up.output

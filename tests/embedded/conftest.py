"""A folder for services, and other commands as real processes."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]


class Command:
    """Another command of ours in a process and a process group of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.pid = process.pid

    async def says(self) -> str:
        """The next line it prints."""
        assert self.process.stdout is not None
        return (await asyncio.wait_for(self.process.stdout.readline(), 30)).decode().strip()

    async def signal(self, number: int) -> None:
        """Signals its whole group, as a terminal does."""
        os.killpg(self.pid, number)

    async def ends(self) -> int:
        """Its exit code, once its standard input is at its end."""
        await asyncio.wait_for(self.process.communicate(b""), 30)
        assert self.process.returncode is not None
        return self.process.returncode


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of its own: under root the server's account cannot pass through pytest's private ones."""
    with tempfile.TemporaryDirectory(prefix="outreach-test-") as path:
        yield Path(path)


@pytest.fixture
async def command() -> AsyncIterator[Callable[..., Awaitable[Command]]]:
    """Starts `async def main(folder)`, given as source, as another command; kills it in the end."""
    started: list[Command] = []

    async def start(source: str, folder: Path) -> Command:
        script = (
            f"import asyncio, sys\nfrom pathlib import Path\n{source}\nasyncio.run(main(Path(sys.argv[1])))"
        )
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-u", "-c", script, str(folder)),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        started.append(Command(process))
        return started[-1]

    yield start
    for one in started:
        if one.process.returncode is None:
            one.process.kill()
        await one.ends()


def server_of(folder: Path) -> psutil.Process:
    """The server that runs in a service's folder."""
    return psutil.Process(json.loads((folder / "server.json").read_text())["server"]["pid"])


def guardian_of(folder: Path) -> psutil.Process:
    """The guardian of the server that runs in a service's folder."""
    return psutil.Process(json.loads((folder / "server.json").read_text())["guardian"])


def alive(process: psutil.Process) -> bool:
    """True while it runs; one that has ended and that nobody has asked about yet does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def ended(process: psutil.Process, seconds: float = 5) -> bool:
    """Waits for the end of a process that is not ours."""
    for _ in range(int(seconds / 0.02)):
        if not alive(process):
            return True
        await asyncio.sleep(0.02)
    return False

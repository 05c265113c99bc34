"""A guardian ends its server once nobody uses it, whatever became of the command that started both."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

from embedded import guardian, locks, processes
from tests.embedded.conftest import alive, server_of

DEAF = """
import signal, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
open("deaf", "w").close()
time.sleep(600)
"""


def start(folder: Path, command: list[str]) -> None:
    """Starts a guardian as a command does that dies at once: nobody reads what it prints."""
    (folder / "users.lock").touch()
    job = {"command": command, "details": {}, "account": None, "environment": {}}
    job |= {"folder": str(folder), "grace": 0.2}
    guard = locks.take(folder / "guardian.lock")
    assert guard is not None
    script = [sys.executable, str(guardian.__file__), json.dumps(job)]
    with subprocess.Popen(script, stderr=subprocess.PIPE, pass_fds=[guard]) as launcher:
        assert launcher.stderr is not None
        launcher.stderr.close()
    os.close(guard)


async def until_the_guardian_is_gone(folder: Path) -> None:
    os.close(await locks.wait(folder / "guardian.lock", seconds=10))


async def test_a_server_that_nobody_uses_is_ended_at_once(folder: Path) -> None:
    start(folder, ["/bin/sleep", "600"])
    await until_the_guardian_is_gone(folder)
    running = processes.Running.read(folder / "server.json")
    assert running is not None and running.server.find() is None


async def test_a_server_that_will_not_end_is_killed(folder: Path) -> None:
    os.mkfifo(folder / "deaf")
    users = await locks.wait(folder / "users.lock", shared=True, seconds=1)
    start(folder, [sys.executable, "-c", DEAF])
    await asyncio.to_thread((folder / "deaf").read_text)
    server = server_of(folder)
    assert alive(server)
    os.close(users)
    await until_the_guardian_is_gone(folder)
    assert not alive(server)


async def test_the_guardian_of_a_server_that_ends_by_itself_ends_too(folder: Path) -> None:
    users = await locks.wait(folder / "users.lock", shared=True, seconds=1)
    start(folder, ["/bin/true"])
    await until_the_guardian_is_gone(folder)
    os.close(users)


async def test_a_command_that_cannot_be_run_leaves_no_guardian(folder: Path) -> None:
    users = await locks.wait(folder / "users.lock", shared=True, seconds=1)
    start(folder, [str(folder / "missing")])
    await until_the_guardian_is_gone(folder)
    os.close(users)
    assert not (folder / "server.json").exists()

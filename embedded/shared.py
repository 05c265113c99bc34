"""A server that several commands share: the first starts it, the last one to leave ends it.

Each user holds a shared lock; the server's guardian (guardian.py) ends it when no such lock is left, so
that a server outlives its users by seconds, however they end. In the server's folder:

    users.lock     shared by the users; the guardian wants it alone
    start.lock     one start or leave at a time
    guardian.lock  held by the guardian while it lives, from before its start
    server.json    the server's process and addresses
    log            what the server and its guardian print
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn

from domain import errors
from embedded import files, locks, processes

_GUARDIAN = Path(__file__).with_name("guardian.py")
_PATIENCE = 60.0  # seconds for a server to answer: recovery after a crash
_ATTEMPTS = 3  # a free port may be taken before the server has it; shared memory may linger after a kill
_PAUSE = 0.02
_LOOK = 1.0
_LOG_LIMIT = 5_000_000  # bytes

Answers = Callable[[dict[str, str]], Awaitable[bool]]
"""Whether the server with these details takes requests yet."""


@dataclass(frozen=True, slots=True)
class Start:
    """How to start a server (absolute paths), and what its users need to know of it."""

    command: list[str]
    details: dict[str, str]
    account: tuple[int, int] | None = None
    """User and group id to run as; None: the caller's own."""


Prepare = Callable[[], Awaitable[Start]]


class Shared:
    """One server in one folder; `down` is the error that its failures are told with."""

    def __init__(self, name: str, folder: Path, down: type[errors.Unavailable] = errors.Unavailable) -> None:
        self.name = name
        self.folder = folder
        self._down = down
        self._users: int | None = None
        self._log_start = 0

    async def join(self, prepare: Prepare, answers: Answers) -> dict[str, str]:
        """Joins the running server, or starts what `prepare` says; returns its details once it answers.

        Raises `down` with the end of its log if it does not come up, `errors.UserError` or
        `errors.Unavailable` if the folder cannot be used.
        """
        self.folder = files.make_folder(self.folder)
        try:
            with files.explained(self.folder):
                async with self._one_at_a_time():
                    self._users = await self._wait("users", shared=True)
                    return await self._join(prepare, answers)
        except BaseException:
            self._release()
            raise

    async def keep(self, prepare: Prepare, answers: Answers, say: Callable[[str], None]) -> NoReturn:
        """Starts a joined server again whenever it ends before its users do; says so, and goes on looking.

        Raises as `join` does if it does not come up any more.
        """
        while True:
            await asyncio.sleep(_LOOK)
            if self._lives():
                continue
            say(f"{self.name} has ended unexpectedly; starting it again …")
            with files.explained(self.folder):
                async with self._one_at_a_time():
                    await self._join(prepare, answers)
            say(f"{self.name} answers again.")

    async def leave(self) -> None:
        """Leaves the server; if nobody else uses it, returns after its end."""
        if self._users is None:
            return
        async with self._one_at_a_time():
            self._release()
            if self._was_last():
                await self._ended()

    async def clear(self) -> bool:
        """Ends what is left of a server whose users are gone; False if somebody still uses it."""
        try:
            os.close(await self._wait("users"))  # not held on: the guardian waits for it
        except errors.Unavailable:
            return False
        await self._ended()
        return True

    async def _join(self, prepare: Prepare, answers: Answers) -> dict[str, str]:
        starts = 0
        try:
            async with asyncio.timeout(_PATIENCE):
                while True:
                    with self._unguarded() as guard:
                        if guard is not None and starts < _ATTEMPTS:
                            starts += 1
                            await self._end_orphan()
                            await self._start(await prepare(), guard)
                        elif guard is not None:
                            raise self._failed("does not start")
                    details = await self._ready(answers)
                    if details is not None:
                        return details
                    await asyncio.sleep(_PAUSE)
        except TimeoutError:
            raise self._failed(f"does not answer after {_PATIENCE:.0f} s") from None

    async def _start(self, start: Start, guard: int) -> None:
        log = self.folder / "log"
        if log.exists() and log.stat().st_size > _LOG_LIMIT:
            log.replace(log.with_name("log.old"))
        self._log_start = log.stat().st_size if log.exists() else 0
        job: dict[str, Any] = asdict(start) | {
            "environment": processes.environment(self.folder),
            "folder": str(self.folder),
            "grace": processes.GRACE,
        }
        command = [sys.executable, "-I", "-S", str(_GUARDIAN), json.dumps(job)]
        await processes.unbroken(self._launch, command, guard)

    def _launch(self, command: list[str], guard: int) -> None:
        """Starts a guardian in a session of its own, and returns once it has started the server."""
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=processes.environment(self.folder),
            start_new_session=True,
            pass_fds=[guard],
        )
        if done.stderr:
            reason = done.stderr.strip().splitlines()[-1]
            raise self._down(f"{self.name} cannot be run in {self.folder}: {reason}")

    async def _ready(self, answers: Answers) -> dict[str, str] | None:
        """The server's details once it answers; None if it does not run, or has ended meanwhile."""
        while (running := self._recorded()) and running.server.find():
            if await answers(running.details):
                return running.details if running.server.find() else None
            await asyncio.sleep(_PAUSE)
        return None

    async def _ended(self) -> None:
        """Waits for the guardian to end the server; a server that lost its guardian is ended here."""
        os.close(await self._wait("guardian"))
        await self._end_orphan()

    async def _end_orphan(self) -> None:
        if running := self._recorded():
            await running.server.end()

    def _lives(self) -> bool:
        running = self._recorded()
        return running is not None and running.server.find() is not None

    def _recorded(self) -> processes.Running | None:
        return processes.Running.read(self.folder / "server.json")

    def _was_last(self) -> bool:
        """True if no other user is left: the guardian ends the server now, or is about to."""
        for shared in (False, True):
            descriptor = locks.take(self._lock("users"), shared=shared)
            if descriptor is not None:
                os.close(descriptor)
                return not shared
        return True

    @contextlib.contextmanager
    def _unguarded(self) -> Iterator[int | None]:
        """Lends the guardian's lock, to be handed on to a guardian; None if there is one."""
        guard = locks.take(self._lock("guardian"))
        try:
            yield guard
        finally:
            if guard is not None:
                os.close(guard)

    @contextlib.asynccontextmanager
    async def _one_at_a_time(self) -> AsyncIterator[None]:
        descriptor = await self._wait("start", seconds=2 * _PATIENCE)
        try:
            yield
        finally:
            os.close(descriptor)

    async def _wait(self, name: str, *, shared: bool = False, seconds: float = processes.GRACE + 5) -> int:
        try:
            return await locks.wait(self._lock(name), shared=shared, seconds=seconds)
        except TimeoutError as stuck:
            raise self._down(f"{self.name}: {stuck}; end the process that holds it") from None

    def _lock(self, name: str) -> Path:
        return self.folder / f"{name}.lock"

    def _release(self) -> None:
        if self._users is not None:
            os.close(self._users)
            self._users = None

    def _failed(self, what: str) -> errors.Unavailable:
        try:
            text = (self.folder / "log").read_bytes()[self._log_start :].decode(errors="replace")
        except FileNotFoundError:
            text = ""
        end = "\n".join(text.strip().splitlines()[-15:]) or "(empty)"
        return self._down(f"{self.name} {what} in {self.folder}; its log ends:\n{end}")

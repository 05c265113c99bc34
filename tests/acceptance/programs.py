"""Programs that a test runs as real processes: their words kept in a file, their end certain."""

from __future__ import annotations

import asyncio
import ctypes
import json
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

_LOOK = 0.05
_PR_SET_PDEATHSIG = 1


async def looks(within: float) -> AsyncIterator[None]:
    """Comes round every few hundredths of a second for so many seconds: for what tells nobody it happened."""
    clock = asyncio.get_running_loop().time
    end = clock() + within
    while clock() < end:
        yield
        await asyncio.sleep(_LOOK)


def _die_with_the_tests() -> None:
    """Runs in the child: the kernel kills it if the test run itself is killed (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class Program:
    """One of the project's scripts, running until it ends or is ended by its id."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        script, *rest = arguments
        self._command = [sys.executable, str(ROOT / script), *rest]
        self._environment = dict(environment)
        self._log = log
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Starts it in the folder of its log, so that no `.env` of the developer's is read."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment,
                cwd=self._log.parent,
                preexec_fn=_die_with_the_tests,
            )

    @property
    def name(self) -> str:
        """What the database calls it."""
        return self._log.stem

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._running.pid

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._running.returncode is None

    @property
    def output(self) -> str:
        """Everything it has said so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    async def says(self, words: str, *, within: float = 60) -> None:
        """Returns once it has said this; fails with what it said instead if it ends or stays silent."""
        async for _ in looks(within):
            if words in self.output:
                return
            assert self._running.returncode is None, f"it ended without {words!r}:\n{self.output}"
        raise AssertionError(f"it did not say {words!r} in {within:g} s:\n{self.output}")

    def send(self, number: signal.Signals) -> None:
        """Sends it a signal."""
        self._running.send_signal(number)

    async def ended(self, *, within: float = 30) -> int:
        """Waits for its end; returns its exit code."""
        try:
            return await asyncio.wait_for(self._running.wait(), within)
        except TimeoutError:
            raise AssertionError(f"it was still there after {within:g} s:\n{self.output}") from None

    async def kill(self) -> None:
        """Kills it as `kill -9` does, and returns once it is gone; harmless when repeated."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    @property
    def _running(self) -> asyncio.subprocess.Process:
        assert self._process is not None, "it was not started"
        return self._process


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed with `--json`."""
        return json.loads(self.out)

    @property
    def said(self) -> str:
        """Both streams on one line, however the terminal broke it."""
        return " ".join(f"{self.out} {self.err}".split())


async def run(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, *, within: float = 60
) -> Outcome:
    """Runs a script to its end; one that takes longer than `within` seconds is killed: TimeoutError."""
    script, *rest = arguments
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ROOT / script),
        *rest,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=dict(environment),
        cwd=folder,
        preexec_fn=_die_with_the_tests,
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(), within)
    except TimeoutError:
        raise TimeoutError(f"{' '.join(arguments)} took longer than {within:g} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode is not None
    return Outcome(process.returncode, out.decode(), err.decode())

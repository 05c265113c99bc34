"""Processes that outlive the command that started them: how they are known again, and how they end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

import psutil  # type: ignore[import-untyped]

GRACE = 30.0
"""Seconds for a server's orderly end: a checkpoint on a slow disk."""

_PAUSE = 0.02

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Process:
    """A process by id and command line: one that got a recycled id has another command line."""

    pid: int
    command: list[str]

    def find(self) -> psutil.Process | None:
        """The process itself, or None once it has ended."""
        arguments = self.command[1:]  # a script's interpreter may stand in front
        try:
            process = psutil.Process(self.pid)
            return process if process.cmdline()[-len(arguments) :] == arguments else None
        except psutil.Error:
            return None

    async def end(self) -> None:
        """Ends it, in order if it can within `GRACE`; returns once it is gone."""
        for number in (signal.SIGINT, signal.SIGKILL):
            if process := self.find():
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.send_signal(number)
                await self._gone()

    async def _gone(self) -> None:
        for _ in range(int(GRACE / _PAUSE)):
            if self.find() is None:
                return
            await asyncio.sleep(_PAUSE)


@dataclass(frozen=True, slots=True)
class Running:
    """A server and what its users need to know of it, as its guardian keeps it in `server.json`."""

    server: Process
    details: dict[str, str]

    @classmethod
    def read(cls, file: Path) -> Running | None:
        """What the file holds; None if there is none, or one that was cut short by a full disk."""
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
            return cls(Process(**kept["server"]), kept["details"])
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return None


def environment(folder: Path) -> dict[str, str]:
    """A server's environment: nothing of the user's (PGPORT, TEMPORAL_…, a profile) changes what it does."""
    return {"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C"}


async def unbroken(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Runs a blocking call in a thread to its end, cancelled or not: for what must not be left half done."""
    call = asyncio.ensure_future(asyncio.to_thread(function, *args, **kwargs))
    try:
        return await asyncio.shield(call)
    except asyncio.CancelledError:
        await asyncio.gather(call, return_exceptions=True)
        raise

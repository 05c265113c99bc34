"""Whether anything has changed: one look a second for everybody who waits, none while nobody does."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from db.sql import queries
from desk.office import Office
from desk.snapshot import snapshot
from domain import errors

EVERY = 1.0
AWAY = "away"


class Pulse:
    """Watches the database for whoever waits for a change."""

    def __init__(self, office: Callable[[], Office], *, every: float = EVERY) -> None:
        self._office = office
        self._every = every
        self._lock = asyncio.Lock()
        self._at = 0.0
        self._last = ""

    async def changed(self, seen: str, *, within: float, unless: asyncio.Event) -> str:
        """Returns how things stand once that is no longer as `seen`, or after so many seconds."""
        clock = asyncio.get_running_loop().time
        end = clock() + within
        while (now := await self._look()) == seen and clock() < end and not unless.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(unless.wait(), self._every)
        return now

    async def _look(self) -> str:
        clock = asyncio.get_running_loop().time
        async with self._lock:
            if clock() - self._at >= self._every or not self._last:
                self._last = await self._read()
                self._at = clock()
            return self._last

    async def _read(self) -> str:
        try:
            async with snapshot(self._office().pool) as conn:
                return str(await queries("pulse").pulse.value(conn))
        except errors.OutreachError:
            return AWAY

"""The embedded catcher's way back: what is sent to reply addresses goes through the real post room."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from desk import inbox
from desk.inbox import PostRoom
from domain.inbound import Arrival
from mail.arrival import key_of

log = logging.getLogger("outreach.postbox")


class Postbox:
    """Keeps each message before its sender hears that it was taken; then processes it."""

    def __init__(self, room: PostRoom) -> None:
        self._room = room
        self._open: set[asyncio.Task[None]] = set()

    async def receive(self, raw: bytes, to: Sequence[str]) -> None:
        """Takes one message; what fails after it is kept is left to the sweep."""
        arrival = Arrival(key=key_of(raw, to), raw=raw, to=tuple(to))
        for item in await inbox.keep(self._room, [arrival], "smtp", datetime.now(UTC)):
            task = asyncio.get_running_loop().create_task(self._process(item))
            self._open.add(task)
            task.add_done_callback(self._open.discard)

    async def close(self) -> None:
        """Finishes what was begun."""
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _process(self, item: int) -> None:
        try:
            await inbox.process(self._room, item, datetime.now(UTC))
        except Exception:
            log.exception("message %d is left to the sweep", item)

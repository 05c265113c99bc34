"""Works through what was just kept, a few things at once; what stays undone is the sweep's (desk/inbox.py).

Nothing here is needed for a reply not to be lost. It is what makes it arrive within a second: everything that
came in stops its own thread first, and only then follows what there is to do for others.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from desk import inbox
from desk.inbox import PostRoom, Settled
from domain import errors

log = logging.getLogger("outreach.inbox")

PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before something that cannot be settled yet is looked at again; then the sweep looks."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is worked on at once, how much may wait, how long an end takes at most (seconds)."""

    at_once: int = 6
    following: int = 2
    """So many do what follows for others: that waits for a planning in progress, no thread of its own may."""
    waiting: int = 10_000
    patience: float = 5.0
    """Seconds that what follows gives way to what has just come in, at most."""
    grace: float = 20.0


class Sorting:
    """Processes things by their id; `take` never waits and never fails."""

    def __init__(
        self, room: Callable[[], PostRoom], now: Callable[[], datetime], limits: Limits | None = None
    ) -> None:
        self._room = room
        self._now = now
        self._limits = limits or Limits()
        self._waiting: asyncio.Queue[tuple[int, int]] = asyncio.Queue(self._limits.waiting)
        self._settled: asyncio.Queue[tuple[Settled, int]] = asyncio.Queue(self._limits.waiting)
        self._later: dict[int, asyncio.TimerHandle] = {}

    def take(self, ids: Iterable[int], tried: int = 0) -> None:
        """Has these processed soon; those beyond what may wait are left to the sweep."""
        for item_id in ids:
            self._later.pop(item_id, None)
            try:
                self._waiting.put_nowait((item_id, tried))
            except asyncio.QueueFull:
                log.warning("too much at once: message %d waits for the sweep", item_id)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[Sorting]:
        """Works inside the block; at its end what waits is finished first, for as long as the grace lasts."""
        workers = [asyncio.create_task(self._settle()) for _ in range(self._limits.at_once)]
        workers += [asyncio.create_task(self._follow()) for _ in range(self._limits.following)]
        try:
            yield self
        finally:
            for timer in self._later.values():
                timer.cancel()
            self._later.clear()
            try:
                await asyncio.wait_for(self._finished(), self._limits.grace)
            except TimeoutError:
                log.warning("%d messages wait for the sweep", self._waiting.qsize() + self._settled.qsize())
            finally:
                for worker in workers:
                    worker.cancel()
                await asyncio.gather(*workers, return_exceptions=True)

    async def _finished(self) -> None:
        await self._waiting.join()
        await self._settled.join()

    async def take_up(self) -> None:
        """Takes what an earlier process kept and did not finish: it need not wait for the sweep."""
        try:
            self.take(await inbox.left_over(self._room(), self._now()))
        except errors.Unavailable as away:
            log.warning("what was left is taken up by the sweep: %s", away)

    async def _settle(self) -> None:
        while True:
            item_id, tried = await self._waiting.get()
            try:
                if (settled := await self._once(item_id, tried)) is not None:
                    self._settled.put_nowait((settled, tried))
            except asyncio.QueueFull:
                log.warning("too much at once: what follows from message %d waits for the sweep", item_id)
            finally:
                self._waiting.task_done()

    async def _once(self, item_id: int, tried: int) -> Settled | None:
        """Settles one thing; what cannot be settled yet is looked at again in a moment."""
        try:
            if settled := await inbox.settle(self._room(), item_id, self._now()):
                return settled
        except errors.Unavailable as away:
            log.warning("message %d is not processed yet: %s", item_id, away)
        except Exception:
            log.exception("message %d could not be processed; the sweep will try again", item_id)
            return None
        self._put_off(item_id, tried)
        return None

    async def _follow(self) -> None:
        while True:
            settled, tried = await self._settled.get()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._waiting.join(), self._limits.patience)
            try:
                await inbox.follow(self._room().office, settled, self._now())
            except errors.Unavailable as away:
                log.warning("what follows from message %d is not done yet: %s", settled.item.id, away)
                self._put_off(settled.item.id, tried)
            except Exception:
                log.exception("what follows from message %d waits for the sweep", settled.item.id)
            finally:
                self._settled.task_done()

    def _put_off(self, item_id: int, tried: int) -> None:
        if tried < len(PAUSES):
            loop = asyncio.get_running_loop()
            self._later[item_id] = loop.call_later(PAUSES[tried], self.take, [item_id], tried + 1)

"""The line to Temporal: looked after in the background, so that nobody waits for a server that is away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from temporalio.client import Client
from temporalio.service import RPCError

from domain import errors

log = logging.getLogger("outreach.temporal")

EVERY = 2.0
"""Seconds between two looks: so long after its end a server may still be asked."""
_PATIENCE = timedelta(seconds=3)

Connect = Callable[[], Awaitable[Client]]
"""Connects, or raises `errors.OutreachError` in words."""


class Line:
    """Holds a client while Temporal answers, and none while it does not."""

    def __init__(self, connect: Connect, *, every: float = EVERY) -> None:
        self._connect = connect
        self._every = every
        self._client: Client | None = None
        self.client: Client | None = None
        """Temporal's client; None while it does not answer."""
        self._trouble = ""

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[Line]:
        """Looks once, then again and again inside the block."""
        await self._look()
        looking = asyncio.create_task(self._keep_looking())
        try:
            yield self
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            await self._look()

    async def _look(self) -> None:
        try:
            if self._client is None:
                self._client = await self._connect()
            await self._client.service_client.check_health(timeout=_PATIENCE)
        except (errors.OutreachError, RPCError, RuntimeError) as away:
            self._note(str(away))
        else:
            self._note("")

    def _note(self, trouble: str) -> None:
        self.client = None if trouble else self._client
        if bool(trouble) != bool(self._trouble):
            log.warning("Temporal answers again" if not trouble else "%s", *([trouble] if trouble else []))
        self._trouble = trouble

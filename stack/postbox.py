"""The embedded catcher's way back: what is sent to reply addresses goes through the real post room."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from db.pool import open_pool
from desk import inbox
from desk.inbox import PostRoom
from desk.office import Office
from desk.sorting import Sorting
from domain.inbound import Arrival
from mail.arrival import key_of
from stack.services import Running

CONNECTIONS = 12
"""To the database; more than are processed at once, so that there is always one left to store with."""


@asynccontextmanager
async def postbox(running: Running) -> AsyncIterator[None]:
    """Inside the block, keeps each message before its sender hears that it was taken; then processes it.

    Does nothing where e-mail leaves by a real server: replies then come as its service brings them.
    """
    if running.catcher is None or not running.settings.inbound_domain:
        yield
        return
    settings = running.settings
    pool = await open_pool(running.database_url, size=CONNECTIONS)
    room = PostRoom(Office(pool, settings.rules, running.client, settings.task_queue))

    async def receive(raw: bytes, to: Sequence[str]) -> None:
        arrival = Arrival(key=key_of(raw, to), raw=raw, to=tuple(to))
        sorting.take(await inbox.keep(room, [arrival], "smtp", _now()))

    try:
        async with Sorting(lambda: room, _now).at_work() as sorting:
            running.catcher.receive_for(running.settings.inbound_domain, receive)
            yield
    finally:
        await pool.close()


def _now() -> datetime:
    return datetime.now(UTC)

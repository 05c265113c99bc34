"""One view of the database for as long as somebody reads: nothing moves meanwhile, nothing is written."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from db.pool import Connection, Pool, transaction


@asynccontextmanager
async def snapshot(pool: Pool) -> AsyncIterator[Connection]:
    """Lends a connection that reads one state of the database and can change nothing (R12)."""
    async with transaction(pool, isolation="repeatable_read", readonly=True) as conn:
        yield conn

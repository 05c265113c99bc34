"""What the database's tests share: a play on a database of their own, checked when it is over."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from db.pool import Pool
from tests.db import invariants
from tests.db.acts import Play
from tests.fill import fill


@pytest.fixture
async def play(pool: Pool) -> AsyncIterator[Play]:
    """A play with the cast; whatever happened in it, every promise must hold at its end."""
    await fill(pool)
    yield Play(pool)
    await invariants.check(pool)


@pytest.fixture
async def empty_url(database_url: str) -> str:
    """A database without a schema, where the test's own migrated one was."""
    connection = await asyncpg.connect(database_url)
    await connection.execute("drop schema public cascade; create schema public")
    await connection.close()
    return database_url

"""What the web's tests share: a server on the test's own database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from db.pool import Pool
from tests.web.front import Front


@pytest_asyncio.fixture
async def front(pool: Pool) -> AsyncIterator[Front]:
    """A server with the limits of production."""
    async with Front(pool).open() as served:
        yield served

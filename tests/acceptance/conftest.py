"""The acceptance tests' house, one for a test process, and a theatre in it for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.acceptance.house import House, house
from tests.acceptance.theatre import Theatre, theatre


@pytest_asyncio.fixture(scope="session", name="house")
async def _house() -> AsyncIterator[House]:
    async with house() as servers:
        yield servers


@pytest_asyncio.fixture(name="theatre")
async def _theatre(house: House, tmp_path: Path) -> AsyncIterator[Theatre]:
    async with theatre(house, tmp_path) as stage:
        yield stage
        await stage.audit()

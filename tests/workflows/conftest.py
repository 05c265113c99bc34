"""A stage for each test of a workflow."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

from db.pool import Pool
from tests.stage import Stage, stage


@pytest_asyncio.fixture
async def play(temporal: WorkflowEnvironment, pool: Pool) -> AsyncIterator[Stage]:
    """The application with SPEC's defaults and the named cast, on the coming Monday at 09:00."""
    async with stage(temporal, pool) as playing:
        yield playing

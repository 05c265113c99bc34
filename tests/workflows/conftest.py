"""A stage for each test of a workflow."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import asyncpg
import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

from db.pool import Pool, open_pool
from embedded.postgres import Postgres
from tests.stage import Stage, stage

_EMPTY = """
do $$ begin
    execute (select 'truncate ' || string_agg(quote_ident(tablename), ', ') || ' restart identity'
             from pg_tables
             where schemaname = 'public' and tablename not in ('alembic_version', 'control'));
end $$;
update control set hold_all = false;
"""
"""Emptying a database takes a tenth of the time that a new one takes."""


@pytest_asyncio.fixture(scope="session")
async def workflows_pool(postgres: Postgres) -> AsyncIterator[Pool]:
    """A pool on this room's own database."""
    connection = await asyncpg.connect(postgres.url)
    await connection.execute("create database workflows template pattern")
    await connection.close()
    pool = await open_pool(urlsplit(postgres.url)._replace(path="/workflows").geturl())
    yield pool
    await pool.close()


@pytest_asyncio.fixture
async def pool(workflows_pool: Pool) -> Pool:
    """The room's pool, its database empty."""
    await workflows_pool.execute(_EMPTY)
    return workflows_pool


@pytest_asyncio.fixture
async def play(temporal: WorkflowEnvironment, pool: Pool) -> AsyncIterator[Stage]:
    """The application with SPEC's defaults and the named cast, on the coming Monday at 09:00."""
    async with stage(temporal, pool) as playing:
        yield playing

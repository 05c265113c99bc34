"""What every room's tests share: a PostgreSQL of their own, a database for each test, a Temporal server."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

from db import migrate
from db.pool import Pool, open_pool
from embedded.home import temporary_home
from embedded.postgres import Postgres
from tests.temporal_env import skipping_env
from workflows import attributes

MEMORY = Path("/dev/shm")
ROOM = 3 * 2**30
_numbers = itertools.count(1)


def _at(url: str, database: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/{database}?{parts.query}"


@pytest_asyncio.fixture(scope="session")
async def postgres() -> AsyncIterator[Postgres]:
    """A PostgreSQL server for the session, with a migrated database to copy."""
    async with temporary_home(under=_memory()) as home, Postgres(home.path, durable=False) as server:
        await _execute(server.url, "create database pattern")
        await migrate.upgrade(_at(server.url, "pattern"))
        yield server


@pytest_asyncio.fixture
async def database_url(postgres: Postgres) -> AsyncIterator[str]:
    """A migrated, empty database for one test."""
    name = f"test_{next(_numbers)}"
    await _execute(postgres.url, f"create database {name} template pattern strategy file_copy")
    yield _at(postgres.url, name)
    await _execute(postgres.url, f"drop database {name} with (force)")


@pytest_asyncio.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    """A pool on the test's own database."""
    pool = await open_pool(database_url)
    yield pool
    await pool.close()


@pytest_asyncio.fixture(scope="session")
async def temporal() -> AsyncIterator[WorkflowEnvironment]:
    """The full dev server with a clock per workflow (ARCHITECTURE: time-skipping tests)."""
    async with await skipping_env(attributes.ALL) as env:
        yield env


def _memory() -> Path | None:
    """Names a folder in memory with room for everybody's databases: to copy one takes a fifth of the time."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return None
    return MEMORY


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()

"""What the workers do is what counts: each says what it was told, and whoever launches compares.

A command and a worker read their settings each for itself, and a worker reads them once, at its start.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from db import workers
from db.pool import Pool, transaction
from db.workers import Told
from desk.office import Office
from desk.snapshot import snapshot
from domain import errors
from domain.rules import APPROVALS, Approval

log = logging.getLogger("outreach.workers")

APPROVAL = "OUTREACH_APPROVAL"

EVERY = 20.0
"""Seconds between two signs of life."""
ALIVE = timedelta(seconds=90)
"""A worker whose last sign of life is older has ended without a word."""


@asynccontextmanager
async def published(
    pool: Pool, task_queue: str, told: Mapping[str, str], *, every: float = EVERY
) -> AsyncIterator[str]:
    """Says inside the block that a worker runs and what it was told; the value is its id."""
    worker = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(2)}"
    async with transaction(pool) as conn:
        await workers.beat(conn, worker, task_queue, told)
    beating = asyncio.create_task(_beat(pool, worker, task_queue, told, every))
    try:
        yield worker
    finally:
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
        with suppress(errors.OutreachError):  # without a database the row ages by itself
            async with transaction(pool) as conn:
                await workers.gone(conn, worker)


async def _beat(pool: Pool, worker: str, task_queue: str, told: Mapping[str, str], every: float) -> None:
    while True:
        await asyncio.sleep(every)
        try:
            async with transaction(pool) as conn:
                await workers.beat(conn, worker, task_queue, told)
        except errors.OutreachError as away:
            log.warning("no sign of life could be given: %s", away)


async def live(office: Office) -> Sequence[Told]:
    """Lists the workers that take work from the office's task queue, and what each was told."""
    async with snapshot(office.pool) as conn:
        return await workers.live(conn, office.task_queue, ALIVE)


def unapproved(approval: Approval, running: Sequence[Told]) -> Iterator[str]:
    """Words each worker by which letters would go out that are to be approved first.

    One that does not say whose letters wait is older than approvals, and lets none wait.
    """
    for worker in running:
        there = worker.told.get(APPROVAL) or APPROVALS[0]
        if there not in APPROVALS[APPROVALS.index(approval) :]:
            yield f"{APPROVAL} is {approval} here, {there} for the worker {worker.id}"


def differences(own: Mapping[str, str], running: Sequence[Told]) -> Iterator[str]:
    """Words each setting that a worker was told otherwise, naming both values."""
    for worker in running:
        for name in sorted(own.keys() & worker.told.keys()):
            here, there = own[name], worker.told[name]
            if here != there:
                yield f"{name} is {here or 'not set'} here, {there or 'not set'} for the worker {worker.id}"

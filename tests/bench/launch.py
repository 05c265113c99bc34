"""A real launch beside bare workflows of the same event shape, in alternating pairs on one tuned server."""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from temporalio.client import Client
from temporalio.worker import Worker

import worker
from db import migrate, records
from db.pool import Pool, open_pool
from domain.messages import RunRequest
from embedded.catcher import Catcher
from embedded.home import temporary_home
from embedded.postgres import Postgres
from embedded.temporal import TemporalServer
from sample import generator
from settings import load
from tests.bench.bare import BareCycle, BareRun, bare_page, bare_send
from workflows.run import OutreachRun

PAIRS = 3


async def main() -> None:
    """Prints cycles a second of both, and their ratio, for limit 1 and for no limit that bites."""
    for limit in (1, 10_000):
        await _compare(limit)


async def _compare(limit: int) -> None:
    ratios, real_rates, bare_rates, count = [], [], [], 0
    for number in range(PAIRS):
        count, real = await _real(limit)
        bare = await _bare(count, number)
        real_rates.append(count / real)
        bare_rates.append(count / bare)
        ratios.append(bare / real)
    words = "limit 1" if limit == 1 else "every role"
    print(
        f"launch, {words}: {count} cycles, every first e-mail in the catcher; "
        f"{statistics.median(real_rates):.1f} cycles/s beside {statistics.median(bare_rates):.1f} bare, "
        f"ratio {statistics.median(ratios):.2f} (pairs: {', '.join(f'{one:.2f}' for one in ratios)})"
    )


@asynccontextmanager
async def _server() -> AsyncIterator[tuple[Client, Path]]:
    async with temporary_home() as home, TemporalServer(home.path, durable=False) as server:
        client = await worker.connect(server.address)
        await worker.register_attributes(client)
        yield client, home.path


async def _real(limit: int) -> tuple[int, float]:
    async with AsyncExitStack() as stack:
        client, home = await stack.enter_async_context(_server())
        postgres = await stack.enter_async_context(Postgres(home, durable=False))
        catcher = await stack.enter_async_context(Catcher(home / "mail"))
        await migrate.upgrade(postgres.url)
        pool = await open_pool(postgres.url)
        stack.push_async_callback(pool.close)
        generator.write(home / "records", today=datetime.now(UTC).date())
        async with pool.acquire() as connection:
            await records.load(connection, home / "records")
        settings = load(weekly_limit=limit, mail_url=catcher.url)
        await stack.enter_async_context(worker.running(settings, client, postgres.url))
        arrivals = _Arrivals(catcher)
        began = time.perf_counter()
        counts = await client.execute_workflow(
            OutreachRun.run, RunRequest(), id="run-bench", task_queue=settings.task_queue
        )
        await arrivals.reach(counts.planned)
        took = time.perf_counter() - began
        assert await _sent(pool) == counts.planned
        return counts.planned, took


async def _bare(count: int, number: int) -> float:
    async with _server() as (client, _):
        done = 0

        async with Worker(
            client,
            task_queue="bare",
            workflows=[BareRun, BareCycle],
            activities=[bare_send, bare_page],
            workflow_runner=worker.RUNNER,
            max_cached_workflows=worker.CACHED_WORKFLOWS,
            max_concurrent_activities=20,
        ):
            began = time.perf_counter()
            await client.execute_workflow(BareRun.run, None, id=f"bare-{number}-{count}", task_queue="bare")
            query = "WorkflowType = 'BareCycle' AND OutreachStage = 'initial'"
            while done < count:
                done = (await client.count_workflows(query)).count
                await asyncio.sleep(0.05)
            return time.perf_counter() - began


class _Arrivals:
    """Tells when so many messages have been caught."""

    def __init__(self, catcher: Catcher) -> None:
        self._catcher = catcher
        self._came = asyncio.Event()
        catcher.listen_to(self._note)

    async def _note(self, path: Path) -> None:
        self._came.set()

    async def reach(self, count: int) -> None:
        while self._catcher.messages < count:
            self._came.clear()
            await self._came.wait()


async def _sent(pool: Pool) -> int:
    found: int = await pool.fetchval("select count(*) from outreach_log where stage = 'initial'")
    return found


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

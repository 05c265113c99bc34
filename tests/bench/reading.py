"""What people read, without a web server: each function of the desk on a large world."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from db import migrate
from db.pool import Pool, open_pool
from desk import candidates, companies, cycles, figures, received, runs, today
from desk.office import Office
from domain.candidates import Filters as CandidateFilters
from domain.companies import Filters as CompanyFilters
from domain.cycles import Filters
from domain.rules import Rules
from embedded.home import temporary_home
from embedded.postgres import Postgres
from tests import large
from tests.cast import NOW

WARM, RUNS = 3, 40
MOST = 0.100
"""Seconds that 19 of 20 readings may take."""

Reading = tuple[str, Callable[[], Awaitable[Any]]]


async def main() -> None:
    """Prints the median and the 95th percentile of each."""
    async with temporary_home() as home, Postgres(home.path, durable=False) as postgres:
        await migrate.upgrade(postgres.url)
        pool = await open_pool(postgres.url)
        try:
            async with pool.acquire() as conn:
                await large.fill(conn)
            await _measure(pool)
        finally:
            await pool.close()


async def _measure(pool: Pool) -> None:
    print(f"{'reading':44}{'p50':>9}{'p95':>9}")
    office = Office(pool, Rules(weekly_limit=2))
    busy = "select {0} from {1} group by 1 order by count(*) desc, 1 limit 1"
    company = await pool.fetchval(busy.format("company_id", "outreach_cycle"))
    person = await pool.fetchval(busy.format("candidate_id", "candidate_outreach_history"))
    for name, read in _readings(office, company, person):
        times = [await _timed(read) for _ in range(WARM + RUNS)][WARM:]
        p95 = statistics.quantiles(times, n=20)[-1]
        mark = "  !" if p95 > MOST else ""
        print(f"{name:44}{statistics.median(times) * 1000:>6.0f} ms{p95 * 1000:>6.0f} ms{mark}", flush=True)


async def _timed(read: Callable[[], Awaitable[Any]]) -> float:
    began = time.perf_counter()
    await read()
    return time.perf_counter() - began


def _readings(office: Office, company: str, person: str) -> Iterator[Reading]:
    for asked in (
        {},
        {"status": "held"},
        {"status": "active", "urgent": True},
        {"outcome": "responded"},
        {"company_id": company},
        {"candidate_id": person},
        {"specialist_id": "s12"},
        {"unsettled": True},
        {"q": "a"},
        {"q": "data analyst intern at acme"},
        {"q": "nobody of this name"},
    ):
        filters = Filters.model_validate(asked)
        yield f"cycles {asked or ''}", lambda filters=filters: cycles.cycles(office, NOW, filters)
    for live in (None, False):
        of = CandidateFilters(live=live)
        yield f"candidates live={live}", lambda of=of: candidates.candidates(office, NOW, of)
    yield "candidate", lambda: candidates.candidate(office, NOW, person)
    yield "companies", lambda: companies.companies(office, NOW, CompanyFilters())
    yield "companies by name", lambda: companies.companies(office, NOW, CompanyFilters(q="acme"))
    yield "company", lambda: companies.company(office, NOW, company)
    yield "runs", lambda: runs.runs(office, NOW)
    yield "today", lambda: today.today(office, NOW)
    yield "pending", lambda: figures.pending_page(office, NOW)
    yield "follow-ups", lambda: figures.follow_up_page(office, NOW)
    yield "inbox", lambda: received.post(office, NOW, most=50)
    yield "status", lambda: figures.status(office, NOW)

"""Planning itself, on a warm connection: the brief's set sparse and dense, and ten times sparse."""

from __future__ import annotations

import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from db import migrate, planning, records
from db.pool import Connection, connect
from domain.planning import Plan
from domain.rules import Rules
from embedded.home import temporary_home
from embedded.postgres import Postgres
from sample import generator
from sample.generator import Density

TODAY = date(2026, 6, 1)
RUNS = 5


@dataclass(frozen=True)
class Set:
    """A set of records, and how long planning it may take, in seconds."""

    name: str
    most: float
    roles: int = 1096
    candidates: int = 2003
    companies: int = 300
    density: Density = "sparse"


SETS = (
    Set("sparse", 0.3),
    Set("dense", 3, density="dense"),
    Set("ten times sparse", 3, roles=10_960, candidates=20_030, companies=3_000),
)
RULES = {
    "limit 1": Rules(),
    "every role": Rules(weekly_limit=10_000),
    "one live pitch": Rules(weekly_limit=10_000, max_live_pitches=1),
}


async def main() -> None:
    """Prints the median of five plans of each set under three sets of rules."""
    print(f"{'set':18}{'rules':16}{'matches':>10}{'planned':>9}{'median':>9}{'slowest':>9}{'target':>9}")
    for chosen in SETS:
        async with filled(chosen) as url, connected(url) as conn:
            matches = await conn.fetchval("select count(*) from match")
            for words, rules in RULES.items():
                plan, times = await _timed(conn, rules)
                median, slowest = statistics.median(times) * 1000, max(times) * 1000
                print(
                    f"{chosen.name:18}{words:16}{matches:>10,}{len(plan.planned):>9,}"
                    f"{median:>6.0f} ms{slowest:>6.0f} ms{chosen.most * 1000:>6.0f} ms",
                    flush=True,
                )


@asynccontextmanager
async def filled(chosen: Set) -> AsyncIterator[str]:
    """Lends the address of a database of its own that holds a set."""
    async with temporary_home() as home, Postgres(home.path, durable=False) as postgres:
        await migrate.upgrade(postgres.url)
        folder = home.path / "records"
        generator.write(
            folder,
            roles=chosen.roles,
            candidates=chosen.candidates,
            companies=chosen.companies,
            density=chosen.density,
            today=TODAY,
        )
        async with connected(postgres.url) as connection:
            await records.load(connection, folder)
        yield postgres.url


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Connection]:
    """Lends a connection."""
    connection = await connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def _timed(conn: Connection, rules: Rules) -> tuple[Plan, list[float]]:
    plan = await planning.plan(conn, rules, TODAY)
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        plan = await planning.plan(conn, rules, TODAY)
        times.append(time.perf_counter() - began)
    return plan, times

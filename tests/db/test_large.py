"""The large world of the benchmarks keeps every promise that the application's own worlds keep."""

from __future__ import annotations

from db.pool import Pool
from tests import large
from tests.db import invariants


async def test_a_filled_world_is_one_that_the_application_could_have_made(pool: Pool) -> None:
    async with pool.acquire() as conn:
        await large.fill(conn, size=large.SMALL)
        await invariants.check(conn)
        standing = await conn.fetch("select distinct status from outreach_cycle")
        outcomes = await conn.fetch("select distinct outcome from outreach_cycle where outcome is not null")
    assert len(standing) == 4
    assert len(outcomes) == 7

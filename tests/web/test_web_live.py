"""Open pages hear of every change, and hold nothing up."""

from __future__ import annotations

import asyncio
import time

from tests.fill import fill
from tests.scenes import book, do
from tests.web.front import Front


async def test_an_open_page_hears_of_a_change_within_seconds(front: Front) -> None:
    await fill(front.pool)
    async with front.client.stream("GET", "/live") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.aiter_lines()
        first = await _next(lines)
        await book(front.pool, "acme-1")
        await do(
            front.pool,
            "insert into cycle_event (cycle_id, at, kind) select id, now(), 'x' from outreach_cycle",
        )
        assert await _next(lines) != first


async def test_a_stop_waits_for_no_open_page(front: Front) -> None:
    async with Front(front.pool).open() as other, other.client.stream("GET", "/live") as answer:
        await _next(answer.aiter_lines())
        began = time.monotonic()
    assert time.monotonic() - began < 5


async def test_a_database_that_is_away_is_said(front: Front) -> None:
    async with front.client.stream("GET", "/live") as answer:
        lines = answer.aiter_lines()
        await _next(lines)
        await front.pool.close()
        assert await _next(lines) == "data: away"


async def _next(lines: object) -> str:
    async with asyncio.timeout(20):
        async for line in lines:  # type: ignore[attr-defined]
            if line.startswith("data: "):
                return str(line)
    raise AssertionError("the stream has ended")

"""Open pages hear of every change, and hold nothing up."""

from __future__ import annotations

import asyncio
import time

import pytest

from desk import access
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import book, do
from tests.web.front import Front
from web import live


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


async def test_nothing_more_is_told_to_whoever_is_let_in_no_longer(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "ALIVE", 0.2)
    monkeypatch.setattr(access, "FRESH", 0.2)
    await access.give(front.office, "ana", "read", "one", NOW)
    async with front.client.stream("GET", "/live", headers={"Authorization": "Bearer one"}) as answer:
        lines = answer.aiter_lines()
        await _next(lines)
        await access.revoke(front.office, "ana", NOW)
        async with asyncio.timeout(20):
            assert not [line async for line in lines if "still here" not in line and line][3:]


async def _next(lines: object) -> str:
    async with asyncio.timeout(20):
        async for line in lines:  # type: ignore[attr-defined]
            if line.startswith("data: "):
                return str(line)
    raise AssertionError("the stream has ended")

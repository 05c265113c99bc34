"""A step's heartbeat, and what may cut a step short."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from temporalio.activity import ActivityCancellationDetails
from temporalio.testing import ActivityEnvironment
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput

from activities import alive


class Work(ActivityInboundInterceptor):
    """Stands where the activity itself is called."""

    def __init__(self, work: Callable[[], Awaitable[str]]) -> None:
        self._work = work

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        return await self._work()


async def perform(env: ActivityEnvironment, work: Callable[[], Awaitable[str]]) -> str:
    step = alive.Alive().intercept_activity(Work(work))

    async def attempt() -> str:
        return await step.execute_activity(ExecuteActivityInput(attempt, (), None, {}))

    return await env.run(attempt)


async def test_a_long_step_says_that_it_lives_and_a_quick_one_costs_no_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alive, "EVERY", timedelta(milliseconds=10))
    env, beats = ActivityEnvironment(), asyncio.Event()
    env.on_heartbeat = lambda *_: beats.set()

    async def quick() -> str:
        return "done"

    async def long() -> str:
        await beats.wait()
        return "done"

    assert await perform(env, quick) == "done"
    assert not beats.is_set()
    assert await perform(env, long) == "done"


@pytest.mark.parametrize("why", ["cancel_requested", "paused", "reset"])
async def test_a_step_that_is_told_to_stop_ends_with_its_attempt(why: str) -> None:
    env, begun, end = ActivityEnvironment(), asyncio.Event(), asyncio.Event()

    async def work() -> str:
        begun.set()
        await end.wait()
        return "sent"

    attempt = asyncio.create_task(perform(env, work))
    await begun.wait()
    env.cancel(ActivityCancellationDetails(**{why: True}))
    asyncio.get_running_loop().call_later(0.02, end.set)
    assert await attempt == "sent"


@pytest.mark.parametrize("why", ["timed_out", "not_found", "worker_shutdown"])
async def test_a_step_that_nobody_waits_for_any_more_is_cut(why: str) -> None:
    env, begun, cut = ActivityEnvironment(), asyncio.Event(), asyncio.Event()

    async def work() -> str:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cut.set()
        return "never"

    attempt = asyncio.create_task(perform(env, work))
    await begun.wait()
    env.cancel(ActivityCancellationDetails(**{why: True}))
    with pytest.raises(asyncio.CancelledError):
        await attempt
    assert cut.is_set()


async def test_a_step_that_fails_says_why() -> None:
    async def work() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await perform(ActivityEnvironment(), work)

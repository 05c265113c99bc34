"""Tells Temporal that a step is still being worked on, so that a dead worker's steps are soon taken over.

A step says so every few seconds from its first few seconds on: a quick one, which is nearly every one,
costs no call (ARCHITECTURE: every attempt is billed).
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

EVERY = timedelta(seconds=5)
"""Well below the steps' heartbeat time-out (workflows/steps.py)."""


class Alive(Interceptor):
    """Gives every activity of a worker a heartbeat."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Wraps an activity."""
        return _Alive(next)


class _Alive(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        """Works to the end; a step that is told to stop meanwhile ends with its attempt (R7).

        Cut short are only attempts that nobody waits for any more: timed out, or the worker's grace is over.
        """
        work = asyncio.ensure_future(self.next.execute_activity(input))
        beating = asyncio.create_task(_beat())
        try:
            while not work.done():
                try:
                    await asyncio.shield(work)
                except asyncio.CancelledError:
                    if work.done() or not _is_only_told_to_stop():
                        raise
            return work.result()
        finally:
            beating.cancel()
            work.cancel()
            await asyncio.gather(work, beating, return_exceptions=True)


async def _beat() -> None:
    while True:
        await asyncio.sleep(EVERY.total_seconds())
        activity.heartbeat()


def _is_only_told_to_stop() -> bool:
    """Tells whether the workflow, or a person in the Web UI, asks for an end; the attempt still counts."""
    details = activity.cancellation_details()
    return details is not None and (details.cancel_requested or details.paused or details.reset)

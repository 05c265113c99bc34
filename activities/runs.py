"""A run's booking, and the pages in which its cycles are started (R4, R17)."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity

from activities.clock import Clock
from db import bookings
from db.pool import Pool, transaction
from domain.messages import FinishRun, Page, PageOfRun, PlanRun, RunCounts
from domain.rules import Rules


@dataclass(frozen=True, slots=True)
class RunSteps:
    """Plans and pages of a run."""

    pool: Pool
    rules: Rules

    @activity.defn(name="plan_run")
    async def plan_run(self, order: PlanRun) -> RunCounts:
        """Plans, claims and books in one transaction; a retry returns what was stored."""
        async with transaction(self.pool) as conn:
            return await bookings.book_run(
                conn,
                self.rules,
                order.run_id,
                Clock(order.now).now(),
                roles=order.roles,
                max_roles=order.max_roles,
            )

    @activity.defn(name="page_of_run")
    async def page_of_run(self, order: PageOfRun) -> Page:
        """Reads the next cycles of a run, in order of id."""
        async with transaction(self.pool) as conn:
            return await bookings.page(conn, order)

    @activity.defn(name="finish_run")
    async def finish_run(self, order: FinishRun) -> None:
        """Notes that every cycle of the run has been started."""
        async with transaction(self.pool) as conn:
            await bookings.finish(conn, order.run_id, order.started, Clock(order.now).now())

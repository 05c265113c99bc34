"""One planning pass: plan, book, admit waiting cycles, start the new ones (SPEC section 5; R4, R17)."""

from __future__ import annotations

import asyncio

from temporalio import workflow
from temporalio.exceptions import ActivityError, FailureError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from domain import names
    from domain.messages import FinishRun, Page, PageOfRun, PlanRun, Reconcile, RunCounts, RunRequest
    from workflows import steps

from workflows.cycle import OutreachCycle, start_cycle

PAGE = 50
"""Cycles started together: enough to keep a server busy, few enough not to flood it."""

PAGES_A_RUN = 8
"""After this many pages the run continues as new: a history stays far below Temporal's limits."""


@workflow.defn
class OutreachRun:
    """Gives out the week's slots and starts the cycles that got one; they outlive it."""

    @workflow.init
    def __init__(self, request: RunRequest) -> None:
        self.counts = request.counts or RunCounts()

    @workflow.run
    async def run(self, request: RunRequest) -> RunCounts:
        """Plans once, then starts page after page; a retry or a continued run plans nothing new."""
        if request.counts is None:
            restarted = await self._reconcile()
            planned = await steps.plan_run(self._order(request))
            self.counts = planned.model_copy(update={"restarted": restarted})
        after = await self._start_pages(request.after)
        if after is not None:
            workflow.continue_as_new(request.model_copy(update={"after": after, "counts": self.counts}))
        await steps.finish_run(FinishRun(run_id=self._id(), started=self.counts.started, now=workflow.now()))
        return self.counts

    async def _reconcile(self) -> int:
        """Mends what fell between the two; that it fails is no reason not to plan."""
        try:
            return len((await steps.reconcile(Reconcile(now=workflow.now()))).restarted)
        except ActivityError as failed:
            if is_cancelled_exception(failed):
                raise
            workflow.logger.warning("reconcile failed: %s", failed.cause)
            return 0

    async def _start_pages(self, after: str | None) -> str | None:
        """Starts a number of pages; returns where to go on, or None at the end."""
        for _ in range(PAGES_A_RUN):
            page = await steps.page_of_run(PageOfRun(run_id=self._id(), after=after, most=PAGE))
            await asyncio.gather(*map(start_cycle, page.starts), *map(self._admit, page.admitted))
            self._count(page)
            if page.after is None:
                return None
            after = page.after
        return after

    async def _admit(self, cycle_id: str) -> None:
        """Tells a waiting cycle that it got a slot; one whose workflow is gone is left to `reconcile`."""
        handle: workflow.ExternalWorkflowHandle[OutreachCycle] = workflow.get_external_workflow_handle_for(
            OutreachCycle.run, names.workflow_id(cycle_id)
        )
        try:
            await handle.signal(OutreachCycle.admitted)
        except FailureError as gone:
            workflow.logger.warning("%s was not told that it is admitted: %s", cycle_id, gone)

    def _order(self, request: RunRequest) -> PlanRun:
        return PlanRun(
            run_id=self._id(), now=workflow.now(), max_roles=request.max_roles, roles=request.roles
        )

    def _count(self, page: Page) -> None:
        started = self.counts.started + len(page.starts)
        self.counts = self.counts.model_copy(update={"started": started})
        workflow.set_current_details(f"{started} of {self.counts.planned} cycles started.")

    def _id(self) -> str:
        return workflow.info().workflow_id

    @workflow.query
    def progress(self) -> RunCounts:
        """Says how far the run has come."""
        return self.counts

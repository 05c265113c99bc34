"""Workflows of the same event shape as a launch's, that do nothing: what the server itself costs."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.common import WorkflowIDReusePolicy

with workflow.unsafe.imports_passed_through():
    from domain.cadence import Next
    from domain.messages import CycleStart, Page, PageOfRun, SendLetter
    from workflows import attributes, details, run, steps


@activity.defn(name="bare_send")
async def bare_send(order: SendLetter) -> Next:
    """Sends nothing."""
    return Next(do="send", stage="follow_up_1", at=order.now + timedelta(hours=48), last_stage="initial")


@activity.defn(name="bare_page")
async def bare_page(order: PageOfRun) -> Page:
    """Reads nothing: makes the next cycles of a run up."""
    first = int(order.after or 0)
    last = min(first + order.most, int(order.run_id.rpartition("-")[2]))
    return Page(
        starts=tuple(_start(order.run_id, number) for number in range(first, last)),
        after=str(last) if last - first == order.most else None,
    )


def _start(run_id: str, number: int) -> CycleStart:
    return CycleStart(
        cycle_id=f"{run_id}-some-company-some-role-r{number:05}-1",
        role_id=f"r{number:05}",
        company_id=f"c{number:04}",
        title="Data Analyst at Acme Robotics",
        generation=1,
        urgent=False,
        next=Next(do="send", stage="initial", candidate_ids=("p00001", "p00002", "p00003")),
    )


@workflow.defn
class BareCycle:
    """One activity, one upsert, one timer: a launch's cycle until its first letter is out."""

    @workflow.run
    async def run(self, start: CycleStart) -> None:
        """Does what a cycle does, with nothing behind it."""
        step = await workflow.execute_activity(
            bare_send,
            SendLetter(cycle_id=start.cycle_id, stage="initial", now=workflow.now()),
            start_to_close_timeout=steps.SENDING,
            retry_policy=steps.UNTIL_IT_WORKS,
            summary="First e-mail",
        )
        workflow.upsert_search_attributes(attributes.changed(start.next, step))
        workflow.set_current_details(details.page(start, step, workflow.now()))
        await workflow.sleep(timedelta(hours=48), summary="until follow-up 1 is due")


@workflow.defn
class BareRun:
    """Starts as many bare cycles as its id ends with, page by page like a real run."""

    @workflow.run
    async def run(self, after: str | None) -> None:
        """Starts every page; continues as new where a real run does."""
        for _ in range(run.PAGES_A_RUN):
            order = PageOfRun(run_id=workflow.info().workflow_id, after=after, most=run.PAGE)
            page = await workflow.execute_activity(bare_page, order, start_to_close_timeout=steps.TRANSACTION)
            await asyncio.gather(*map(self._begin, page.starts))
            if page.after is None:
                return
            after = page.after
        workflow.continue_as_new(after)

    async def _begin(self, start: CycleStart) -> None:
        await workflow.start_child_workflow(
            BareCycle.run,
            start,
            id=f"bare-{start.cycle_id}",
            parent_close_policy=workflow.ParentClosePolicy.ABANDON,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
            search_attributes=attributes.at_start(start),
            static_summary=details.summary(start),
        )

"""One role, one to three pitches, one e-mail thread (SPEC sections 2 and 5; R6 to R8)."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ActivityError, WorkflowAlreadyStartedError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from domain import names
    from domain.cadence import MOVES_ON, Next, answered
    from domain.messages import (
        CycleEnd,
        CycleStart,
        Event,
        MoveOn,
        ResponseReceived,
        SendLetter,
        SendNow,
        Settle,
    )
    from workflows import attributes, details, steps


@workflow.defn
class OutreachCycle:
    """Sends the letters of a thread on time, stops on a reply, moves silent candidates on."""

    @workflow.init
    def __init__(self, start: CycleStart) -> None:
        """A signal may arrive before `run` begins: all state is set here."""
        self.start = start
        self.next = start.next
        self.told: list[Event] = []
        self.forced = False
        self.again = False
        self.children: tuple[str, ...] | None = None

    @workflow.run
    async def run(self, start: CycleStart) -> CycleEnd:
        """Follows the cycle step by step until it is closed and its next roles' cycles have started."""
        self._show()
        while self.told or not self._is_over():
            try:
                await self._step()
            except (asyncio.CancelledError, ActivityError) as error:
                if not is_cancelled_exception(error):
                    raise
                self.stop()  # cancelled in the Web UI: that means `stop` (R17)
        await workflow.wait_condition(workflow.all_handlers_finished)
        assert self.next.outcome is not None
        return CycleEnd(outcome=self.next.outcome, children=self.children or ())

    def _is_over(self) -> bool:
        """Tells whether nothing is left to do; candidates who move on have been seen off."""
        moves_on = self.next.outcome in MOVES_ON
        return self.next.do == "end" and (not moves_on or self.children is not None)

    async def _step(self) -> None:
        """Waits until something is due, and does it; what the workflow was told always comes first."""
        if self.next.do != "end":
            await self._until_due()
        if self.told or self.next.do == "await_release":
            await self._settle()
        elif self.next.do == "send":
            await self._send()
        else:
            await self._move_on()

    async def _until_due(self) -> None:
        """Sleeps until the next action is due, or until told something."""
        wait = None if self.next.at is None else self.next.at - workflow.now()
        if wait is None or wait > timedelta(0):
            with contextlib.suppress(TimeoutError):  # it may be raised although the condition is true
                await workflow.wait_condition(
                    lambda: bool(self.told), timeout=wait, timeout_summary=details.waiting(self.next)
                )

    async def _settle(self) -> None:
        """Hands what the workflow was told to the database, which decides what follows.

        Of an answer the database has often decided already: then its word is taken, so that in a burst of
        replies each thread stops by one task. An attempt that may have left something behind is settled.
        """
        events = tuple(self.told)
        if any(event.ended for event in events) and not self.again:
            step = answered(self.next)
        else:
            order = Settle(cycle_id=self.start.cycle_id, events=events, now=workflow.now())
            step = await steps.settle(order)
        del self.told[: len(events)]
        self.forced = step.do == "send" and (self.forced or any(event.force for event in events))
        self._go(step.model_copy(update={"at": workflow.now()}) if self.forced else step)

    async def _send(self) -> None:
        """Sends the stage that is due; told anything meanwhile, ends the step with its attempt."""
        assert self.next.stage is not None
        self._show()
        order = SendLetter(
            cycle_id=self.start.cycle_id,
            stage=self.next.stage,
            now=workflow.now(),
            force=self.forced,
            again=self.again,
        )
        sending = asyncio.create_task(steps.send_letter(order, urgent=self.next.urgent))
        while not sending.done():
            try:
                await workflow.wait_condition(lambda: sending.done() or bool(self.told))
                if self.told and not sending.done():
                    sending.cancel()
                    await workflow.wait_condition(sending.done)
            except asyncio.CancelledError:
                self.stop()
        try:
            self._go(sending.result())
        except (asyncio.CancelledError, ActivityError):
            if not self.told:
                raise
            self.again = True
        else:
            self.forced = self.again = False

    async def _move_on(self) -> None:
        """Closes the cycle if its time has come, and starts the cycles of its candidates' next roles.

        A repetition, after a cancellation in the middle, finds the same cycles booked and running.
        """
        moved = await steps.move_on(MoveOn(cycle_id=self.start.cycle_id, now=workflow.now()))
        self._go(moved.next)
        await asyncio.gather(*map(start_cycle, moved.children))
        if moved.next.do == "end":
            self.children = tuple(child.cycle_id for child in moved.children)
            self._show()

    def _go(self, step: Next) -> None:
        """Takes the next step up: shows it, and makes it searchable in one call."""
        updates = attributes.changed(self.next, step)
        self.next = step
        if updates:
            workflow.upsert_search_attributes(updates)
        self._show()

    def _show(self) -> None:
        page = details.page(self.start, self.next, workflow.now(), self.children or ())
        workflow.set_current_details(page)

    @workflow.query
    def state(self) -> Next:
        """Says where the cycle stands: stage, waiting for what, until when, why."""
        return self.next

    @workflow.signal
    def response_received(self, response: ResponseReceived | None = None) -> None:
        """A partner replied: the thread stops at once (R7)."""
        said = response or ResponseReceived()
        self.told.append(Event(kind="response_received", log_id=said.log_id, ended=said.ended))

    @workflow.signal
    def admitted(self) -> None:
        """A run gave this waiting cycle a slot (R8)."""
        self.told.append(Event(kind="admitted"))

    @workflow.signal
    def candidate_withdrawn(self) -> None:
        """A candidate was placed or withdrawn (R15)."""
        self.told.append(Event(kind="candidate_withdrawn"))

    @workflow.signal
    def role_closed(self) -> None:
        """The role was filled or closed (R15)."""
        self.told.append(Event(kind="role_closed"))

    @workflow.signal
    def pause(self) -> None:
        """A person asks the cycle to wait; the clock runs on (R6)."""
        self.told.append(Event(kind="pause"))

    @workflow.signal
    def resume(self) -> None:
        """A person lets the cycle go on (R6)."""
        self.told.append(Event(kind="resume"))

    @workflow.signal
    def stop(self) -> None:
        """A person ends the cycle; nobody moves on (R8)."""
        self.told.append(Event(kind="stop"))

    @workflow.signal
    def send_next_now(self, order: SendNow | None = None) -> None:
        """Looks at the cycle at once; forced, sends its next follow-up before it is due."""
        self.told.append(Event(kind="send_next_now", force=bool(order and order.force)))


async def start_cycle(start: CycleStart) -> None:
    """Starts a cycle as a child that outlives its parent; one that runs already is success (R17)."""
    try:
        await workflow.start_child_workflow(
            OutreachCycle.run,
            start,
            id=names.workflow_id(start.cycle_id),
            parent_close_policy=workflow.ParentClosePolicy.ABANDON,
            cancellation_type=workflow.ChildWorkflowCancellationType.ABANDON,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
            search_attributes=attributes.at_start(start),
            priority=steps.URGENT if start.urgent else steps.NORMAL,
            static_summary=details.summary(start),
        )
    except WorkflowAlreadyStartedError:
        workflow.logger.info("%s runs already", start.cycle_id)

"""One role, one to three pitches, one e-mail thread (SPEC sections 2 and 5; R6 to R8)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ActivityError, WorkflowAlreadyStartedError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from domain import names
    from domain.cadence import Next
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

    @workflow.run
    async def run(self, start: CycleStart) -> CycleEnd:
        """Follows the cycle step by step until it is closed, then starts the next roles' cycles."""
        self._show()
        children: tuple[CycleStart, ...] = ()
        while self.next.do != "end" or self.next.moves_on:
            try:
                children = await self._step()
            except (asyncio.CancelledError, ActivityError) as error:
                if not is_cancelled_exception(error):
                    raise
                self.stop()  # cancelled in the Web UI: that means `stop` (R17)
        for child in children:
            await start_cycle(child)
        await workflow.wait_condition(workflow.all_handlers_finished)
        assert self.next.outcome is not None
        return CycleEnd(outcome=self.next.outcome, children=tuple(child.cycle_id for child in children))

    async def _step(self) -> tuple[CycleStart, ...]:
        """Waits until something is to be done, and does it."""
        if self.next.do != "end" and not await self._due():
            await self._settle()
            return ()
        if self.next.do == "await_release":
            await self._settle()
            return ()
        if self.next.do == "send":
            await self._send()
            return ()
        moved = await steps.move_on(MoveOn(cycle_id=self.start.cycle_id, now=workflow.now()))
        self._go(moved.next)
        return moved.children

    async def _due(self) -> bool:
        """Sleeps until the next action is due, or until told something; a signal always comes first."""
        if self.told:
            return False
        wait = None if self.next.at is None else self.next.at - workflow.now()
        if wait is not None and wait <= timedelta(0):
            return True
        try:
            await workflow.wait_condition(
                lambda: bool(self.told), timeout=wait, timeout_summary=details.waiting(self.next)
            )
        except TimeoutError:
            return not self.told
        return False

    async def _send(self) -> None:
        """Sends the stage that is due; told anything meanwhile, ends the step with its attempt."""
        assert self.next.stage is not None
        order = SendLetter(
            cycle_id=self.start.cycle_id, stage=self.next.stage, now=workflow.now(), force=self.forced
        )
        self.forced = False
        sending = asyncio.create_task(steps.send_letter(order, urgent=self.start.urgent))
        try:
            await workflow.wait_condition(lambda: sending.done() or bool(self.told))
        finally:
            if not sending.done():
                sending.cancel()
        try:
            self._go(await sending)
        except (asyncio.CancelledError, ActivityError) as error:
            if not (self.told and is_cancelled_exception(error)):
                raise

    async def _settle(self) -> None:
        """Hands what the workflow was told to the database, which decides what follows."""
        events = tuple(self.told)
        step = await steps.settle(Settle(cycle_id=self.start.cycle_id, events=events, now=workflow.now()))
        del self.told[: len(events)]
        self.forced = any(event.force for event in events) and step.do == "send"
        self._go(step.model_copy(update={"at": workflow.now()}) if self.forced else step)

    def _go(self, step: Next) -> None:
        """Takes the next step up: shows it, and makes it searchable in one call."""
        updates = attributes.changed(self.next, step)
        self.next = step
        if updates:
            workflow.upsert_search_attributes(updates)
        self._show()

    def _show(self) -> None:
        workflow.set_current_details(details.page(self.start, self.next))

    @workflow.query
    def state(self) -> Next:
        """Says where the cycle stands: stage, waiting for what, until when, why."""
        return self.next

    @workflow.signal
    def response_received(self, response: ResponseReceived | None = None) -> None:
        """A partner replied: the thread stops at once (R7)."""
        log_id = response.log_id if response else None
        self.told.append(Event(kind="response_received", log_id=log_id))

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
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
            search_attributes=attributes.at_start(start),
            priority=steps.URGENT if start.urgent else steps.NORMAL,
            static_summary=details.summary(start),
        )
    except WorkflowAlreadyStartedError:
        workflow.logger.info("%s runs already", start.cycle_id)

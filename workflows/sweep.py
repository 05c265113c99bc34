"""Takes up what came in and was not finished; a Temporal Schedule starts it every few minutes."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.messages import SweepInbox
    from workflows import steps


@workflow.defn
class InboxSweep:
    """No reply is ever lost: what was kept and not delivered is driven again."""

    @workflow.run
    async def run(self) -> None:
        """Sweeps once."""
        await steps.sweep_inbox(SweepInbox(now=workflow.now()))

"""Moves one candidate on whom a company declined, also after the cycle has closed (R8; SPEC section 5)."""

from __future__ import annotations

import asyncio

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.messages import DeclineStart, MoveOn
    from workflows import steps

from workflows.cycle import start_cycle


@workflow.defn
class Decline:
    """Books the candidate's next roles, then starts their cycles."""

    @workflow.run
    async def run(self, start: DeclineStart) -> tuple[str, ...]:
        """Ends once every next cycle runs, and names them; a repetition finds them booked and running."""
        order = MoveOn(cycle_id=start.cycle_id, candidate_id=start.candidate_id, now=workflow.now())
        moved = await steps.move_on(order)
        await asyncio.gather(*map(start_cycle, moved.children))
        return tuple(child.cycle_id for child in moved.children)

"""What a cycle's workflow asks of the database besides sending (R7, R8, R15)."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity

from activities.clock import Clock
from db import bookings, steering
from db.pool import Pool, transaction
from domain.cadence import Next
from domain.messages import MovedOn, MoveOn, Settle
from domain.rules import Rules


@dataclass(frozen=True, slots=True)
class CycleSteps:
    """The transitions of a cycle, on its row."""

    pool: Pool
    rules: Rules

    @activity.defn(name="settle")
    async def settle(self, order: Settle) -> Next:
        """Applies what the workflow was told; harmless where the teller has written it already.

        An answer that only the workflow was told of, by a signal sent by hand, has the company's other
        cycles rest too: in a second transaction, which takes the locks in their one order (R17).
        """
        now = Clock(order.now).now()
        async with transaction(self.pool) as conn:
            step = await steering.settle(conn, order.cycle_id, order.events, self.rules, now)
        if any(event.kind == "response_received" for event in order.events):
            async with transaction(self.pool) as conn:
                for answered in await steering.unrested(conn, now, order.cycle_id):
                    await steering.rest_others(conn, answered, now)
        return step

    @activity.defn(name="move_on")
    async def move_on(self, order: MoveOn) -> MovedOn:
        """Closes a cycle whose time has come and books its candidates' next roles, in one booking.

        After a decline it books those of the one who was declined.
        """
        now = Clock(order.now).now()
        async with transaction(self.pool) as conn:
            if order.candidate_id is not None:
                return await bookings.move_on_alone(conn, self.rules, order.cycle_id, order.candidate_id, now)
            return await bookings.end(conn, self.rules, order.cycle_id, now)

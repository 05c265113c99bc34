"""What a cycle's workflow asks of the database besides sending (R7, R8, R15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio import activity

from activities.clock import Clock
from db import bookings, cycles, steering
from db.pool import Connection, Pool, transaction
from db.sql import queries
from domain.cadence import Next, Outcome
from domain.messages import MovedOn, MoveOn, Settle
from domain.rules import Rules

_TOLERANCE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class CycleSteps:
    """The transitions of a cycle, on its row."""

    pool: Pool
    rules: Rules

    @activity.defn(name="settle")
    async def settle(self, order: Settle) -> Next:
        """Applies what the workflow was told; harmless where the teller has written it already."""
        now = Clock(order.now).now()
        async with transaction(self.pool) as conn:
            return await steering.settle(conn, order.cycle_id, order.events, self.rules, now)

    @activity.defn(name="move_on")
    async def move_on(self, order: MoveOn) -> MovedOn:
        """Closes a cycle whose time has come and books its candidates' next roles, in one booking.

        A cycle that was answered, held or changed meanwhile is left as it is.
        """
        now = Clock(order.now).now()
        async with transaction(self.pool) as conn:
            await queries("planning").lock_bookings.run(conn)
            row = await cycles.lock(conn, order.cycle_id)
            ending = _ending(row, now)
            if ending is not None and await cycles.revalidate(conn, row, self.rules, now):
                await queries("sending").finish_task.run(
                    conn, cycle=order.cycle_id, stage="next_roles", now=now
                )
                await cycles.close(conn, row, ending, now)
            return await self._book(conn, order, now)

    async def _book(self, conn: Connection, order: MoveOn, now: datetime) -> MovedOn:
        step = await cycles.next_step(conn, order.cycle_id)
        row = await cycles.sql.find.one(conn, cycle=order.cycle_id)
        if not (step.moves_on or step.moved_on):
            return MovedOn(next=step)
        children = await bookings.move_on(conn, self.rules, row, now)
        return MovedOn(next=await cycles.next_step(conn, order.cycle_id), children=tuple(children))


def _ending(row: cycles.Row, now: datetime) -> Outcome | None:
    """Names how a cycle ends whose time has come, or None while it has not."""
    if row["status"] == "waiting" and row["wait_until"] <= now + _TOLERANCE:
        return "not_admitted"
    silent = row["status"] == "active" and row["stage"] == "follow_up_3"
    return "no_response" if silent and row["next_action_at"] <= now + _TOLERANCE else None

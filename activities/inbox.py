"""The sweep of what came in, as a step."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity

from activities.clock import Clock
from desk import inbox
from desk.inbox import PostRoom
from domain.messages import SweepInbox, SweptInbox


@dataclass(frozen=True, slots=True)
class InboxSteps:
    """Takes up what came in and was not finished."""

    room: PostRoom

    @activity.defn(name="sweep_inbox")
    async def sweep_inbox(self, order: SweepInbox) -> SweptInbox:
        """Sweeps at the workflow's time (R16)."""
        return await inbox.sweep(self.room, Clock(order.now).now())

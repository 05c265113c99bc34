"""The sweep of what came in, as a step."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity

from activities.clock import Clock
from desk import inbox, reconcile
from desk.inbox import PostRoom
from desk.mailbox import Letterbox
from domain.messages import SweepInbox, SweptInbox


@dataclass(frozen=True, slots=True)
class InboxSteps:
    """Takes up what came in and was not finished, tells what was not heard, and asks the mailbox again."""

    room: PostRoom
    letterbox: Letterbox | None = None

    @activity.defn(name="sweep_inbox")
    async def sweep_inbox(self, order: SweepInbox) -> SweptInbox:
        """Sweeps at the workflow's time (R16)."""
        clock = Clock(order.now)
        swept = await inbox.sweep(self.room, clock.now())
        told = await reconcile.retell(self.room.office, clock.now())
        swept = swept.model_copy(update={"told": told})
        if self.letterbox is None:
            return swept
        return swept.model_copy(update={"read": await self.letterbox.catch_up(self.room, clock.now)})

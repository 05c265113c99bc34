"""Tells a specialist that somebody answered: read, propose, claim, hand over, record (R7, R10, R11)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import partial

from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from activities.clock import Clock
from activities.failures import HOLD_ALL
from activities.letters import HOLD_ALL_LOOKS_AGAIN, again
from bios.replies import ReplyReader
from db import notices
from db.pool import Pool, transaction
from db.sending import HoldAll
from domain.letters import Brand, Delivery, Outage, Sender, Uncertain
from domain.messages import SendNotice
from domain.notices import Links, Notice, NoticeContext, Proposal
from domain.rules import Rules
from mail.notices import Notices, message, message_id
from mail.transport import Transport

NOBODY = "nobody to tell: the company has no specialist, and the records name no default one"


@dataclass(frozen=True, slots=True)
class NoticeSteps:
    """Everything a notice needs on its way to a specialist."""

    pool: Pool
    rules: Rules
    brand: Brand
    notices: Notices
    transport: Transport
    reader: ReplyReader | None = None
    """None without a language model: nothing is proposed."""
    links: Links = field(default_factory=Links)

    @activity.defn(name="send_notice")
    async def send_notice(self, order: SendNotice) -> None:
        """Sends one notice, unless it is sent or given up; its row says what became of it.

        Raises a retryable error for an outage or an unknown end, recorded before it is raised; it is then
        sent again with the same Message-ID. An address that is refused for good is given up.
        """
        clock = Clock(order.now)
        try:
            delivery = await self._attempt(order.notice_id, clock)
        except HoldAll:
            raise ApplicationError(
                "everything is held (`hold-all`)",
                type=HOLD_ALL,
                next_retry_delay=HOLD_ALL_LOOKS_AGAIN,
                category=ApplicationErrorCategory.BENIGN,
            ) from None
        if delivery is None:
            return
        async with transaction(self.pool) as conn:
            await notices.record(conn, order.notice_id, delivery, clock.now())
        if isinstance(delivery, Outage | Uncertain):
            raise again(delivery, activity.info().attempt)

    async def _attempt(self, notice_id: int, clock: Clock) -> Delivery | None:
        """Hands a notice over once; None if there is nothing (more) to hand over."""
        async with transaction(self.pool) as conn:
            notice = await notices.read(conn, notice_id, clock.now())
            if notice is not None and notice.specialist is None:
                await notices.give_up(conn, notice_id, NOBODY, clock.now())
        if notice is None or notice.specialist is None:
            return None
        return await self._hand_over(notice, notice.specialist, await self._proposal(notice), clock)

    async def _proposal(self, notice: Notice) -> Proposal | None:
        if self.reader is None or notice.kind != "human":
            return None
        people = {one.candidate_id: one.name for one in notice.people}
        return await self.reader.propose(
            notice.text, subject=notice.subject, role=notice.role_title, people=people
        )

    async def _hand_over(
        self, notice: Notice, to: Sender, proposal: Proposal | None, clock: Clock
    ) -> Delivery | None:
        letter = self.notices.render(
            NoticeContext(
                notice=notice,
                proposal=proposal,
                brand=self.brand,
                links=self.links,
                zone=self.rules.zone.key,
            )
        )
        fresh = partial(message_id, notice.id, to.email, token=secrets.token_hex(16))
        async with transaction(self.pool) as conn:
            name = await notices.claim(
                conn,
                notice.id,
                recipient=to.email,
                letter=letter,
                message_id=fresh,
                now=clock.now(),
            )
        if name is None:
            return None
        made = message(letter, notice, to=to, brand=self.brand, message_id=name, date=clock.now())
        return await self.transport.send(made, sender=to.email, recipients=[to.email])

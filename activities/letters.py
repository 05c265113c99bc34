"""One e-mail: prepare the bios, claim, hand over, record; each committed by itself (R7, R10)."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from activities.bios import Biographer
from activities.clock import Clock
from activities.failures import HOLD_ALL
from db import sending
from db.pool import Pool, transaction
from domain.cadence import Next
from domain.letters import Brand, Delivery, Outage, Uncertain, WayBack
from domain.messages import SendLetter
from domain.rules import Rules
from mail.compose import compose, message_id
from mail.letters import Letters
from mail.transport import Transport

HOLD_ALL_LOOKS_AGAIN = timedelta(seconds=30)
"""While everything is held, each due e-mail looks again this often; a release is felt within this."""


@dataclass(frozen=True, slots=True)
class LetterSteps:
    """Everything a letter needs on its way from the records to a mail server."""

    pool: Pool
    rules: Rules
    brand: Brand
    letters: Letters
    transport: Transport
    biographer: Biographer
    way_back: WayBack = field(default_factory=WayBack)

    @activity.defn(name="send_letter")
    async def send_letter(self, order: SendLetter) -> Next:
        """Sends one stage of one cycle, if it may go; returns what the cycle does next.

        Raises a retryable error for an outage or an unknown end, recorded before it is raised.
        """
        clock = Clock(order.now)
        bios = await self.biographer.bios(order.cycle_id, clock.now())
        claimed = await self._claim(order, clock, bios)
        if isinstance(claimed, Next):
            return claimed
        delivery = await self._hand_over(claimed, clock)
        async with transaction(self.pool) as conn:
            step = await sending.record(conn, claimed.log_id, delivery, self.rules, clock.now())
        if step.do == "send" and isinstance(delivery, Outage | Uncertain):
            raise again(delivery, activity.info().attempt)
        return step

    async def _claim(
        self, order: SendLetter, clock: Clock, bios: Mapping[str, str]
    ) -> sending.Claimed | Next:
        again = order.again or activity.info().attempt > 1
        stage = sending.Order(order.cycle_id, order.stage, clock.now(), order.force, again)
        async with transaction(self.pool) as conn:
            with contextlib.suppress(sending.HoldAll):  # what an earlier attempt left is noted all the same
                return await sending.claim(conn, stage, self._terms(order, bios))
        raise ApplicationError(
            "everything is held (`hold-all`)",
            type=HOLD_ALL,
            next_retry_delay=HOLD_ALL_LOOKS_AGAIN,
            category=ApplicationErrorCategory.BENIGN,
        )

    def _terms(self, order: SendLetter, bios: Mapping[str, str]) -> sending.Terms:
        return sending.Terms(
            rules=self.rules,
            brand=self.brand,
            bios=bios,
            message_id=partial(message_id, order.cycle_id, order.stage, token=secrets.token_hex(16)),
            render=self.letters.render,
            way_back=self.way_back,
        )

    async def _hand_over(self, claimed: sending.Claimed, clock: Clock) -> Delivery:
        message = compose(claimed.letter, claimed.envelope, date=clock.now())
        to = [one.email for one in claimed.envelope.recipients]
        envelope = claimed.envelope
        return await self.transport.send(
            message, sender=envelope.return_path or envelope.sender.email, recipients=to
        )


def again(delivery: Outage | Uncertain, attempt: int) -> ApplicationError:
    """The error that makes Temporal try again; codes alone, the server's words are in the log row.

    A time that the server named is kept, but one that names a short time for ever is asked less and less.
    """
    if isinstance(delivery, Uncertain):
        return ApplicationError(
            "handed over, its end unknown; trying again",
            type="uncertain",
            category=ApplicationErrorCategory.BENIGN,
        )
    wait = delivery.retry_after
    return ApplicationError(
        f"the mail server did not take it ({delivery.code}); trying again",
        type=delivery.code,
        next_retry_delay=None if wait is None else max(timedelta(seconds=wait), _patience(attempt)),
        category=ApplicationErrorCategory.BENIGN,
    )


def _patience(attempt: int) -> timedelta:
    """Doubles with each attempt, up to about the longest wait of the step's own retry policy."""
    return timedelta(seconds=2 ** min(attempt - 1, 8))

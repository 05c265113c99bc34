"""The way out by a letter's link (RFC 8058): whose it is, and taking it, as any other opt-out is taken."""

from __future__ import annotations

from datetime import datetime

from db import inbox
from db.pool import transaction
from desk.inbox import PostRoom, keep
from domain import errors, tokens
from domain.inbound import ServiceEvent
from domain.letters import Model


class OptOut(Model):
    """Who would no longer be written to; from the letter that carried the link."""

    log_id: int
    address: str
    message_id: str


async def find(room: PostRoom, token: str) -> OptOut:
    """Reads a link's token; changes nothing. Raises `errors.NotFound` for one that was never given out."""
    async with transaction(room.office.pool, readonly=True) as conn:
        number = tokens.number_of(await inbox.sql.token_key.value(conn), "unsubscribe", token)
        row = None if number is None else await inbox.sql.only_recipient.one(conn, log=number)
    if row is None:
        raise errors.NotFound("this link is not complete, or no letter of ours had it")
    return OptOut(log_id=row["id"], address=row["recipients"][0], message_id=row["message_id"])


async def take(room: PostRoom, token: str, now: datetime) -> list[int]:
    """Keeps the opt-out of a link; returns what is new to be processed, nothing for a repetition today."""
    found = await find(room, token)
    event = ServiceEvent(
        key=f"opt-out:{found.log_id}:{now:%Y-%m-%d}",
        kind="unsubscribe",
        recipient=found.address.lower(),
        message_id=found.message_id,
        words="by the link in the letter",
        at=now,
    )
    return await keep(room, [event], "link", now)

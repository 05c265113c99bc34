"""The post room: what came in is kept, understood, put where it belongs, and whoever is concerned is told.

Kept first (`keep`), so that nothing is lost whatever happens next; `process` can be repeated, and the sweep
(workflows/sweep.py) repeats it for whatever was left.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from db import effects, inbox
from db.pool import transaction
from desk import notices
from desk.office import Office
from desk.steering import tell
from domain import errors, inbound
from domain.inbound import Arrival, Mail, ServiceEvent
from domain.messages import ResponseReceived, SweptInbox
from mail.inbound import read

log = logging.getLogger("outreach.inbox")

Fetch = Callable[[str], Awaitable[bytes]]
"""Asks a service for a message that it sent a reference of."""

FRESH = timedelta(seconds=30)
"""What came in this short a time ago is still being worked on by whoever took it."""

MOST_TRIES = 30
"""An hour of sweeps: what cannot be finished by then is listed for a person."""

AT_ONCE = 200
"""So many left-overs a sweep: the next one comes in minutes."""


@dataclass(frozen=True, slots=True)
class PostRoom:
    """What reading the post takes."""

    office: Office
    fetch: Mapping[str, Fetch] = field(default_factory=dict)
    """How to get a message of which a service sent a reference, by service."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of something that was kept, as far as its own thread goes."""

    item: inbox.Item
    heard: bool
    """The thread's workflow knows."""


class Replayed(errors.Refused):
    """A one-time word came before with something else: what was signed once is not taken twice."""


async def keep(
    room: PostRoom, items: Sequence[Arrival | ServiceEvent], source: str, now: datetime, word: str = ""
) -> list[int]:
    """Keeps everything in one transaction; returns the ids of what is new.

    `word` is the one-time word that was signed in place of the content, where a service does so; raises
    `Replayed` where it came before with other items.
    """
    async with transaction(room.office.pool) as conn:
        if word and not await inbox.first_time(conn, word, items, source, now):
            raise Replayed("the one-time token came before, with something else")
        found = [
            await inbox.store(conn, item, source, now)
            if isinstance(item, Arrival)
            else await inbox.store_event(conn, item, source, now)
            for item in items
        ]
    return [one for one in found if one is not None]


async def process(room: PostRoom, item_id: int, now: datetime) -> Settled | None:
    """Does both parts of what there is to do about one thing that was kept: `settle`, then `follow`.

    Returns None if it must be looked at again. What was written stands, whether or not a workflow could be
    told.
    """
    settled = await settle(room, item_id, now)
    if settled is not None:
        await follow(room.office, settled, now)
    return settled


async def settle(room: PostRoom, item_id: int, now: datetime) -> Settled | None:
    """Understands one thing that was kept, and does what it does to its own thread, which hears of it (R7).

    Returns None if it must be looked at again: the e-mail that it answers has no end on record yet, or its
    service does not give it out now. What follows for others (`follow`) is still to be done, by the caller
    or by the sweep: until then it counts as unfinished.
    """
    office = room.office
    mail = await _mail(room, item_id)
    if mail is None:
        return None
    try:
        async with transaction(office.pool) as conn:
            item = await inbox.attach(conn, item_id, mail, office.rules, now)
    except effects.NotYet:
        await _put_off(room, item_id, "the e-mail that it answers is still being handed over")
        return None
    return Settled(item, heard=await _tell(office, item))


async def _tell(office: Office, item: inbox.Item) -> bool:
    """Tells the workflow of the thread that something belongs to; returns whether it knows what it must."""
    if item.cycle_id is None or item.effect not in ("responded", "rests"):
        return True
    if item.effect == "rests":
        return not await tell(office, [item.cycle_id], "send_next_now")
    response = ResponseReceived(log_id=item.log_id, ended=item.ended)
    return not await tell(office, [item.cycle_id], "response_received", response)


async def assign(room: PostRoom, item_id: int, cycle_id: str, now: datetime) -> inbox.Item:
    """Puts an unmatched message where a person says it belongs."""
    mail = await _mail(room, item_id)
    if mail is None:
        raise errors.Refused(f"message {item_id} cannot be read yet: its service has not given it out")
    try:
        async with transaction(room.office.pool) as conn:
            item = await inbox.assign(conn, item_id, cycle_id, mail, room.office.rules, now)
    except effects.NotYet:
        raise errors.Refused(f"an e-mail of {cycle_id} is being handed over now: try again") from None
    await follow(room.office, Settled(item, heard=await _tell(room.office, item)), now)
    return item


async def follow(office: Office, settled: Settled, now: datetime) -> None:
    """Does what follows for other cycles, and tells them and the specialist; a repetition is harmless.

    Once all that are concerned have heard, the thing is finished.
    """
    item = settled.item
    async with transaction(office.pool) as conn:
        touched = await inbox.follow(conn, item, now)
        notice = await inbox.sql.notice_of.value(conn, id=item.id)
    untold = await tell(office, touched, "send_next_now")
    noticed = notice is None or await notices.start(office, notice)
    if settled.heard and noticed and not untold:
        async with transaction(office.pool) as conn:
            await inbox.sql.mark_told.run(conn, id=item.id, now=now)


async def sweep(room: PostRoom, now: datetime) -> SweptInbox:
    """Takes up whatever was kept and not finished, and notices that nobody sends (R17)."""
    before = now - FRESH
    async with transaction(room.office.pool) as conn:
        unfinished = await inbox.sql.unfinished.all(conn, before=before, most=AT_ONCE)
        unsent = await inbox.sql.unsent_notices.all(conn, before=before, most=AT_ONCE)
    done = 0
    for row in unfinished:
        done += await again(room, row["id"], now)
    started = [await notices.start(room.office, row["id"]) for row in unsent]
    return SweptInbox(processed=done, left=len(unfinished) - done, notices=sum(started))


async def left_over(room: PostRoom, now: datetime) -> list[int]:
    """Lists what was kept and not finished by now, whoever has it in hand: for who starts after a stop."""
    async with transaction(room.office.pool) as conn:
        return [row["id"] for row in await inbox.sql.unfinished.all(conn, before=now, most=AT_ONCE)]


async def again(room: PostRoom, item_id: int, now: datetime) -> bool:
    """Processes one of many; that one cannot be read is no reason to leave the others."""
    try:
        return await process(room, item_id, now) is not None
    except errors.Unavailable:
        raise
    except Exception as wrong:
        log.exception("message %s could not be processed", item_id)
        await _put_off(room, item_id, f"{type(wrong).__name__}: {wrong}"[:500])
        return False


async def _mail(room: PostRoom, item_id: int) -> Mail | None:
    """Reads what was kept, asking its service for it first where only a reference came."""
    async with transaction(room.office.pool) as conn:
        row = await inbox.sql.content.one(conn, id=item_id)
    if row is None:
        raise errors.NotFound(f"there is no message {item_id}: `starter.py inbox` lists them")
    if row["form"] == "event":
        return inbound.as_mail(ServiceEvent.model_validate_json(row["raw"]))
    raw = bytes(row["raw"])
    if row["to_fetch"]:
        fetched = await _fetched(room, row)
        if fetched is None:
            return None
        raw = fetched
    return await asyncio.to_thread(read, raw, to=tuple(row["envelope_to"]), today=row["received_at"].date())


async def _fetched(room: PostRoom, row: Any) -> bytes | None:
    fetch = room.fetch.get(row["source"])
    if fetch is None:
        await _put_off(room, row["id"], f"no key is set to fetch messages from {row['source']}")
        return None
    try:
        raw = await fetch(row["to_fetch"])
    except errors.OutreachError as refused:
        await _put_off(room, row["id"], str(refused))
        return None
    async with transaction(room.office.pool) as conn:
        await inbox.sql.set_raw.run(conn, id=row["id"], raw=raw)
    return raw


async def _put_off(room: PostRoom, item_id: int, why: str) -> None:
    async with transaction(room.office.pool) as conn:
        await inbox.sql.put_off.run(conn, id=item_id, error=why, most=MOST_TRIES)

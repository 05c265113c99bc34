"""What a person does with the post: reads it, puts it where it belongs, sets it aside, adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from db import post as shelf
from db import received
from db.pool import transaction
from desk import inbox
from desk.inbox import PostRoom
from desk.office import Office
from desk.snapshot import snapshot
from desk.steering import Done, find
from domain import errors, paging
from domain.inbound import Arrival
from domain.received import Asked, OpenCycle, Opened, Post, Received
from mail.arrival import delivered_to, key_of
from mail.inbound.parsing import guarded, parse
from mail.inbound.texts import written

SOURCE = "file"
_LIST = "inbox"
PAGE = 30
SUGGESTED = 20
WORDS = 6
"""Words of a search that count."""


class Filed(Done):
    """What became of a message."""

    message: Received


class Added(Done):
    """What became of messages that a person added, in their order."""

    messages: tuple[Received, ...]


async def post(
    office: Office,
    now: datetime,
    *,
    most: int | None = None,
    unmatched: bool = False,
    cycle: str | None = None,
    cursor: str | None = None,
) -> Post:
    """Lists what came in, newest first: everything, what belongs to no cycle yet, or one cycle's.

    `most` None lists all. Raises `errors.NotFound` for an unknown cycle, `errors.Refused` for a wrong cursor.
    """
    (before,) = paging.place(_LIST, cursor, int)
    status, asked = "unmatched" if unmatched else None, received.EVERYTHING if most is None else most + 1
    async with snapshot(office.pool) as conn:
        cycle_id = (await find(conn, cycle))[0] if cycle is not None else None
        found = await received.listed(conn, most=asked, status=status, cycle=cycle_id, before=before)
        waiting = (await received.sql.standing.one(conn))["unmatched"]
    more, shown = len(found) == asked, tuple(found[:most])
    follows = paging.cursor(_LIST, shown[-1].id) if more and shown else None
    return Post(at=now, unmatched=waiting, more=more, messages=shown, next=follows)


async def page(
    office: Office, now: datetime, asked: Asked = "all", *, cursor: str | None = None, most: int = PAGE
) -> Post:
    """Lists a page of what came in, newest first; of each text only the beginning is read.

    Raises `errors.Refused` for a wrong cursor.
    """
    (before,) = paging.place(_LIST, cursor, int)
    async with snapshot(office.pool) as conn:
        found = await shelf.page(conn, asked, before, most + 1)
        waiting = (await received.sql.standing.one(conn))["unmatched"]
    more, shown = len(found) > most, tuple(found[:most])
    follows = paging.cursor(_LIST, shown[-1].id) if more else None
    return Post(at=now, unmatched=waiting, more=more, messages=shown, next=follows)


async def may_belong_to(office: Office, sender: str, words: str) -> list[OpenCycle]:
    """Finds open cycles that a message may belong to, by words; without words, by its sender's company."""
    async with snapshot(office.pool) as conn:
        return await shelf.open_cycles(conn, sender, paging.storable(words).split()[:WORDS], SUGGESTED)


async def opened(office: Office, item_id: int) -> Opened:
    """Reads one message in full; raises `errors.NotFound`."""
    async with snapshot(office.pool) as conn:
        found = await _one(conn, item_id)
        row = await received.sql.content.one(conn, id=item_id)
    text = guarded(lambda: written(parse(bytes(row["raw"]))), "") if found.form == "mail" else ""
    to = tuple(row["envelope_to"])
    return Opened(**found.model_dump(), addressed_to=to, whole=text or found.text)


async def raw(office: Office, item_id: int) -> bytes:
    """Returns a message exactly as it came; raises `errors.NotFound`."""
    async with snapshot(office.pool) as conn:
        await _one(conn, item_id)
        return bytes((await received.sql.content.one(conn, id=item_id))["raw"])


async def assign(room: PostRoom, item_id: int, some_id: str, now: datetime) -> Filed:
    """Puts an unmatched message where a person says it belongs; what follows is as for any other.

    Raises `errors.NotFound`, and `errors.Refused` for a message that belongs somewhere already.
    """
    office = room.office
    async with snapshot(office.pool) as conn:
        cycle_id, _ = await find(conn, some_id)
    await inbox.assign(room, item_id, cycle_id, now)
    async with snapshot(office.pool) as conn:
        found = await _one(conn, item_id)
    untold = () if found.told else (cycle_id,)
    words = f"Message {item_id} belongs to {cycle_id} now."
    return Filed(words=words, cycle_ids=(cycle_id,), untold=untold, message=found)


async def ignore(office: Office, item_id: int, now: datetime) -> Filed:
    """Sets an unmatched message aside: it stays on record, and nobody is asked about it again.

    Raises `errors.NotFound`, and `errors.Refused` for one that belongs to a cycle or was not read yet.
    """
    async with transaction(office.pool) as conn:
        before = await _one(conn, item_id)
        if before.status not in ("unmatched", "set_aside"):
            raise errors.Refused(f"message {item_id} {_why_not(before)}")
        await received.sql.set_aside.run(conn, id=item_id, now=now)
        after = await _one(conn, item_id)
    changed = before.status != after.status
    words = f"Message {item_id} {'is' if changed else 'was'} set aside{'' if changed else ' already'}."
    return Filed(words=words, changed=changed, message=after)


def unmatched(number: int) -> str:
    """Says that messages wait for a person, and what to do about them."""
    belong = "1 message belongs" if number == 1 else f"{number:,} messages belong"
    return f"{belong} to no cycle yet: `inbox --unmatched` lists what waits, `assign` puts it in place"


def _why_not(found: Received) -> str:
    if found.status == "stored":
        return "was not read yet: look again in a moment"
    undone = f"; `reopen {found.cycle_id}` takes an answer back" if found.effect == "responded" else ""
    return f"belongs to {found.cycle_id}{undone}"


async def add(room: PostRoom, messages: Sequence[bytes], now: datetime) -> Added:
    """Keeps and processes saved messages like any that came in; one that is there already is known again.

    What answers an e-mail that is still being handed over is kept, and taken up by the sweep.
    """
    ids = [await _kept(room, one, now) for one in messages]
    for item_id in ids:
        await inbox.process(room, item_id, now)
    async with snapshot(room.office.pool) as conn:
        found = [await _one(conn, item_id) for item_id in ids]
    cycle_ids = tuple(dict.fromkeys(one.cycle_id for one in found if one.cycle_id))
    untold = tuple(dict.fromkeys(one.cycle_id for one in found if one.cycle_id and not one.told))
    words = f"{len(found)} message{'' if len(found) == 1 else 's'} kept."
    return Added(words=words, cycle_ids=cycle_ids, untold=untold, messages=tuple(found))


async def _kept(room: PostRoom, message: bytes, now: datetime) -> int:
    to = delivered_to(message)
    arrival = Arrival(key=key_of(message, to), raw=message, to=to)
    await inbox.keep(room, [arrival], SOURCE, now)
    async with snapshot(room.office.pool) as conn:
        found: int = await received.sql.id_of.value(conn, key=arrival.key)
    return found


async def _one(conn: Any, item_id: int) -> Received:
    found = await received.listed(conn, id=item_id, most=1)
    if not found:
        raise errors.NotFound(f"there is no message {item_id}: `starter.py inbox` lists them")
    return found[0]

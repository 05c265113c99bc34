"""What came in: stored first, then matched to a thread, then what follows (R7; SPEC section 3)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from db import cycles, effects, matching, others, twins
from db.pool import Connection
from db.sql import queries
from domain import errors, inbound
from domain.inbound import Arrival, Effect, Mail, ServiceEvent
from domain.rules import Rules

sql = queries("inbox")

WORDS_KEPT = timedelta(days=2)
"""Longer than any service's signature is good for."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that came in, and what became of it."""

    id: int
    status: str
    effect: Effect
    cycle_id: str | None = None
    log_id: int | None = None
    addresses: tuple[str, ...] = ()
    """Those that were suppressed because of it."""
    ended: bool = False
    """An answer, this or another, has ended the cycle."""


async def first_time(
    conn: Connection, word: str, items: Sequence[Arrival | ServiceEvent], source: str, now: datetime
) -> bool:
    """Keeps a service's one-time word; False where it came before with other items than these."""
    told = sha256("\n".join(sorted(one.key for one in items)).encode()).digest()
    kept = await sql.keep_word.value(
        conn, word=sha256(f"{source}\n{word}".encode()).digest(), told=told, now=now
    )
    await sql.forget_words.run(conn, before=now - WORDS_KEPT)
    return bytes(kept) == told


async def store(conn: Connection, arrival: Arrival, source: str, now: datetime) -> int | None:
    """Keeps a message exactly as it came; returns its id, None if it is there already."""
    found: int | None = await sql.store.value(
        conn,
        key=arrival.key,
        form="mail",
        source=source,
        raw=arrival.raw,
        envelope_to=list(arrival.to),
        to_fetch=arrival.fetch,
        now=now,
    )
    return found


async def store_event(conn: Connection, event: ServiceEvent, source: str, now: datetime) -> int | None:
    """Keeps what a service told; returns its id, None if it is there already."""
    found: int | None = await sql.store.value(
        conn,
        key=event.key,
        form="event",
        source=source,
        raw=event.model_dump_json().encode(),
        envelope_to=[],
        to_fetch="",
        now=now,
    )
    return found


async def attach(conn: Connection, item_id: int, mail: Mail, rules: Rules, now: datetime) -> Item:
    """Finds the thread that a stored message belongs to and does what follows, under the cycle's lock.

    Without a thread a message is kept for a person; what a service tells of an e-mail that is none of ours
    is set aside. So is what we wrote ourselves (a letter or a notice that came into our own mailbox): it is
    no reply. On what a specialist's address sent into a thread a person decides. A repetition returns what
    was done. Raises `NotYet`.
    """
    row = await _locked(conn, item_id)
    if row["status"] != "stored":
        return _item(row)
    event = row["form"] == "event"
    place = await matching.match(conn, mail, by_person=not (event and mail.answers))
    if mail.meaning.kind == "human" and not mail.sender:
        place = None  # words that nobody signs are a person's to judge
    if ours := await _left_as_ours(conn, mail, place):
        return await _leave(conn, item_id, mail, effects.Done("noted"), ours, now)
    if place is None:
        done = await effects.suppress(conn, mail, now)
        if event and mail.meaning.address_dead:
            done = await effects.suppressed(conn, inbound.people(mail), "bounced, says the mail service", now)
        return await _leave(conn, item_id, mail, done, "set_aside" if event else "unmatched", now)
    return await _settle(conn, item_id, mail, place, rules, now)


async def _left_as_ours(conn: Connection, mail: Mail, place: matching.Place | None) -> str | None:
    """Names what is done with what we wrote ourselves; None for what others wrote.

    Words in a thread that only their sender tells for ours are a person's to judge: a group that a
    specialist writes from may have put its address over a partner's.
    """
    sender = "" if mail.rewritten else mail.sender
    ours = await sql.is_ours.one(conn, message_id=mail.message_id or "", sender=sender)
    if ours["by_id"]:
        return "set_aside"
    if not ours["by_sender"]:
        return None
    asks = mail.meaning.kind in inbound.FOR_THE_SPECIALIST
    return "unmatched" if asks and place is not None else "set_aside"


async def assign(
    conn: Connection, item_id: int, cycle_id: str, mail: Mail, rules: Rules, now: datetime
) -> Item:
    """Puts an unmatched message where a person says it belongs; the same follows as for any other."""
    row = await _locked(conn, item_id)
    if row["status"] == "attached":
        raise errors.Refused(f"message {item_id} belongs to {row['cycle_id']} already")
    place = matching.Place(cycle_id, None, "person")
    return await _settle(conn, item_id, mail, place, rules, now)


async def follow(conn: Connection, item: Item, now: datetime) -> list[str]:
    """Does what follows for other cycles; names those that changed, whose workflows are to be told.

    A repetition is harmless. Waits for a booking in progress, so that the cycles it makes are seen (R17).
    """
    if item.effect == "responded" and item.cycle_id is not None:
        return await others.rest(conn, item.cycle_id, now)
    if item.addresses:
        return await others.end_unreachable(conn, item.addresses, now)
    return []


async def _settle(
    conn: Connection, item_id: int, mail: Mail, place: matching.Place, rules: Rules, now: datetime
) -> Item:
    cycle = await cycles.lock(conn, place.cycle_id)
    if place.by != "person" and await twins.in_thread(conn, item_id, mail, cycle["id"]):
        return await _leave(conn, item_id, mail, effects.Done("noted"), "set_aside", now)
    done = await effects.apply(conn, cycle, place.log_id, mail, rules, now)
    await sql.attach.run(
        conn,
        **_said(item_id, mail, done),
        cycle=cycle["id"],
        log=place.log_id,
        matched_by=place.by,
        now=now,
    )
    await twins.set_aside(conn, item_id, mail)
    if mail.meaning.kind in inbound.FOR_THE_SPECIALIST:
        await sql.plan_notice.run(conn, id=item_id, cycle=cycle["id"], now=now)
    return _item(await _locked(conn, item_id))


async def _leave(
    conn: Connection, item_id: int, mail: Mail, done: effects.Done, status: str, now: datetime
) -> Item:
    """Leaves a message in no thread; a person is asked once about one that came in twice."""
    if status == "unmatched" and await twins.before_a_person(conn, item_id, mail):
        status = "set_aside"
    await sql.leave.run(conn, **_said(item_id, mail, done), status=status, now=now)
    return _item(await _locked(conn, item_id))


async def _locked(conn: Connection, item_id: int) -> Any:
    row = await sql.lock.one(conn, id=item_id)
    if row is None:
        raise errors.NotFound(f"there is no message {item_id}: `starter.py inbox` lists them")
    return row


def _item(row: Any) -> Item:
    return Item(
        row["id"],
        row["status"],
        row["effect"],
        row["cycle_id"],
        row["log_id"],
        tuple(row["addresses"]),
        row["ended"],
    )


def _said(item_id: int, mail: Mail, done: effects.Done) -> dict[str, Any]:
    return {
        "id": item_id,
        "kind": mail.meaning.kind,
        "sender": mail.sender,
        "sender_name": mail.sender_name,
        "subject": mail.subject,
        "text": mail.meaning.text,
        "message_id": mail.message_id,
        "mail": json.loads(mail.model_dump_json()),
        "effect": done.effect,
        "addresses": list(done.addresses),
    }

"""What came in: stored first, then matched to a thread, then what follows (R7; SPEC section 3)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from db import cycles, threads
from db.pool import Connection
from db.sql import queries
from domain import errors, inbound, tokens
from domain.inbound import Arrival, Effect, Mail, Meaning, ServiceEvent
from domain.rules import Rules

sql = queries("inbox")
rows = queries("cycles")
sending = queries("sending")


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


@dataclass(frozen=True, slots=True)
class Place:
    """Where something belongs, and how that is known."""

    cycle_id: str
    log_id: int | None
    by: inbound.MatchedBy


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about a message, and the addresses that were suppressed."""

    effect: Effect
    addresses: tuple[str, ...] = ()


class NotYet(Exception):
    """The e-mail that it answers is still in a server's hands: look again in a moment."""


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

    Without a thread it is kept for a person. What we wrote ourselves (a letter or a notice that came into
    our own mailbox, a specialist's words in the thread) is no reply and is set aside. A repetition returns
    what was done. Raises `NotYet`.
    """
    row = await _locked(conn, item_id)
    if row["status"] != "stored":
        return _item(row)
    if await sql.is_ours.value(conn, message_id=mail.message_id or "", sender=mail.sender):
        await sql.leave.run(conn, **_said(item_id, mail, Done("noted")), status="set_aside", now=now)
        return _item(await _locked(conn, item_id))
    place = await match(conn, mail)
    if place is None and row["form"] == "event" and mail.meaning.kind == "other":
        await sql.leave.run(conn, **_said(item_id, mail, Done("noted")), status="set_aside", now=now)
        return _item(await _locked(conn, item_id))
    if place is None:
        done = await _suppress(conn, mail, now)
        await sql.leave.run(conn, **_said(item_id, mail, done), status="unmatched", now=now)
        return _item(await _locked(conn, item_id))
    return await _settle(conn, item_id, mail, place, rules, now)


async def assign(
    conn: Connection, item_id: int, cycle_id: str, mail: Mail, rules: Rules, now: datetime
) -> Item:
    """Puts an unmatched message where a person says it belongs; the same follows as for any other."""
    row = await _locked(conn, item_id)
    if row["status"] == "attached":
        raise errors.Refused(f"message {item_id} belongs to {row['cycle_id']} already")
    place = Place(cycle_id, None, "person")
    return await _settle(conn, item_id, mail, place, rules, now)


async def match(conn: Connection, mail: Mail) -> Place | None:
    """Finds where a message belongs: by token, else by ids, else by the writer's one open thread."""
    key = await sql.token_key.value(conn)
    exact = await sql.by_ids.one(conn, ids=list(mail.answers))
    numbers = tokens.reply_numbers(key, mail.addressed_to)
    if found := await sql.by_ordinals.one(conn, ordinals=numbers):
        same = exact is not None and exact["cycle_id"] == found["cycle_id"]
        return Place(found["cycle_id"], exact["log_id"] if same else None, "token")
    if exact:
        return Place(exact["cycle_id"], exact["log_id"], "references")
    returned = mail.meaning.original_message_id
    if returned and (found := await sql.by_ids.one(conn, ids=[returned])):
        return Place(found["cycle_id"], found["log_id"], "returned_message")
    for person in inbound.people(mail):
        found = await sql.by_person.one(conn, person=person)
        if found is not None and found["cycle_id"] is not None:
            return Place(found["cycle_id"], None, "sender")
    return None


async def follow(conn: Connection, item: Item, now: datetime) -> list[str]:
    """Does what follows for other cycles; names those that changed, whose workflows are to be told.

    A repetition is harmless. Waits for a booking in progress, so that the cycles it makes are seen (R17).
    """
    if item.effect == "responded" and item.cycle_id is not None:
        return await rest_others(conn, item.cycle_id, now)
    if item.addresses:
        await queries("planning").lock_bookings.run(conn)
        return await _end_unreachable(conn, item.addresses, now)
    return []


async def _settle(
    conn: Connection, item_id: int, mail: Mail, place: Place, rules: Rules, now: datetime
) -> Item:
    cycle = await cycles.lock(conn, place.cycle_id)
    done = await _apply(conn, cycle, place.log_id, mail, rules, now)
    await sql.attach.run(
        conn,
        **_said(item_id, mail, done),
        cycle=cycle["id"],
        log=place.log_id,
        matched_by=place.by,
        now=now,
    )
    if mail.meaning.kind in inbound.FOR_THE_SPECIALIST:
        await sql.plan_notice.run(conn, id=item_id, cycle=cycle["id"], now=now)
    return _item(await _locked(conn, item_id))


async def _apply(
    conn: Connection, cycle: Any, log_id: int | None, mail: Mail, rules: Rules, now: datetime
) -> Done:
    meaning = mail.meaning
    if meaning.kind == "human":
        return Done(await _answered(conn, cycle, log_id, now))
    if meaning.kind == "auto_reply":
        until = inbound.away_until(meaning.returns_on, now, rules)
        begun = cycle["status"] in ("active", "held") and cycle["stage"] is not None and until > now
        return Done("rests" if begun and await cycles.rest(conn, cycle, "away", until, now) else "noted")
    if meaning.kind == "bounce":
        return await _bounced(conn, cycle, log_id, meaning, now)
    if mail.delivered and log_id is not None:
        await sql.note_delivery.run(conn, log=log_id, at=mail.sent_at or now)
    return await _suppress(conn, mail, now, cycle["id"])


async def _answered(conn: Connection, cycle: Any, log_id: int | None, now: datetime) -> Effect:
    """Marks a person's reply; one that overtook the record of its own e-mail is looked at again (R7)."""
    try:
        return "responded" if await cycles.respond(conn, cycle, log_id, now) else "answered_before"
    except errors.Refused:
        emails = await rows.emails.all(conn, cycle=cycle["id"])
        if any(one["status"] == "sending" for one in emails):
            raise NotYet from None
        await cycles.event(conn, cycle["id"], "refused", "a reply to no e-mail that was accepted", now)
        return "refused"


async def _bounced(conn: Connection, cycle: Any, log_id: int | None, meaning: Meaning, now: datetime) -> Done:
    """Notes a failed delivery; only an address that is dead is suppressed."""
    emails = await sql.emails_for.all(conn, cycle=cycle["id"])
    email = next((one for one in emails if one["id"] == log_id), emails[0] if emails else None)
    if email is None or meaning.delivery_final is False:
        await cycles.event(conn, cycle["id"], "delayed" if email else "noted", meaning.status or "", now)
        return Done("noted")
    failing = inbound.failing(meaning, email["recipients"])
    words = meaning.status or "returned"
    await sql.note_bounce.run(conn, log=email["id"], bounced=dict.fromkeys(failing, words))
    await cycles.event(conn, cycle["id"], "bounced", words, now)
    if not (meaning.address_dead and failing):
        return Done("noted")
    addresses = tuple(sorted({one.lower() for one in failing}))
    for address in addresses:
        await sending.suppress_address.run(conn, address=address, reason=f"bounced ({words})", now=now)
    return Done("suppressed", addresses)


async def _suppress(conn: Connection, mail: Mail, now: datetime, cycle_id: str | None = None) -> Done:
    """Suppresses whoever opted out or complained, everywhere and at once."""
    addresses = inbound.opted_out(mail)
    for address in addresses:
        await sending.suppress_address.run(conn, address=address, reason=mail.meaning.kind, now=now)
    if addresses and cycle_id is not None:
        await cycles.event(conn, cycle_id, "opted_out", mail.meaning.kind, now)
    return Done("suppressed" if addresses else "noted", addresses)


async def rest_others(conn: Connection, cycle_id: str, now: datetime) -> list[str]:
    """Has the company's other open cycles wait, and next roles of one that was answered after its end.

    Names the cycles that changed; a repetition is harmless. Expects no cycle's row to be held.
    """
    await queries("planning").lock_bookings.run(conn)
    cycle = await rows.find.one(conn, cycle=cycle_id)
    late = await sql.children_not_begun.all(conn, cycle=cycle_id) if cycle["outcome"] != "responded" else []
    same = await sql.company_cycles.all(conn, cycle=cycle_id, company=cycle["company_id"])
    reasons = {one["id"]: "parent_answered" for one in late}
    reasons |= {one["id"]: "company_answered" for one in same}
    until = now + inbound.OTHERS_REST
    locked = await rows.lock_all.all(conn, cycles=sorted(reasons))
    return [row["id"] for row in locked if await cycles.rest(conn, row, reasons[row["id"]], until, now)]


async def _end_unreachable(conn: Connection, addresses: Sequence[str], now: datetime) -> list[str]:
    """Ends active cycles whose thread has nobody left to write to; their candidates move on (R8)."""
    begun = await sql.begun_with.all(conn, addresses=list(addresses))
    ended = []
    for row in await rows.lock_all.all(conn, cycles=sorted(one["id"] for one in begun)):
        thread = await threads.read(conn, row["id"], "follow_up_3")
        if row["status"] == "active" and not await threads.recipients(conn, row["company_id"], thread):
            await cycles.close(conn, row, "undeliverable", now)
            ended.append(row["id"])
    return ended


async def _locked(conn: Connection, item_id: int) -> Any:
    row = await sql.lock.one(conn, id=item_id)
    if row is None:
        raise errors.NotFound(f"there is no message {item_id}: `starter.py inbox` lists them")
    return row


def _item(row: Any) -> Item:
    suppressed = tuple(row["addresses"])
    return Item(row["id"], row["status"], row["effect"], row["cycle_id"], row["log_id"], suppressed)


def _said(item_id: int, mail: Mail, done: Done) -> dict[str, Any]:
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

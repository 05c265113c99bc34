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

    Without a thread a message is kept for a person; what a service tells of an e-mail that is none of ours
    is set aside. So is what we wrote ourselves (a letter or a notice that came into our own mailbox): it is
    no reply. On what a specialist's address sent into a thread a person decides. A repetition returns what
    was done. Raises `NotYet`.
    """
    row = await _locked(conn, item_id)
    if row["status"] != "stored":
        return _item(row)
    event = row["form"] == "event"
    place = await match(conn, mail, by_person=not (event and mail.answers))
    if ours := await _left_as_ours(conn, mail, place):
        await sql.leave.run(conn, **_said(item_id, mail, Done("noted")), status=ours, now=now)
        return _item(await _locked(conn, item_id))
    if place is None:
        done = await _suppress(conn, mail, now)
        if event and mail.meaning.address_dead:
            done = await _suppressed(conn, inbound.people(mail), "bounced, says the mail service", now)
        left = "set_aside" if event else "unmatched"
        await sql.leave.run(conn, **_said(item_id, mail, done), status=left, now=now)
        return _item(await _locked(conn, item_id))
    return await _settle(conn, item_id, mail, place, rules, now)


async def _left_as_ours(conn: Connection, mail: Mail, place: Place | None) -> str | None:
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
    place = Place(cycle_id, None, "person")
    return await _settle(conn, item_id, mail, place, rules, now)


async def match(conn: Connection, mail: Mail, *, by_person: bool = True) -> Place | None:
    """Finds where a message belongs: by token, else by ids, else by the writer's one open thread.

    Without `by_person` for an event that names an e-mail: if that is none of ours, it is about none of ours.
    """
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
    for person in inbound.people(mail) if by_person else ():
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
        if cycle["stage"] is None and await _in_flight(conn, cycle["id"]):
            raise NotYet
        begun = cycle["status"] in ("active", "held") and cycle["stage"] is not None and until > now
        return Done("rests" if begun and await cycles.rest(conn, cycle, "away", until, now) else "noted")
    if meaning.kind == "bounce":
        return await _bounced(conn, cycle, log_id, meaning, now)
    if mail.delivered and log_id is not None:
        await sql.note_delivery.run(conn, log=log_id, at=mail.sent_at or now)
    return await _opted_out(conn, cycle, mail, now)


async def _in_flight(conn: Connection, cycle_id: str) -> bool:
    """Tells whether an e-mail of a cycle is claimed and has no end on record yet."""
    return any(one["status"] == "sending" for one in await rows.emails.all(conn, cycle=cycle_id))


async def _answered(conn: Connection, cycle: Any, log_id: int | None, now: datetime) -> Effect:
    """Marks a person's reply; one that overtook the record of its own e-mail is looked at again (R7)."""
    try:
        return "responded" if await cycles.respond(conn, cycle, log_id, now) else "answered_before"
    except errors.Refused:
        if await _in_flight(conn, cycle["id"]):
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
    return await _suppressed(conn, failing, f"bounced ({words})", now)


async def _opted_out(conn: Connection, cycle: Any, mail: Mail, now: datetime) -> Done:
    """Takes whoever opted out or complained off every list; from an unknown address, whoever it can only be.

    People answer from other addresses than they are written to. With several readers a person has to say
    who it was: until then the thread is held.
    """
    if mail.meaning.kind not in ("complaint", "unsubscribe"):
        return Done("noted")
    emails = await sql.emails_for.all(conn, cycle=cycle["id"])
    readers = sorted({one.lower() for email in emails for one in email["recipients"]})
    named = inbound.opted_out(mail)
    unknown = not set(named) & set(readers)
    if unknown and len(readers) == 1:
        named = (*named, *readers)
    elif unknown and readers and cycle["status"] in ("active", "waiting"):
        await cycles.hold(conn, cycle, "opt_out_unclear", now)
    done = await _suppressed(conn, named, mail.meaning.kind, now)
    await cycles.event(conn, cycle["id"], "opted_out", mail.meaning.kind, now)
    return done if done.addresses or not unknown else Done("rests")


async def _suppress(conn: Connection, mail: Mail, now: datetime) -> Done:
    """Suppresses whoever opted out or complained, everywhere and at once."""
    return await _suppressed(conn, inbound.opted_out(mail), mail.meaning.kind, now)


async def _suppressed(conn: Connection, addresses: Sequence[str], reason: str, now: datetime) -> Done:
    """Suppresses addresses, in one order everywhere."""
    ordered = tuple(sorted({one.lower() for one in addresses}))
    for address in ordered:
        await sending.suppress_address.run(conn, address=address, reason=reason, now=now)
    return Done("suppressed" if ordered else "noted", ordered)


async def rest_others(conn: Connection, cycle_id: str, now: datetime) -> list[str]:
    """Has the company's other open cycles wait, and next roles of one that was answered after its end.

    Names the cycles that changed. The time counts from the reply, and what was released since is left
    alone: a repetition holds nothing longer, and nothing again. Expects no cycle's row to be held.
    """
    await queries("planning").lock_bookings.run(conn)
    cycle = await rows.find.one(conn, cycle=cycle_id)
    since = cycle["responded_at"] or now
    ended = cycle["outcome"] != "responded"
    late = await sql.children_not_begun.all(conn, cycle=cycle_id, since=since) if ended else []
    same = await sql.company_cycles.all(conn, cycle=cycle_id, company=cycle["company_id"], since=since)
    reasons = {one["id"]: "parent_answered" for one in late}
    reasons |= {one["id"]: "company_answered" for one in same}
    until = since + inbound.OTHERS_REST
    if until <= now:
        return []
    locked = await rows.lock_all.all(conn, cycles=sorted(reasons))
    return [row["id"] for row in locked if await cycles.rest(conn, row, reasons[row["id"]], until, now)]


async def _end_unreachable(conn: Connection, addresses: Sequence[str], now: datetime) -> list[str]:
    """Ends active cycles whose thread has nobody left to write to; their candidates move on (R8).

    Names those that are to be told: a repetition names again who has not moved on yet.
    """
    begun = await sql.begun_with.all(conn, addresses=[one.lower() for one in addresses])
    ended = []
    for row in await rows.lock_all.all(conn, cycles=sorted(one["id"] for one in begun)):
        thread = await threads.read(conn, row["id"], "follow_up_3")
        if row["status"] == "active" and await threads.recipients(conn, row["company_id"], thread):
            continue
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

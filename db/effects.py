"""What a message does to the thread that it belongs to, under the cycle's lock (R7; SPEC section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import cycles
from db.pool import Connection
from db.sql import queries
from domain import errors, inbound
from domain.inbound import Effect, Mail, Meaning
from domain.rules import Rules

sql = queries("inbox")
rows = queries("cycles")
sending = queries("sending")


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about a message, and the addresses that were suppressed."""

    effect: Effect
    addresses: tuple[str, ...] = ()


class NotYet(Exception):
    """The e-mail that it answers is still in a server's hands: look again in a moment."""


async def apply(
    conn: Connection, cycle: Any, log_id: int | None, mail: Mail, rules: Rules, now: datetime
) -> Done:
    """Does what follows for a locked cycle; raises `NotYet` while its e-mail is being handed over."""
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
    return await suppressed(conn, failing, f"bounced ({words})", now)


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
    done = await suppressed(conn, named, mail.meaning.kind, now)
    await cycles.event(conn, cycle["id"], "opted_out", mail.meaning.kind, now)
    return done if done.addresses or not unknown else Done("rests")


async def suppress(conn: Connection, mail: Mail, now: datetime) -> Done:
    """Suppresses whoever opted out or complained, everywhere and at once."""
    return await suppressed(conn, inbound.opted_out(mail), mail.meaning.kind, now)


async def suppressed(conn: Connection, addresses: Sequence[str], reason: str, now: datetime) -> Done:
    """Suppresses addresses, in one order everywhere."""
    ordered = tuple(sorted({one.lower() for one in addresses}))
    for address in ordered:
        await sending.suppress_address.run(conn, address=address, reason=reason, now=now)
    return Done("suppressed" if ordered else "noted", ordered)

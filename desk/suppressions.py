"""A person suppresses an address, or takes that back; the threads concerned are looked at again (R11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from db import suppressions
from db.pool import transaction
from desk.office import Office
from desk.snapshot import snapshot
from desk.steering import Done, count, tell
from domain import paging
from domain.letters import Model
from domain.setup import Suppression

BY_A_PERSON = "a person asked for it"
_THEIR_WISH = ("unsubscribe", "complaint")


class Suppressed(Done):
    """What was done about an address, and whose it is."""

    address: str
    contact_ids: tuple[str, ...] = ()
    company_ids: tuple[str, ...] = ()


class AddressPage(Model):
    """A page of the addresses that nobody writes to, in order."""

    addresses: tuple[Suppression, ...]
    next: str | None = None


async def listed(
    office: Office, search: str = "", cursor: str | None = None, most: int = paging.USUAL
) -> AddressPage:
    """Lists suppressed addresses with some letters in them; raises `errors.Refused` for a wrong cursor."""
    (after,) = paging.place("addresses", cursor, str)
    most = paging.bounded(most)
    async with snapshot(office.pool) as conn:
        found = await suppressions.listed(conn, paging.storable(search), after or "", most + 1)
    follows = paging.cursor("addresses", found[most - 1].address) if len(found) > most else None
    return AddressPage(addresses=tuple(found[:most]), next=follows)


async def suppress(office: Office, address: str, reason: str, now: datetime) -> Suppressed:
    """Has nobody write to an address any more, everywhere and at once; the same again is harmless.

    Threads that have nobody else left to write to end, and their candidates move on. Raises
    `errors.Refused` for what is no address.
    """
    address = address.strip().lower()
    async with transaction(office.pool) as conn:
        before = await suppressions.suppress(conn, address, reason or BY_A_PERSON, now)
        people = await suppressions.people(conn, address)
    async with transaction(office.pool) as conn:  # cycles come before addresses in the order of locks
        ended = await suppressions.follow(conn, address, now)
    untold = await tell(office, ended, "send_next_now")
    words = f"{address} is not written to any more: {_whose(people)}."
    if before is not None:
        words = f"{address} was suppressed already, on {_day(before)} ({before['reason']}): {_whose(people)}."
    if ended:
        words += f" {count(len(ended), 'thread')} had nobody else to write to and ended."
    return _done(address, people, words, changed=before is None, cycle_ids=tuple(ended), untold=untold)


async def unsuppress(office: Office, address: str, now: datetime) -> Suppressed:
    """Lets an address be written to again; what was stays on record. Threads that ended stay ended."""
    address = address.strip().lower()
    async with transaction(office.pool) as conn:
        before = await suppressions.lift(conn, address, now)
        people = await suppressions.people(conn, address)
    if before is None:
        return _done(address, people, f"{address} is not suppressed: {_whose(people)}.", changed=False)
    words = (
        f"{address} may be written to again; it was suppressed on {_day(before)} "
        f"({before['reason']}): {_whose(people)}."
    )
    if before["reason"] in _THEIR_WISH:
        words += " They had asked for no more e-mail: be sure that they want it again."
    return _done(address, people, words)


def _done(address: str, people: Sequence[Any], words: str, **more: Any) -> Suppressed:
    return Suppressed(
        words=words,
        address=address,
        contact_ids=tuple(one["contact_id"] for one in people),
        company_ids=tuple(dict.fromkeys(one["company_id"] for one in people)),
        **more,
    )


def _whose(people: Sequence[Any]) -> str:
    if not people:
        return "no contact has this address now"
    named = (f"{one['first_name']} {one['last_name']}".strip() or one["contact_id"] for one in people)
    return ", ".join(f"{name} at {one['company']}" for name, one in zip(named, people, strict=True))


def _day(row: Any) -> str:
    return f"{row['created_at']:%d %b %Y}"

"""Addresses that nobody writes to, by a person's word: set, followed up and taken back (R1, R11)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from db import others
from db.pool import Connection
from db.sql import queries
from domain import errors
from domain.setup import Suppression

sql = queries("suppressions")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


async def suppress(conn: Connection, address: str, reason: str, now: datetime) -> Any | None:
    """Has nobody write to an address any more; returns None, or the row of one suppressed already.

    Raises `errors.Refused` for what is no address.
    """
    if not _ADDRESS.fullmatch(address):
        raise errors.Refused(f"{address!r} is no e-mail address; expected one such as li@acme.example")
    found = await sql.find.one(conn, address=address)
    if found is not None and found["lifted_at"] is None:
        return found
    await queries("sending").suppress_address.run(conn, address=address, reason=reason, now=now)
    return None


async def follow(conn: Connection, address: str, now: datetime) -> list[str]:
    """Ends the threads that have nobody left to write to, as after an opt-out; names them (R8)."""
    return await others.end_unreachable(conn, [address], now)


async def lift(conn: Connection, address: str, now: datetime) -> Any | None:
    """Lets an address be written to again; returns its row as it was, None if it is not suppressed."""
    found = await sql.find.one(conn, address=address)
    if found is None or found["lifted_at"] is not None:
        return None
    await sql.lift.run(conn, address=address, now=now)
    return found


async def people(conn: Connection, address: str) -> Sequence[Any]:
    """Lists the contacts who have an address, with their companies."""
    found: Sequence[Any] = await sql.people.all(conn, address=address)
    return found


async def listed(conn: Connection, search: str, after: str, most: int) -> list[Suppression]:
    """Lists suppressed addresses with some letters in them, by address, from after one on."""
    rows = await sql.listed.all(conn, search=search.lower(), after=after, most=most)
    return [Suppression.model_validate(dict(row)) for row in rows]

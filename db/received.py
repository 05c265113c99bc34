"""Reads what came in, for a person (`inbox`, `show`)."""

from __future__ import annotations

from typing import Any

from db.pool import Connection
from db.sql import queries
from domain.received import Received

sql = queries("inbox")
_FIELDS = set(Received.model_fields)

EVERYTHING = 2**31


async def listed(
    conn: Connection,
    *,
    most: int = EVERYTHING,
    status: str | None = None,
    cycle: str | None = None,
    id: int | None = None,
    before: int | None = None,
) -> list[Received]:
    """Lists what came in, newest first, at most so many; of one status, one cycle, or one id.

    `before` leaves out what came in with that id and later.
    """
    rows = await sql.list.all(conn, most=most, status=status, cycle=cycle, id=id, before=before)
    return [received(row) for row in rows]


async def of_cycle(conn: Connection, cycle_id: str) -> list[Received]:
    """Lists what came in about a cycle, oldest first."""
    return (await listed(conn, cycle=cycle_id))[::-1]


async def of_company(conn: Connection, company_id: str, most: int) -> list[Received]:
    """Lists what came in about a company's cycles, newest first."""
    return [received(row) for row in await sql.of_company.all(conn, company=company_id, most=most)]


def received(row: Any) -> Received:
    """Reads a row as a person sees it."""
    values = {name: value for name, value in dict(row).items() if name in _FIELDS}
    return Received.model_validate(values | {"kind": row["kind"] or None})

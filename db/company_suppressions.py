"""Companies that nobody writes to, by a person's word: set, followed up and taken back (R1, R11)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from db import cycles
from db.pool import Connection
from db.sql import queries
from domain import errors, paging

sql = queries("company_suppressions")
rows = queries("cycles")

Found = tuple[Any, Any | None]
"""A company, and how it was suppressed before; None if it was not."""

_CRM = {"reason": "the CRM says so", "created_at": None}


async def suppress(conn: Connection, company_id: str, reason: str, now: datetime) -> Found:
    """Has nobody at a company written to any more; raises `errors.NotFound`."""
    company = await _find(conn, company_id)
    if company["reason"] is not None:
        return company, company
    await sql.suppress.run(conn, company=company["id"], reason=reason, now=now)
    await sql.note.run(conn, company=company["id"], kind="company_suppressed", detail=reason, now=now)
    return company, _CRM if company["by_crm"] else None


async def follow(conn: Connection, company_id: str, now: datetime) -> list[str]:
    """Ends the threads of a suppressed company that have begun, as after an opt-out; names whom to tell (R8).

    A waiting or held cycle stays as it is: it asks for no slot, and finds nobody to write to when it goes on.
    """
    await queries("planning").lock_bookings.run(conn)
    told = []
    found = await sql.open.all(conn, company=company_id)
    for row in await rows.lock_all.all(conn, cycles=[one["id"] for one in found]):
        if row["status"] == "active" and row["stage"] is not None:
            await cycles.close(conn, row, "undeliverable", now)
        if row["status"] in ("active", "closed"):
            told.append(row["id"])
    return told


async def lift(conn: Connection, company_id: str, now: datetime) -> Found:
    """Lets a company be written to again; raises `errors.NotFound`, `errors.Refused` if the CRM says no."""
    company = await _find(conn, company_id)
    if company["by_crm"]:
        raise errors.Refused(
            f"{company['name']} is suppressed in the CRM's records: change it there, then `load` them"
        )
    if company["reason"] is None:
        return company, None
    await sql.lift.run(conn, company=company["id"], now=now)
    await sql.note.run(conn, company=company["id"], kind="company_unsuppressed", detail="", now=now)
    return company, company


async def _find(conn: Connection, company_id: str) -> Any:
    found = await sql.find.one(conn, company=paging.storable(company_id))
    if found is None:
        raise errors.NotFound(f"there is no company {company_id!r}")
    return found

"""A person has nobody at a company written to, or takes that back (R1, R11)."""

from __future__ import annotations

from datetime import datetime

from db import company_suppressions as rows
from db.pool import transaction
from desk.office import Office
from desk.steering import Done, count, tell
from desk.suppressions import BY_A_PERSON


class SuppressedCompany(Done):
    """What was done about a company."""

    company_id: str


async def suppress(office: Office, company_id: str, reason: str, now: datetime) -> SuppressedCompany:
    """Has nobody at a company written to any more, from now on; the same again is harmless.

    Threads that have begun end and their candidates move on; what was not sent yet ends when it is due.
    What waits for a slot gets none. Raises `errors.NotFound`.
    """
    async with transaction(office.pool) as conn:
        company, before = await rows.suppress(conn, company_id, reason or BY_A_PERSON, now)
    async with transaction(office.pool) as conn:  # cycles come before records in the order of locks
        touched = await rows.follow(conn, company["id"], now)
    untold = await tell(office, touched, "send_next_now")
    words = f"Nobody at {company['name']} is written to any more."
    if before is not None:
        since = f", on {before['created_at']:%d %b %Y}" if before["created_at"] else " by the CRM"
        words = f"{company['name']} was suppressed already{since} ({before['reason']})."
    if touched:
        words += f" {count(len(touched), 'open cycle')} of it ended or will end, and the candidates move on."
    return SuppressedCompany(
        words=words,
        company_id=company["id"],
        changed=before is None,
        cycle_ids=tuple(touched),
        untold=untold,
    )


async def unsuppress(office: Office, company_id: str, now: datetime) -> SuppressedCompany:
    """Lets a company be written to again; what was stays on record. Threads that ended stay ended.

    Raises `errors.NotFound`, and `errors.Refused` where the CRM itself says so.
    """
    async with transaction(office.pool) as conn:
        company, before = await rows.lift(conn, company_id, now)
    words = f"{company['name']} is not suppressed."
    if before is not None:
        words = (
            f"{company['name']} may be written to again; it was suppressed on "
            f"{before['created_at']:%d %b %Y} ({before['reason']})."
        )
    return SuppressedCompany(words=words, company_id=company["id"], changed=before is not None)

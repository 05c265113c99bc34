"""What a specialist is told by e-mail: read, claimed and recorded, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from db import cycles, letters
from db.pool import Connection
from db.sending import HoldAll
from db.sql import queries
from domain import errors
from domain.letters import Accepted, AllRefused, Delivery, Letter, Outage
from domain.notices import CALLED, Answered, Notice, PutForward, Resting, Writer

sql = queries("notices")
sending = queries("sending")


async def read(conn: Connection, notice_id: int, now: datetime) -> Notice | None:
    """Gathers all that a notice says, and whom to tell; None once it is sent or given up.

    Raises `HoldAll` while nothing at all may go out.
    """
    row = await sql.told.one(conn, id=notice_id)
    if row is None:
        return None
    if await sending.hold_all.value(conn):
        raise HoldAll
    cycle, company = row["cycle_id"], row["company_id"]
    resting = await sql.resting.all(conn, cycle=cycle, company=company, now=now)
    told = await letters.specialist(conn, row["specialist_id"] or row["company_specialist_id"])
    return Notice(
        id=row["id"],
        cycle_id=cycle,
        kind=row["kind"],
        effect=row["effect"],
        outcome=row["outcome"],
        closed_at=row["closed_at"],
        company_name=row["company_name"],
        role_title=row["title"],
        thread_subject=row["thread_subject"] or "",
        writer=_writer(row),
        subject=row["subject"],
        text=row["text"],
        message_id=row["message_id"],
        received_at=row["received_at"],
        by_sender_alone=row["matched_by"] == "sender",
        addresses=tuple(row["addresses"]),
        answered=_answered(row),
        people=tuple(_put_forward(one) for one in await sql.people.all(conn, cycle=cycle)),
        resting=tuple(_resting(one) for one in resting if row["effect"] == "responded"),
        specialist=letters.sender(told) if told else None,
    )


async def claim(
    conn: Connection,
    notice_id: int,
    *,
    recipient: str,
    letter: Letter,
    message_id: Callable[[], str],
    now: datetime,
) -> str | None:
    """Claims a notice for one attempt; returns its Message-ID, fixed at the first, or None if it has ended.

    Raises `HoldAll`.
    """
    row = await _open(conn, notice_id)
    if row is None:
        return None
    if await sending.hold_all.value(conn):
        raise HoldAll
    found: str = await sql.claim.value(
        conn,
        id=notice_id,
        message_id=message_id(),
        recipient=recipient,
        subject=letter.subject,
        text=letter.text,
        now=now,
    )
    return found


async def record(conn: Connection, notice_id: int, delivery: Delivery, now: datetime) -> None:
    """Records how an attempt ended; a specialist's address that is refused for good ends the notice."""
    if isinstance(delivery, Accepted) and not delivery.refused:
        row = await _open(conn, notice_id)
        await sql.mark_sent.run(conn, id=notice_id, now=now)
        if row is not None:
            await cycles.event(
                conn, row["cycle_id"], "told", f"the specialist of the {CALLED[row['kind']]}", now
            )
    elif isinstance(delivery, Accepted | AllRefused):
        await give_up(conn, notice_id, f"refused for good: {'; '.join(delivery.refused.values())}", now)
    else:
        code = f"{delivery.code}: " if isinstance(delivery, Outage) else "its end is unknown: "
        await sql.mark_refused.run(conn, id=notice_id, error=code + delivery.words)


async def give_up(conn: Connection, notice_id: int, why: str, now: datetime) -> None:
    """Ends a notice that cannot be sent, with the reason on its row and in the cycle's story."""
    row = await _open(conn, notice_id)
    if row is not None:
        await sql.give_up.run(conn, id=notice_id, error=why, now=now)
        await cycles.event(
            conn, row["cycle_id"], "not_told", f"the specialist of the {CALLED[row['kind']]}: {why}", now
        )


async def _open(conn: Connection, notice_id: int) -> Any:
    """Locks a notice's row; None once it is sent or given up."""
    row = await sql.lock.one(conn, id=notice_id)
    if row is None:
        raise errors.NotFound(f"there is no notice {notice_id}")
    return row if row["sent_at"] is None and row["given_up_at"] is None else None


def _writer(row: Any) -> Writer:
    address = row["sender"] or next(iter(row["addresses"]), "")
    named = f"{row['first_name'] or ''} {row['last_name'] or ''}".strip()
    return Writer(name=named or row["sender_name"], address=address, known=row["contact_id"] is not None)


def _answered(row: Any) -> Answered | None:
    if row["answered_stage"] is None:
        return None
    return Answered(
        stage=row["answered_stage"], sent_at=row["answered_sent_at"], sender=row["answered_sender"]
    )


def _put_forward(row: Any) -> PutForward:
    name = f"{row['first_name']} {row['last_name']}".strip()
    return PutForward(candidate_id=row["candidate_id"], name=name, status=row["status"])


def _resting(row: Any) -> Resting:
    return Resting(cycle_id=row["id"], role_title=row["title"], until=row["held_until"])

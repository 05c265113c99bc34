"""What became of an e-mail: recorded in a transaction of its own after the hand-over (R7, R9 to R11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from db import cycles, windows
from db.pool import Connection
from db.sql import queries
from domain import cadence, errors
from domain.cadence import Next
from domain.letters import STAGES, Accepted, AllRefused, Delivery, Outage, Stage
from domain.rules import Rules

sql = queries("sending")
rows = queries("cycles")


async def record(conn: Connection, log_id: int, delivery: Delivery, rules: Rules, now: datetime) -> Next:
    """Records how an attempt ended, under the cycle's lock, and returns what the cycle does next.

    A reply recorded in between has closed the cycle: the e-mail crossed it, its row says so, the outcome
    stays (R7). What is `sent` stays so, whatever an attempt that was given up says later (R10).
    """
    row = await sql.lock_cycle_of.one(conn, log=log_id)
    if row is None:
        raise errors.NotFound(f"there is no e-mail {log_id}")
    email = await sql.email_by_id.one(conn, log=log_id)
    if email["status"] != "sent":
        await _note(conn, row, email, delivery, rules, now)
    if row["status"] == "closed":
        await end(conn, row["id"], now)
    return await cycles.next_step(conn, row["id"])


async def _note(
    conn: Connection, row: Any, email: Any, delivery: Delivery, rules: Rules, now: datetime
) -> None:
    if isinstance(delivery, Accepted):
        await _sent(conn, row, email, delivery, rules, now)
    elif isinstance(delivery, AllRefused):
        await _failed(conn, row, email, delivery, now)
    elif isinstance(delivery, Outage):
        await sql.mark_refused.run(conn, log=email["id"], error=f"{delivery.code}: {delivery.words}")
    else:
        await uncertain(conn, row, email["id"], delivery.words, rules, now)


async def _sent(
    conn: Connection, row: Any, email: Any, delivery: Accepted, rules: Rules, now: datetime
) -> None:
    await sql.sent.run(
        conn,
        log=email["id"],
        now=now,
        due=await _due(conn, row, email["stage"], rules, now),
        coming=cadence.following(email["stage"]) or "next_roles",
        refused=dict(delivery.refused),
        deferred=dict(delivery.deferred),
        service_id=delivery.service_id,
    )
    await _suppress(conn, delivery.refused, now)


async def _due(conn: Connection, row: Any, stage: Stage, rules: Rules, now: datetime) -> datetime:
    """Names when what follows an e-mail is due: a letter waits for the window, silence does not (R6)."""
    due = now + rules.follow_up_interval
    return due if stage == STAGES[-1] else await windows.opening(conn, row["company_id"], due, rules)


async def _failed(conn: Connection, row: Any, email: Any, delivery: AllRefused, now: datetime) -> None:
    await sql.mark_failed.run(
        conn, log=email["id"], refused=dict(delivery.refused), error="every recipient was refused for good"
    )
    await _suppress(conn, delivery.refused, now)
    await cycles.event(conn, row["id"], "refused", email["stage"], now)
    await cycles.close(conn, row, "undeliverable", now)


async def _suppress(conn: Connection, refused: Iterable[str], now: datetime) -> None:
    """Suppresses addresses, in one order everywhere: two cycles may share them."""
    for address in sorted({one.lower() for one in refused}):
        await sql.suppress_address.run(conn, address=address, reason="refused by its server", now=now)


async def end(conn: Connection, cycle_id: str, now: datetime) -> None:
    """Ends what is claimed and must not go any more, if the cycle is closed; gives back what is free (R9)."""
    row = await rows.find.one(conn, cycle=cycle_id)
    if row["status"] == "closed":
        await rows.skip_idle_emails.run(conn, cycle=cycle_id)
        await cycles.give_back(conn, cycle_id, now)


async def lost(conn: Connection, row: Any, log_id: int, rules: Rules, now: datetime) -> None:
    """Notes that an attempt has ended without a record, with its worker for instance (R10)."""
    await uncertain(conn, row, log_id, "the attempt ended without a record", rules, now)


async def uncertain(conn: Connection, row: Any, log_id: int, why: str, rules: Rules, now: datetime) -> None:
    """Notes that an e-mail was handed over and its end is unknown; by setting, holds the cycle (R10)."""
    await sql.mark_uncertain.run(conn, log=log_id, now=now, error=why)
    await cycles.event(conn, row["id"], "uncertain", str(log_id), now)
    if rules.on_uncertain_send == "hold":
        await hold_uncertain(conn, row, now)


async def hold_uncertain(conn: Connection, row: Any, now: datetime) -> None:
    """Holds an open cycle until a person has decided on its uncertain e-mail (R10)."""
    if row["status"] in ("active", "waiting"):
        await cycles.hold(conn, row, "uncertain", now)

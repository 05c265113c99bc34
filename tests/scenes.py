"""Scenes for tests that need cycles but no Temporal: the real bookings, claims and records, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from db import bookings, cycles, sending
from db.pool import Pool, transaction
from domain.cadence import Next
from domain.letters import Accepted, Brand, Delivery, Stage
from domain.rules import Rules
from mail.letters import Letters
from tests.cast import NOW

RULES = Rules()
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

LETTERS = Letters()


async def book(pool: Pool, run_id: str = "run-1", *, now: datetime = NOW, rules: Rules = RULES) -> list[str]:
    """Books a run; names its cycles in order of id."""
    async with transaction(pool) as conn:
        await bookings.book_run(conn, rules, run_id, now)
        rows = await conn.fetch("select id from outreach_cycle where run_id = $1 order by id", run_id)
    return [row["id"] for row in rows]


async def claim(
    pool: Pool,
    cycle_id: str,
    stage: Stage = "initial",
    *,
    now: datetime = NOW,
    rules: Rules = RULES,
    force: bool = False,
) -> sending.Claimed | Next:
    """Claims one e-mail, the candidates' bios being their names."""
    async with transaction(pool) as conn:
        bios: Mapping[str, str] = {
            one.candidate_id: one.candidate_id.title() for one in await cycles.candidates(conn, cycle_id)
        }
        order = sending.Order(cycle_id, stage, now, force=force)
        message_id = f"<{cycle_id}.{stage}@beyond.example>"
        return await sending.claim(
            conn, order, sending.Terms(rules, Brand(), bios, lambda _: message_id, LETTERS.render)
        )


async def send(
    pool: Pool,
    cycle_id: str,
    stage: Stage = "initial",
    *,
    delivery: Delivery | None = None,
    now: datetime = NOW,
    rules: Rules = RULES,
) -> int:
    """Claims one e-mail and records how its attempt ended (default: accepted); returns its id."""
    claimed = await claim(pool, cycle_id, stage, now=now, rules=rules)
    assert isinstance(claimed, sending.Claimed), claimed
    async with transaction(pool) as conn:
        await sending.record(conn, claimed.log_id, delivery or Accepted({}), rules, now)
    return claimed.log_id


async def do(pool: Pool, statement: str, *values: object) -> None:
    """Runs one statement."""
    async with transaction(pool) as conn:
        await conn.execute(statement, *values)

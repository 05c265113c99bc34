"""What became of a run: its counts, and where its first e-mails stand (SPEC section 6, `launch --wait`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from db.pool import Connection
from db.sql import queries

sql = queries("launch")


async def run(conn: Connection, run_id: str) -> Any:
    """Returns a run's row with the number of waiting cycles it admitted; None if nothing is booked yet."""
    return await sql.run.one(conn, run=run_id)


async def first_emails(conn: Connection, run_id: str, now: datetime) -> dict[str, int]:
    """Counts the first e-mails of a run by where they stand; `later` waits for the sending window (R6)."""
    rows = await sql.first_emails.all(conn, run=run_id, now=now)
    return {row["standing"]: row["count"] for row in rows}

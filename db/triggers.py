"""Runs that were asked for over the API, each under the key that its caller gave it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from db.pool import Connection
from db.sql import queries

sql = queries("triggers")


async def reserve(
    conn: Connection, run: str, caller: str, key: str | None, asked: dict[str, Any], now: datetime
) -> tuple[str, dict[str, Any]]:
    """Keeps that a run is asked for; returns the run of this key and what was asked for with it first."""
    await sql.put.run(conn, run=run, caller=caller, key=key, asked=asked, now=now)
    if key is None:
        return run, asked
    row = await sql.find.one(conn, caller=caller, key=key)
    return row["run_id"], row["asked"]

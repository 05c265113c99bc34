"""What the workers that run were told, each row kept alive by its worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.pool import Connection
from db.sql import queries

sql = queries("workers")


@dataclass(frozen=True, slots=True)
class Told:
    """A worker that runs, and what it was told: settings by name, as text; empty for one that is not set."""

    id: str
    told: Mapping[str, str]
    started_at: datetime


async def beat(conn: Connection, id: str, task_queue: str, told: Mapping[str, str]) -> None:
    """Says that a worker runs, by the database's clock; what it was told is written once."""
    await sql.forget.run(conn)
    await sql.beat.run(conn, id=id, task_queue=task_queue, told=dict(told))


async def gone(conn: Connection, id: str) -> None:
    """Says that a worker has ended."""
    await sql.gone.run(conn, id=id)


async def live(conn: Connection, task_queue: str, within: timedelta) -> Sequence[Told]:
    """Lists the workers of a task queue that were alive within this time, by id."""
    rows = await sql.live.all(conn, task_queue=task_queue, within=within)
    return [Told(row["id"], row["told"], row["started_at"]) for row in rows]

"""Reads the post page by page, and where a message may belong."""

from __future__ import annotations

from collections.abc import Iterable

from db import received
from db.pool import Connection
from db.sql import queries
from domain import paging
from domain.received import OF_KINDS, Asked, OpenCycle, Received

sql = queries("post")


async def page(conn: Connection, asked: Asked, before: int | None, most: int) -> list[Received]:
    """Lists what came in, newest first, from before an id on; of each text the beginning."""
    if asked == "all":
        rows = await sql.newest.all(conn, before=before, most=most)
    elif asked == "unmatched":
        rows = await sql.unmatched.all(conn, before=before, most=most)
    else:
        rows = await sql.of_kinds.all(conn, kinds=OF_KINDS[asked], before=before, most=most)
    found = await sql.of_ids.all(conn, ids=[row["id"] for row in rows])
    return [received.received(row) for row in found]


async def open_cycles(conn: Connection, sender: str, words: Iterable[str], most: int) -> list[OpenCycle]:
    """Finds open cycles by words of company, role or id; without words, those of the sender's company."""
    domain = sender.rpartition("@")[2].lower()
    rows = await sql.open_cycles.all(conn, domain=domain, words=[*map(paging.like, words)], most=most)
    return [OpenCycle.model_validate(dict(row)) for row in rows]

"""Puts records into a database, as they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from domain.records import Candidate, Record
from tests.cast import CAST, TODAY, Records, columns

_TABLES = {
    "specialists": "specialist",
    "companies": "company",
    "contacts": "contact",
    "roles": "role",
    "candidates": "candidate",
    "matches": "match",
}


async def fill(conn: Any, records: Records = CAST, *, today: date | None = None) -> None:
    """Inserts all records of a cast; with `today`, every candidate's dates are moved as if it were then."""
    for kind, rows in records:
        await insert(conn, _TABLES[kind], [moved(row, today) for row in rows])


def moved(record: Record, today: date | None) -> Record:
    """Moves a candidate's dates from the cast's day to another one."""
    if today is None or not isinstance(record, Candidate):
        return record
    by = today - TODAY
    dates = {"start_date": record.start_date + by, "end_date": record.end_date and record.end_date + by}
    return record.model_copy(update=dates)


async def insert(conn: Any, table: str, rows: Iterable[Record]) -> None:
    """Inserts records into their table."""
    for row in rows:
        values = columns(row)
        marks = ", ".join(f"${number}" for number in range(1, len(values) + 1))
        await conn.execute(f"insert into {table} ({', '.join(values)}) values ({marks})", *values.values())

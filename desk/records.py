"""Loads the CRM's records and brings every open cycle in line with them (SPEC section 4, R15)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from db import records
from db.pool import Connection
from desk import steering
from desk.office import Office
from domain.letters import Model


class Count(Model):
    """What a load did to one kind of record."""

    inserted: int
    updated: int
    unchanged: int


class Loaded(Model):
    """The outcome of a load, by kind of record, and the cycles that it changed."""

    counts: dict[str, Count]
    ignored_columns: dict[str, tuple[str, ...]]
    """Columns that no record has, by file."""
    bad: int
    bad_rows: Path | None
    """Where the rows that were left out stand."""
    cycle_ids: tuple[str, ...]
    untold: tuple[str, ...]
    """Cycles whose workflow could not be told now; `reconcile` will tell them."""


async def load(
    connection: Connection, office: Office, folder: Path, now: datetime, *, skip_bad: bool = False
) -> Loaded:
    """Loads a folder of CSV files, all or nothing, then tells the cycles that it concerns.

    With `skip_bad` the good rows are loaded and the bad ones written to a file. `connection` is one without
    a command time-out. Raises `errors.BadRecords` naming every bad row.
    """
    done = await records.load(connection, folder, skip_bad=skip_bad)
    told = await steering.catch_up(office, now)
    return Loaded(
        counts={
            kind: Count(inserted=count.inserted, updated=count.updated, unchanged=count.unchanged)
            for kind, count in done.counts.items()
        },
        ignored_columns={file: tuple(columns) for file, columns in done.ignored_columns.items()},
        bad=done.bad.total,
        bad_rows=done.bad_rows,
        cycle_ids=told.cycle_ids,
        untold=told.untold,
    )

"""`load` and `reconcile`: what was read, what was mended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import RenderableType
from rich.table import Table

from console import output, steering
from console.office import Desk
from console.output import grid, inset
from console.words import count, line
from db import pool
from desk import records
from desk.records import Loaded
from domain import errors
from domain.messages import Reconciled
from domain.rules import Rules
from sample import small
from sample.files import FILES


async def load(desk: Desk, folder: Path, *, skip_bad: bool, as_json: bool) -> None:
    """Loads a folder and says what that did."""
    connection = await pool.connect(desk.database_url)
    try:
        done = await records.load(connection, desk.office, folder, desk.now, skip_bad=skip_bad)
    finally:
        await connection.close()
    output.show(done, as_json, lambda: _page(done))
    for file, columns in done.ignored_columns.items():
        output.warn(f"{file}: {', '.join(map(line, columns))} ignored: no record has such a column")
    if done.bad:
        output.warn(
            f"{count(done.bad, 'problem')} found; the rows that were left out stand in {done.bad_rows}"
        )
    if done.untold:
        output.warn(steering.untold(len(done.untold)))


def sample(folder: Path, rules: Rules, *, as_json: bool) -> None:
    """Writes the sample records, dated from today; refuses to overwrite anything."""
    if there := [name for name in FILES if (folder / name).exists()]:
        raise errors.Refused(f"{folder} has {', '.join(there)} already: choose another folder")
    try:
        small.write(folder, rules.today(datetime.now(UTC)))
    except OSError as failed:
        raise errors.UserError(f"{folder} cannot be written to: {failed.strerror}") from None
    if as_json:
        output.print_json({"folder": str(folder), "files": list(FILES)})
    else:
        output.out().print(f"Written to {folder}: {', '.join(FILES)}. `starter.py load {folder}` loads them.")


def _page(done: Loaded) -> Iterator[RenderableType]:
    table = grid("", ">new", ">changed", ">as before")
    for kind, counted in done.counts.items():
        cells = (counted.inserted, counted.updated, counted.unchanged)
        table.add_row(kind, *(f"{cell:,}" if cell else "·" for cell in cells))
    yield table
    if done.cycle_ids:
        yield f"{count(len(done.cycle_ids), 'open cycle')} changed with the records."


def reconciled(found: Reconciled) -> Iterator[RenderableType]:
    """Shows what `reconcile` found and did."""
    if not (found.restarted or found.told or found.without_row or found.moved_on):
        yield "Database and workflows agree."
    lists = (
        ("Started again where they were", found.restarted),
        ("Told what they had not heard", found.told),
        ("Declined candidates who move on now", found.moved_on),
        ("Workflows without a row: look at them in the Web UI", found.without_row),
    )
    for title, ids in lists:
        if ids:
            yield output.heading(title, str(len(ids)))
            table = Table.grid()
            table.add_column(overflow="fold")
            for one in ids:
                table.add_row(line(one))
            yield inset(table)

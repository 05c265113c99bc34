"""The small set: records that a person can follow, in `sample/small/*.csv`, dated from any day.

A dozen companies (two of them cannot be written to: one is suppressed, one has no partner contact with
an address), two dozen roles, forty candidates. Their `start_in` and `end_in` are days from today, so that
the same few are urgent whenever it is loaded.
"""

from __future__ import annotations

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path

from sample.files import FILES, write_rows

TABLES = Path(__file__).parent / "small"
_OFFSETS = {"start_in": "start_date", "end_in": "end_date"}


def write(folder: Path, today: date) -> None:
    """Writes the set as the CRM would on `today`; the folder is made if it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        if name != "candidates.csv":
            shutil.copyfile(TABLES / name, folder / name)
    with (TABLES / "candidates.csv").open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    dated = [[_dated(name, cell, today) for name, cell in zip(names, row, strict=True)] for row in rows]
    write_rows(folder / "candidates.csv", [_OFFSETS.get(name, name) for name in names], dated)


def _dated(name: str, cell: str, today: date) -> str:
    return (today + timedelta(days=int(cell))).isoformat() if name in _OFFSETS else cell

"""Writes records as the CRM's CSV files (SPEC section 4)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from domain.records import Candidate, Company, Contact, Match, Record, Role, Specialist

FILES: Mapping[str, type[Record]] = {
    "specialists.csv": Specialist,
    "companies.csv": Company,
    "contacts.csv": Contact,
    "roles.csv": Role,
    "candidates.csv": Candidate,
    "matches.csv": Match,
}


def write(folder: Path, name: str, records: Iterable[Record]) -> None:
    """Writes one file of records."""
    columns = list(FILES[name].model_fields)
    write_rows(folder / name, columns, ([getattr(one, column) for column in columns] for one in records))


def write_rows(path: Path, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Writes one file of values, in the order of its columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(columns)
        sheet.writerows(map(cell, row) for row in rows)


def cell(value: Any) -> str:
    """Writes a value as a cell: lists separated by `;`, ISO dates, yes and no, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return ";".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)

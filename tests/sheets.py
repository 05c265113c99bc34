"""Imports in memory: records as the text of a file, and a reader that keeps what it is told."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain import columns, problems
from domain.imports import Reader, Values
from domain.records import Candidate, Company, Contact, Match, Record, Role, Specialist
from sample.files import cell

MODELS: dict[str, type[Record]] = {
    "specialist": Specialist,
    "company": Company,
    "contact": Contact,
    "role": Role,
    "candidate": Candidate,
    "match": Match,
}


def valid(address: str) -> str:
    """Stands in for the checker of addresses, which lives outside of this room."""
    if "@" not in address:
        raise ValueError(address)
    return address


KINDS = columns.kinds(valid)
STANDING = {
    "specialist": ["s-sofia"],
    "company": ["acme", "blue"],
    "role": ["r-data", "r-web"],
    "candidate": ["ada", "bela"],
}


class Import:
    """One import into a database that holds `STANDING`."""

    def __init__(self, standing: Mapping[str, Iterable[str]] = STANDING, **options: Any) -> None:
        self.found = problems.Problems()
        self.raw: list[Sequence[str]] = []
        self.reader = Reader(KINDS, standing, self._report, **options)

    def _report(self, problem: problems.Problem, cells: Sequence[str]) -> None:
        self.found.add(problem)
        self.raw.append(cells)

    def read(self, kind: str, text: str) -> list[Values]:
        """Reads a file's text, split into physical lines as a file opened with newline='' splits it."""
        return list(self.reader.rows(KINDS[kind], io.StringIO(text, newline="")))

    @property
    def complaints(self) -> list[str]:
        """Every problem in words."""
        return [str(problem) for problem in self.found.kept]

    @property
    def places(self) -> list[tuple[int, str]]:
        """Line and column of every problem."""
        return [(problem.line, problem.column) for problem in self.found.kept]


def sheet(records: Iterable[Record], **replaced: str) -> str:
    """Writes records as a file; `replaced` puts raw cells into every row."""
    records = list(records)
    file = io.StringIO()
    names = list(type(records[0]).model_fields)
    out = csv.writer(file)
    out.writerow(names)
    out.writerows([replaced.get(name, cell(getattr(one, name))) for name in names] for one in records)
    return file.getvalue()


def read_one(record: Record, **replaced: str) -> tuple[list[Values], list[str]]:
    """Reads one row of its kind with some cells replaced: its good rows, its problems."""
    kind = type(record).__name__.lower()
    one = Import()
    return one.read(kind, sheet([record], **replaced)), one.complaints


def as_record(kind: str, values: Values) -> Record:
    """Makes a record of the values of a row."""
    named = dict(zip(KINDS[kind].columns, values, strict=True))
    return MODELS[kind].model_validate(
        {key: tuple(v) if isinstance(v, list) else v for key, v in named.items()}
    )

"""CSV text (RFC 4180) with a header, row by row; what cannot be read as such is reported, never raised."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.cells import Cell, Wrong, clean
from domain.columns import Kind
from domain.problems import Problem, Report, shown

LARGEST_CELL = 10_000_000
"""Characters; a longer cell is a quote that was left open rather than a text."""


@dataclass(slots=True)
class Row:
    """One row of a file; reports what is wrong with it. `places` tells where each column stands."""

    file: str
    line: int
    cells: Sequence[str]
    places: Mapping[str, int]
    report: Report
    bad: bool = False

    def cell(self, column: str) -> str:
        """Returns a cell as it stands, empty where the row is too short."""
        place = self.places.get(column, len(self.cells))
        return self.cells[place] if place < len(self.cells) else ""

    def value(self, column: str, read: Cell) -> Any:
        """Reads a cell; reports what is wrong with it and returns None then."""
        try:
            return read(clean(self.cell(column)))
        except Wrong as wrong:
            self.wrong(column, str(wrong))
            return None

    def wrong(self, column: str, expected: str, value: str | None = None) -> None:
        """Reports a problem with a column, or with the whole row where it names none."""
        self.bad = True
        found = self.cell(column) if value is None else value
        self.report(Problem(self.file, self.line, column, shown(found), expected), self.cells)


class Sheet:
    """A file of one kind. `readable` is false once its header or its quoting proved broken.

    `lines` are physical lines with their ends; bytes that are not UTF-8 come as lone surrogates.
    """

    def __init__(self, kind: Kind, lines: Iterable[str], report: Report) -> None:
        self.kind = kind
        self.report = report
        self.readable = True
        self.raw = self._raw(lines)
        """The rows not yet read, as they stand: (line, cells)."""
        header, self.names = next(self.raw, (1, []))
        self.names = [name.strip().lower() for name in self.names]
        self.places = {name: place for place, name in enumerate(self.names)}
        self._check_header(Row(kind.file, header, self.names, self.places, report))

    @property
    def ignored(self) -> list[str]:
        """Names the columns that no record has."""
        named = [name for name in self.names if name and name not in self.kind.columns]
        return [shown(name) for name in named] if self.readable else []

    def __iter__(self) -> Iterator[Row]:
        """Yields the rows below the header; one with too few or too many cells is reported and bad."""
        return (self.row(line, cells) for line, cells in self.raw) if self.readable else iter(())

    def row(self, line: int, cells: Sequence[str]) -> Row:
        """Makes a row of its cells; reports it if they are too few or too many."""
        row = Row(self.kind.file, line, cells, self.places, self.report)
        if len(cells) != len(self.names):
            row.wrong(
                "",
                f"{len(self.names)}, one for each column",
                "1 cell" if len(cells) == 1 else f"{len(cells)} cells",
            )
        return row

    def _check_header(self, row: Row) -> None:
        wanted = self.kind.columns
        missing = [column for column in wanted if column not in self.places]
        if len(missing) == len(wanted):
            expected = f"column names in UTF-8, separated by commas: {', '.join(wanted)}"
            row.wrong("", expected, f'"{shown(",".join(self.names))}"')
        else:
            for column in missing:
                expected = "a column of this name (its cells may be empty where there is a default)"
                row.wrong(column, expected, "(no such column)")
            for column in wanted:
                if (count := self.names.count(column)) > 1:
                    row.wrong(column, "one column of this name", f"{count} columns")
        self.readable = not row.bad

    def _raw(self, lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
        """Yields rows with the line on which they begin; leaves out blank ones."""
        csv.field_size_limit(LARGEST_CELL)  # the module's own limit is 131,072 characters
        reader = csv.reader(lines, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as broken:
                self._report_broken(line, reader.line_num, str(broken))
                continue
            if any(cell and not cell.isspace() for cell in cells):
                yield line, cells

    def _report_broken(self, first: int, last: int, error: str) -> None:
        self.readable = False
        found = "a broken quote" + (f" (read on to line {last})" if last > first else "")
        expected = 'a cell in quotes to end with a quote, and quotes inside it to be doubled ("")'
        if "field limit" in error:
            expected = f"cells of at most {LARGEST_CELL:,} characters"
        self.report(Problem(self.kind.file, first, "", found, expected), [])

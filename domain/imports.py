"""The CRM's files (SPEC section 4): good rows come out as values, bad ones as problems; nothing raises.

Files are read in the order of `columns.kinds`: a row may refer to rows of an earlier file or of the
database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from domain import cells
from domain.columns import Kind
from domain.problems import Report, shown
from domain.sheets import Row, Sheet

Values = tuple[Any, ...]
"""A good row in the order of its kind's columns, as PostgreSQL's COPY takes it."""
Read = tuple[Row, dict[str, Any]]
"""A row and its values by column, None where they are bad."""


class Reader:
    """Reads the files of one import and remembers the ids that later rows may refer to.

    `standing` holds the ids of the database by kind, `default` its default specialist. A row that refers
    to a bad one is bad as well; it is reported only where bad rows are skipped, since otherwise mending
    the one mends the other.
    """

    def __init__(
        self,
        kinds: Mapping[str, Kind],
        standing: Mapping[str, Iterable[str]],
        report: Report,
        *,
        default: str | None = None,
        skip_bad: bool = False,
    ) -> None:
        self.kinds = kinds
        self.report = report
        self.default = default
        self.skip_bad = skip_bad
        self.ignored: dict[str, list[str]] = {}
        """Columns that no record has, by file."""
        self._good = {name: {one: at for at, one in enumerate(standing.get(name, ()))} for name in kinds}
        self._bad: dict[str, set[str]] = {name: set() for name in kinds}
        self._unread: set[str] = set()

    def rows(self, kind: Kind, lines: Iterable[str]) -> Iterator[Values]:
        """Reads a file's physical lines; yields its good rows as it goes."""
        sheet = Sheet(kind, lines, self.report)
        if sheet.ignored:
            self.ignored[kind.file] = sheet.ignored
        if not sheet.readable:
            self._unread.add(kind.name)
        elif kind.name == "match":
            yield from self._matches(sheet)
        else:
            yield from self._records(sheet)
        if not sheet.readable:
            self._unread.add(kind.name)

    def _records(self, sheet: Sheet) -> Iterator[Values]:
        """Reads a file of records with ids."""
        kind = sheet.kind
        good, bad = self._good[kind.name], self._bad[kind.name]
        rows = _unique((row, self._values(row, kind)) for row in sheet)
        for row, values in self._one_default(rows) if kind.name == "specialist" else rows:
            if row.bad:
                bad.add(values["id"])
            else:
                good.setdefault(values["id"], len(good))
                yield tuple(values.values())

    def _values(self, row: Row, kind: Kind) -> dict[str, Any]:
        """Reads a row's cells and checks them against each other and against earlier files."""
        if row.bad:
            return dict.fromkeys(kind.columns) | {"id": row.cell("id").strip()}
        values = {column: row.value(column, read) for column, read in kind.columns.items()}
        for column, parent in kind.refers.items():
            if values[column] is not None:
                self._check_reference(row, column, parent, values[column])
        starts, ends = values.get("start_date"), values.get("end_date")
        if starts and ends and ends < starts:
            row.wrong("end_date", f"a date on or after the start, {starts}")
        return values

    def _check_reference(self, row: Row, column: str, parent: str, one: str) -> None:
        if one in self._good[parent]:
            return
        if one not in self._bad[parent] and parent not in self._unread:
            row.wrong(column, f"a {parent} of {self.kinds[parent].file} or of the database")
        elif self.skip_bad:
            row.wrong(column, f"a {parent} whose own row can be loaded")
        else:
            row.bad = True

    def _one_default(self, rows: Iterable[Read]) -> Iterator[Read]:
        """Checks that one specialist at most is the default once all are loaded (R11)."""
        rows = list(rows)
        default = self.default
        if any(values["id"] == default and not values["is_default"] for row, values in rows if not row.bad):
            default = None
        for row, values in rows:
            if values["is_default"] and not row.bad:
                default = default or values["id"]
                if default != values["id"]:
                    row.wrong("is_default", f"no, since {shown(default)} is the default already")
            yield row, values

    def _matches(self, sheet: Sheet) -> Iterator[Values]:
        """Reads matches: at a glance where all is well, as it nearly always is, else cell by cell."""
        candidates, roles = self._good["candidate"], self._good["role"]
        at_candidate, at_role, at_score = (sheet.places[column] for column in sheet.kind.columns)
        width, pairs = len(sheet.names), _Pairs(len(roles))
        for line, raw in sheet.raw:
            try:
                candidate_id, role_id = raw[at_candidate], raw[at_role]
                pair, score = (candidates[candidate_id], roles[role_id]), cells.number(raw[at_score])
            except (LookupError, cells.Wrong):
                pass
            else:
                if len(raw) == width and pairs.add(*pair):
                    yield candidate_id, role_id, score
                    continue
            row = sheet.row(line, raw)
            if row.bad:
                continue
            candidate_id, role_id, score = self._values(row, sheet.kind).values()
            if not row.bad and not pairs.add(candidates[candidate_id], roles[role_id]):
                row.wrong("role_id", f"one match of {shown(candidate_id)} with this role")
            if not row.bad:
                yield candidate_id, role_id, score


class _Pairs:
    """The pairs seen so far, a bit each: two million take less than a megabyte."""

    def __init__(self, roles: int) -> None:
        self.width = roles // 8 + 1
        self.rows: dict[int, bytearray] = {}

    def add(self, candidate: int, role: int) -> bool:
        """Adds a pair of positions; says no if it was there."""
        row = self.rows.get(candidate)
        if row is None:
            row = self.rows[candidate] = bytearray(self.width)
        byte, bit = role >> 3, 1 << (role & 7)
        if row[byte] & bit:
            return False
        row[byte] |= bit
        return True


def _unique(rows: Iterable[Read]) -> Iterator[Read]:
    """Checks that no id stands twice in a file; the first is the good one."""
    lines: dict[str, int] = {}
    for row, values in rows:
        if (one := values["id"]) and lines.setdefault(one, row.line) != row.line:
            row.wrong("id", f"an id that line {lines[one]} does not use already")
        yield row, values

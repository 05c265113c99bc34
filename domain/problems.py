"""What is wrong with an import, as plain data that a page, a table or a file can show (SPEC section 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from domain import errors

KEPT = 10_000
"""Problems kept for a person to read; those beyond are counted (and written to the file of bad rows)."""
SHOWN = 80
"""Characters of a bad value that are shown."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row: where, what stands there (safe to print, shortened), what should.

    `line` is the physical line on which the row begins, from 1. `column` is empty if it concerns the row.
    """

    file: str
    line: int
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        what = f'{self.column} "{self.value}"' if self.column else self.value
        return f"{self.file} line {self.line}, {what}: expected {self.expected}"


Report = Callable[[Problem, Sequence[str]], None]
"""Takes a problem and the cells of its row."""


@dataclass(slots=True)
class Problems:
    """The problems of an import: the first `KEPT`, and how many there are."""

    total: int = 0
    kept: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Counts a problem, and keeps it if there is room."""
        self.total += 1
        if len(self.kept) < KEPT:
            self.kept.append(problem)

    def __str__(self) -> str:
        more = self.total - len(self.kept)
        return "\n".join([*map(str, self.kept), *([f"and {more:,} more"] if more else [])])


class BadRows(errors.BadRecords):
    """Rows of an import cannot be loaded, nothing was changed; carries the `Problems`."""

    def __init__(self, problems: Problems) -> None:
        count = "1 problem" if problems.total == 1 else f"{problems.total:,} problems"
        super().__init__(f"nothing was loaded, {count} found:\n{problems}")
        self.problems = problems


def shown(value: str) -> str:
    """Returns a value that is safe to print on one line: odd characters escaped, shortened."""
    safe = "".join(one if one.isprintable() else repr(one)[1:-1] for one in value[: SHOWN + 1])
    return safe if len(value) <= SHOWN and len(safe) <= SHOWN else safe[: SHOWN - 1] + "…"

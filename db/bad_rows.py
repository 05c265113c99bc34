"""Keeps the problems of a load and, where bad rows are skipped, writes those rows to a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TextIO

from domain import errors
from domain.problems import Problem, Problems


class BadRowsFile:
    """Takes problems as they are found; each becomes a line of the file, with the row it is in.

    Nothing is written without a path or without a problem. Raises `errors.BadRecords` if the file cannot
    be written.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.problems = Problems()
        self._file: TextIO | None = None

    @property
    def written(self) -> Path | None:
        """Names the file, or None if nothing was written."""
        return self.path if self.problems.total else None

    def __call__(self, problem: Problem, cells: Sequence[str]) -> None:
        self.problems.add(problem)
        if self.path is None:
            return
        try:
            if self._file is None:
                self._file = self.path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
                self._write(["file", "line", "column", "value", "expected", "row"])
            row = [problem.file, problem.line, problem.column, problem.value, problem.expected]
            self._write([*row, _as_csv(cells)])
        except OSError as failed:
            raise self._unwritable(failed) from failed

    def __enter__(self) -> BadRowsFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._file is not None:
                self._file.close()
        except OSError as failed:
            raise self._unwritable(failed) from failed

    def _write(self, cells: Sequence[object]) -> None:
        csv.writer(self._file).writerow(cells)  # type: ignore[arg-type]

    def _unwritable(self, failed: OSError) -> errors.BadRecords:
        return errors.BadRecords(f"the bad rows cannot be written to {self.path}: {failed.strerror}")


def _as_csv(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()

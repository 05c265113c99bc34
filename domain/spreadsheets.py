"""Tables as CSV that a spreadsheet opens without running anything that stands in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins a formula, in a spreadsheet or after it has trimmed a cell (OWASP, CSV injection)."""

Cell = str | int | float | bool | None


def cell(value: Cell) -> str:
    """Writes a cell: foreign text that would begin a formula gets an apostrophe before it; None is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, int):
        return str(value)
    text = value.replace("\0", "")
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_STARTS) else text


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Writes a table as CSV (RFC 4180), lines ending in CRLF."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(header)
    writer.writerows([cell(one) for one in row] for row in rows)
    return written.getvalue()

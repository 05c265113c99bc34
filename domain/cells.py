"""What one cell of an import may hold, and the value that it becomes (SPEC section 4).

Each reader takes the cell's text, cleaned, and returns a value, or raises `Wrong` with what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from math import isfinite

from domain import calendar

Cell = Callable[[str], object]
"""Reads a cleaned cell; raises `Wrong`."""
Address = Callable[[str], str]
"""Returns an e-mail address as it is to be kept; raises ValueError for one that cannot be."""

LONGEST_ID = 200
LARGEST_INTEGER = 2**31 - 1

_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NOT_UTF_8 = re.compile("[\ud800-\udfff]")
_SPLIT = re.compile("[\t\n\r\u2028\u2029]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE = re.compile(r"\d{1,10}", re.ASCII)
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class Wrong(ValueError):
    """A cell does not hold what it should; the text says what was expected."""


def clean(cell: str) -> str:
    """Returns a cell without control characters and without white space at its ends; keeps line breaks.

    Raises `Wrong` for NUL, and for bytes that are not UTF-8 (they arrive as lone surrogates).
    """
    if "\0" in cell:
        raise Wrong("text without the NUL character")
    if not cell.isascii() and _NOT_UTF_8.search(cell):
        raise Wrong("text in UTF-8")
    return _CONTROL.sub("", cell).strip()


def text(cell: str) -> str:
    """Reads any text; an empty cell is empty text."""
    return cell


def needed(what: str) -> Cell:
    """Reads text that may not be empty, such as a name."""

    def read(cell: str) -> str:
        if not cell:
            raise Wrong(what)
        return cell

    return read


def ident(cell: str) -> str:
    """Reads the CRM's id: 1 to 200 characters on one line."""
    if not 0 < len(cell) <= LONGEST_ID or _SPLIT.search(cell):
        raise Wrong(f"an id of 1 to {LONGEST_ID} characters on one line")
    return cell


def optional(read: Cell, default: object = None) -> Cell:
    """Reads an empty cell as the default, any other by `read`."""
    return lambda cell: read(cell) if cell else default


def choice(*words: str) -> Cell:
    """Reads one of some words, in capitals or not; an empty cell is the first."""

    def read(cell: str) -> str:
        if (word := cell.lower() or words[0]) not in words:
            raise Wrong(f"{', '.join(words[:-1])} or {words[-1]}")
        return word

    return read


def boolean(default: bool) -> Cell:
    """Reads yes/no, true/false or 1/0, in capitals or not; an empty cell is the default."""

    def read(cell: str) -> bool:
        if cell and cell.lower() not in _YES:
            raise Wrong("yes or no")
        return _YES[cell.lower()] if cell else default

    return read


def items(cell: str) -> list[str]:
    """Reads a list separated by `;`; empty items are dropped."""
    return [item for part in cell.split(";") if (item := part.strip())]


def day(cell: str) -> date:
    """Reads an ISO date."""
    try:
        if _DAY.fullmatch(cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass
    raise Wrong("a date such as 2026-09-01")


def whole(cell: str) -> int:
    """Reads a whole number from 0 that PostgreSQL's integer holds."""
    if not _WHOLE.fullmatch(cell) or int(cell) > LARGEST_INTEGER:
        raise Wrong(f"a whole number from 0 to {LARGEST_INTEGER}, such as 3")
    return int(cell)


def number(cell: str) -> float:
    """Reads a finite number with a decimal point."""
    try:
        if cell.isascii() and "_" not in cell and isfinite(found := float(cell)):
            return found
    except ValueError:
        pass
    raise Wrong("a finite number such as 0.87")


def zone(cell: str) -> str:
    """Reads the name of an IANA time zone."""
    try:
        return calendar.named_zone(cell).key
    except ValueError:
        raise Wrong("an IANA time zone such as Europe/London") from None


def address(valid: Address) -> Cell:
    """Reads an e-mail address that `valid` accepts."""

    def read(cell: str) -> str:
        try:
            return valid(cell)
        except ValueError:
            raise Wrong("an e-mail address such as ana@acme.example") from None

    return read

"""Long lists in pages: where one goes on after the last row that was seen, whatever is added meanwhile."""

from __future__ import annotations

import base64
import json
from datetime import date, datetime
from typing import Any

from domain import errors

MOST = 200
"""The most rows of one page."""
USUAL = 50
"""The rows of one page, unless somebody asks for another number."""


class WrongCursor(errors.Refused):
    """What was given as a cursor is none of this list."""


Value = str | int | bool | None
_WORDS = "leave `cursor` out to begin anew, or pass on what this list's last page named as its next"


def bounded(most: int) -> int:
    """Returns how many rows a page may hold; raises `errors.Refused` outside 1 to 200."""
    if not 1 <= most <= MOST:
        raise errors.Refused(f"a page holds 1 to {MOST} rows, not {most}")
    return most


def cursor(name: str, *values: object) -> str:
    """Writes down after which row of a list the next page begins; an opaque text, safe in an address."""
    plain = [one.isoformat() if isinstance(one, date | datetime) else one for one in values]
    text = json.dumps([name, *plain], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def place(name: str, text: str | None, *kinds: type) -> tuple[Any, ...]:
    """Reads a cursor of one list as values of these kinds; None, the beginning, as that many Nones.

    Raises `WrongCursor` for what was never a cursor of this list.
    """
    if text is None:
        return (None,) * len(kinds)
    try:
        return tuple(_read(value, kind) for value, kind in zip(_values(name, text), kinds, strict=True))
    except (ValueError, TypeError, RecursionError) as unreadable:
        raise WrongCursor(f"{text[:80]!r} is no cursor of this list: {_WORDS}") from unreadable


def _values(name: str, text: str) -> list[object]:
    padded = text.encode() + b"=" * (-len(text) % 4)
    found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    if not isinstance(found, list) or found[:1] != [name]:
        raise ValueError(found)
    return found[1:]


def _read(value: object, kind: type) -> object:
    """Reads one value as it was written; raises ValueError or TypeError for another kind."""
    if kind is datetime and isinstance(value, str):
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            raise ValueError(value)
        return at
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    if type(value) is not kind or value in ("", None) or (isinstance(value, str) and "\0" in value):
        raise TypeError(value)
    if isinstance(value, int) and abs(value) >= 2**63:
        raise ValueError(value)
    return value


def like(text: str) -> str:
    """Makes of what a person looks for a pattern of SQL's `ilike`: the words as they stand, anywhere."""
    plain = " ".join(storable(text).split())
    for special in ("\\", "%", "_"):
        plain = plain.replace(special, f"\\{special}")
    return f"%{plain}%"


def storable(text: str) -> str:
    """Leaves out of a text what no record can hold: NULs and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()

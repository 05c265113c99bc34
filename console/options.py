"""The options and arguments that several commands share, and what they accept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from domain import cells

E = TypeVar("E", bound=StrEnum)


def readable(value: str | None) -> str | None:
    """Refuses an id that is empty or not text in UTF-8: no record can have it."""
    if value is not None and not (value.strip() and value.isprintable()):
        raise typer.BadParameter(f"expected an id in printable UTF-8 text, not {value!r}")
    return value


def all_readable(values: list[str] | None) -> list[str] | None:
    """Refuses ids that are empty or not text in UTF-8; None means that none was given."""
    for value in values or ():
        readable(value)
    return values or None


def a_folder(value: str | Path) -> Path:
    """Reads a folder's path; an empty one is none, and never the current folder."""
    if not str(value):
        raise typer.BadParameter("expected a folder")
    return Path(value)


def a_date(value: str | date) -> date:
    """Reads `2026-06-01`."""
    try:
        return value if isinstance(value, date) else cells.day(value)
    except cells.Wrong as wrong:
        raise typer.BadParameter(f"expected {wrong}, not {value!r}") from None


def a_time(value: str | time) -> time:
    """Reads `09:00`, hours and minutes of a day."""
    try:
        found = value if isinstance(value, time) else time.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or found.second or found.tzinfo is not None:
        raise typer.BadParameter(f"expected hours and minutes such as 09:00, not {value!r}")
    return found


def one_of(kind: type[E]) -> Callable[[str], E]:
    """Reads one of some words."""

    def read(value: str) -> E:
        try:
            return kind(value)
        except ValueError:
            raise typer.BadParameter(f"expected {' or '.join(kind)}, not {value!r}") from None

    return read


Json = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]

Thread = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="A cycle's id, or the id of one of its e-mails.",
        callback=readable,
        show_default=False,
    ),
]

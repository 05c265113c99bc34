"""Where answers and messages go: answers to stdout, messages to stderr; JSON stands alone."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from pydantic import BaseModel
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from console import words

PIPED = 120
"""Columns where nobody looks: wide enough for an id, narrow enough for a mail."""


@cache
def out() -> Console:
    """The console of answers."""
    return _console(stderr=False)


@cache
def err() -> Console:
    """The console of messages: progress, warnings, errors."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    width = None if terminal else shutil.get_terminal_size((PIPED, 24)).columns
    return Console(stderr=stderr, width=width, highlight=False, emoji=False, markup=False)


def show(answer: BaseModel, as_json: bool, page: Callable[[], Iterable[RenderableType]]) -> None:
    """Prints an answer: as JSON, or as the page made of it."""
    if as_json:
        print_json(answer.model_dump(mode="json"))
        return
    for part in page():
        out().print(part)


def print_json(answer: Any) -> None:
    """Prints JSON in UTF-8 whatever the terminal speaks (RFC 8259 section 8.1)."""
    print_bytes(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def print_bytes(text: str) -> None:
    """Prints text in UTF-8 exactly as it is, line ends included."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()


def say(message: str, style: str = "") -> None:
    """Prints a message to stderr."""
    _message(Text(words.plain(message), style=style))


def warn(message: str) -> None:
    """Prints a warning to stderr."""
    _message(Text.assemble(("Note: ", "yellow"), words.plain(message)))


def fail(message: str) -> None:
    """Prints an error to stderr."""
    _message(Text.assemble(("Error: ", "bold red"), words.plain(message)))


def _message(text: Text) -> None:
    """Prints a message, wrapped for eyes and left whole for whatever reads a pipe."""
    err().print(text, soft_wrap=not err().is_terminal)


def heading(title: str, note: str = "", *, style: str = "") -> Text:
    """A page's or a section's heading, with a quieter note."""
    return Text.assemble("\n", (words.line(title), f"bold {style}"), ("  " + note if note else "", "dim"))


def inset(part: RenderableType, by: int = 2) -> Padding:
    """A part moved in under its heading."""
    return Padding(part, (0, 0, 0, by), expand=False)


def grid(*columns: str, **options: Any) -> Table:
    """A table without lines: quiet headings, two blanks between columns.

    A column's name begins with `>` to align it right, and with `=` for an id, which is folded, never cut.
    """
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", **options)
    for column in columns:
        kind, name = (column[0], column[1:]) if column[:1] in (">", "=") else ("", column)
        table.add_column(name, justify="right" if kind == ">" else "left", overflow="fold")
    return table

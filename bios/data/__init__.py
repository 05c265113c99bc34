"""The word lists and patterns that the rules of this room go by, in plain text files."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a file here, comments and empty ones left out; `name` is its path without `.txt`."""
    text = (Path(__file__).parent / f"{name}.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def alternatives(name: str) -> str:
    """The patterns of a file here as one pattern that matches where any of them does."""
    return "|".join(lines(name))

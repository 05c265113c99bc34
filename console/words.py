"""What the terminal says: the desk's words, and foreign text made safe to print."""

from __future__ import annotations

import re

from domain.wording import Clock, count, day, said, span, stage

__all__ = ["Clock", "count", "day", "line", "plain", "said", "span", "stage"]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Makes foreign text safe for a terminal: no control or direction characters, line breaks kept."""
    return _CONTROL.sub("", text.replace("\t", " "))


def line(text: str) -> str:
    """Makes foreign text one safe line."""
    return " ".join(plain(text).split())

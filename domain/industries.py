"""What to say to which industry: finds the words of a letter by keywords in the CRM's label (R14)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.letters import Model

_WORD = re.compile(r"[^\W_]+")


class Industry(Model):
    """One group of industries: the words that its labels hold, and what a letter says to them."""

    name: str
    keywords: tuple[str, ...]
    words: str


def find(table: Sequence[Industry], *labels: str) -> Industry | None:
    """The first group of the table that a label speaks of, earlier labels first; None if none does.

    Whole words count, without case and punctuation: `Non-profit` is `non profit`.
    """
    for label in labels:
        spoken = _words(label)
        for industry in table:
            if any(_words(keyword) in spoken for keyword in industry.keywords):
                return industry
    return None


def _words(label: str) -> str:
    return f" {' '.join(_WORD.findall(label.casefold()))} "

"""What to say to which industry: finds the words of a letter by keywords in the CRM's label (R14)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from domain.letters import Model

_WORD = re.compile(r"[^\W_]+")


class Industry(Model):
    """One group of industries: the words that its labels hold, and what a letter says to them."""

    name: str
    keywords: tuple[str, ...]
    words: str


def find(table: Sequence[Industry], *labels: str) -> Industry | None:
    """The group of the table that a label speaks of, earlier labels first; None if none does.

    Whole words count, without case and punctuation: `Non-profit` is `non profit`. The keyword of most
    words wins (`social media` before `media`), then the group that stands higher.
    """
    for label in labels:
        spoken = _words(label)
        said = [
            (len(keyword.split()), industry)
            for industry in table
            for keyword in industry.keywords
            if _words(keyword) in spoken
        ]
        if said:
            return max(said, key=lambda found: found[0])[1]
    return None


@lru_cache(2048)
def _words(label: str) -> str:
    return f" {' '.join(_WORD.findall(label.casefold()))} "

"""Sentences in any script: where they end, and how to shorten a text at one. Linear in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_END = re.compile(r"[.!?…]{1,8}[\"'”’)\]]{0,3}(?=\s|$)|[。！？｡।॥؟۔]{1,8}[\"'”’」』）)\]]{0,3}")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|approx|no|dr|mr|mrs|ms|prof|st|mt|inc|ltd|co|corp|dept|univ|jr|sr|"
    r"ph\.d|b\.?sc|m\.?sc|b\.?eng|m\.?eng|b\.a|m\.a|ll\.b|ll\.m|[a-z](?:\.[a-z])*)\.$",
    re.IGNORECASE,
)
_LETTER_ENDS = re.compile(r"\b(?:in|and|with|using|of|or|uses|like)\s[A-Z]\.$")
"""`skilled in R.` ends a sentence, `J. Smith` does not."""


def split(text: str) -> Iterator[str]:
    """Yields the sentences of a text, each stripped, in order; what follows the last end is one too."""
    start = 0
    for end in _END.finditer(text):
        if _goes_on(text, end):
            continue
        yield from _stripped(text[start : end.end()])
        start = end.end()
    yield from _stripped(text[start:])


def ends_well(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return any(end.end() == len(text) for end in _END.finditer(text, max(0, len(text) - 12)))


def shortened(text: str, limit: int) -> str:
    """Shortens a text to at most `limit` characters at a sentence; else at a word, with an ellipsis."""
    if len(text) <= limit:
        return text
    kept = ""
    for sentence in split(text[: limit + 1]):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > limit or not _END.search(sentence[-12:]):
            break
        kept = longer
    return kept or _cut(text, limit - 1) + "…"


def _goes_on(text: str, end: re.Match[str]) -> bool:
    """Whether a full stop is an abbreviation's, or the next word goes on in lower case."""
    if end.group()[0] != ".":
        return False
    after = text[end.end() : end.end() + 3].lstrip()
    if not after:
        return False
    before = text[max(0, end.start() - 12) : end.start() + 1]
    if _LETTER_ENDS.search(before):
        return False
    return after[0].islower() or (len(end.group()) == 1 and _ABBREVIATION.search(before) is not None)


def _stripped(piece: str) -> Iterator[str]:
    if piece := piece.strip():
        yield piece


def _cut(text: str, limit: int) -> str:
    """The longest start of a text within the limit that ends at a word and splits no character."""
    end = limit
    while end > 0 and (unicodedata.combining(text[end]) or text[end] in "\u200d\ufe0f"):
        end -= 1
    space = text.rfind(" ", 0, end + 1)
    return text[: space if space > limit // 2 else end].rstrip(" ,;:-–—")

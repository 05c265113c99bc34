"""What a sentence does with what is not had: looks forward to it, likes it, or claims it (SPEC R13)."""

from __future__ import annotations

import re

from bios import data, words
from bios.facts import Facts
from bios.text import Sentence

_FORWARD = re.compile(data.alternatives("patterns/forward"))
_HOPES = re.compile(data.alternatives("patterns/hopes"))
_CLAIMING = re.compile(data.alternatives("patterns/claiming"))
_CLAIMS = words.listed("claiming before")
_PUT_TO_USE = words.listed("put to use")
_LINKS = words.listed("links")


def ahead(sentence: Sentence, at: int, facts: Facts) -> bool:
    """Whether the sentence looks forward to the word there and does not claim to have had it."""
    if had(sentence, at, facts):
        return False
    others = (token.word.casefold() for token in sentence.tokens if token.key not in facts.wished)
    return _FORWARD.search(" ".join(others)) is not None


def had(sentence: Sentence, at: int, facts: Facts) -> bool:
    """Whether the words before claim what is wished as something that was had: `experience as a …`."""
    before = at - 1
    while before >= 0 and (sentence.keys[before] in _LINKS or sentence.keys[before] in facts.wished):
        before -= 1
    said = [token.word.casefold() for token in sentence.tokens]
    claims = before >= 0 and said[before] in _CLAIMS
    return claims and not _PUT_TO_USE & set(said[max(0, before - 8) : before])


def claimed(sentence: Sentence, at: int) -> bool:
    """Whether the words before, or the one after, claim the word there as a skill."""
    near = " ".join(token.word.casefold() for token in sentence.tokens[max(0, at - 7) : at + 3])
    return _CLAIMING.search(near) is not None


def hopes(sentence: Sentence) -> bool:
    """Whether the sentence says outright that something is hoped for."""
    return _HOPES.search(sentence.said) is not None

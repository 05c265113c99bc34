"""Whether a refined bio may be used: it says nothing that the record does not hold (SPEC R13).

A closed world: a word is accepted because the record holds it, or because it is plain (it states nothing
that could be checked), never because no rule forbids it. The reasons and the figures are in
docs/decisions/bio-check.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bios import claims, numbers, private, sentences, skills, text, vocabulary, words
from bios.facts import Facts

SHORTEST, LONGEST = 40, 900
"""Characters of a refined bio."""

_MARKS = frozenset(" \n.,;:!?'\"“”‘’()-–—‑/&%+#…")
_DOTTED = re.compile(r"\b[^\W\d]{2,}\.[^\W\d]{2,}\b")
_NOT_PROSE = re.compile(
    r"^\s*(?:[-–—#+]{1,6}|\d+[.)])\s|\n\s*\n.*\n\s*\n|--|(?<![A-Za-z])#|&#?\w+;|\w\(\)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text may be used, and if not the first reason in words; `rule` names it without any data."""

    ok: bool
    reason: str = ""
    rule: str = ""


def verdict(bio: str, facts: Facts) -> Verdict:
    """Accepts two to four plain sentences that the record bears out; else names the first thing wrong.

    Refused are markup, lists and control characters; a number, capitalised name, link or address that
    the record does not hold; a skill that the database knows and the candidate does not have; visa status
    and contact details; orders, and words to or from a machine; employment, degrees, awards, rank or any
    other word that is not plain, without a ground in the record. The reason quotes the text: it belongs
    in a log row, not in a history.
    """
    bio = unicodedata.normalize("NFC", bio.strip())
    for rule, wrong in _OF_THE_TEXT:
        if found := wrong(bio, facts):
            return Verdict(False, found, rule)
    said = text.read(bio)
    for rule, wrongs in _OF_THE_WORDS:
        if found := next(wrongs(said, facts), ""):
            return Verdict(False, found, rule)
    if not any(_about_the_candidate(key, facts) for sentence in said for key in sentence.keys):
        return Verdict(False, "says nothing of this candidate", "off_topic")
    return Verdict(True)


def _about_the_candidate(key: str, facts: Facts) -> bool:
    return key in facts.names or (key not in words.plain() and facts.own.holds(key))


def _length(bio: str, _: Facts) -> str:
    return (
        ""
        if SHORTEST <= len(bio) <= LONGEST
        else f"has {len(bio)} characters, {SHORTEST} to {LONGEST} expected"
    )


def _markup(bio: str, facts: Facts) -> str:
    for character in bio:
        if unicodedata.category(character)[0] not in "LMN" and character not in _MARKS | facts.marks:
            return f"holds the character U+{ord(character):04X}"
    return "is not plain prose" if _NOT_PROSE.search(bio) else ""


def _unfit(bio: str, facts: Facts) -> str:
    if found := private.contact(bio):
        return f"holds a contact detail: {found}"
    if dotted := next((name for name in _DOTTED.findall(bio) if not facts.has_skill(words.keys(name))), ""):
        return f"holds a name with a dot: {dotted}"
    if private.states_visa(bio):
        return "speaks of visa or permission to work"
    if private.addresses_a_machine(bio) or private.speaks_of_itself(bio):
        return "gives orders, or speaks to or as a machine"
    return ""


def _shape(bio: str, _: Facts) -> str:
    count = sum(1 for _ in sentences.split(bio))
    if not 2 <= count <= 4:
        return f"has {count} sentences, two to four expected"
    return "" if sentences.ends_well(bio) else "breaks off in a sentence"


_OF_THE_TEXT: tuple[tuple[str, Callable[[str, Facts], str]], ...] = (
    ("length", _length),
    ("private", _unfit),
    ("markup", _markup),
    ("shape", _shape),
)
_OF_THE_WORDS: tuple[tuple[str, Callable[[list[text.Sentence], Facts], Iterator[str]]], ...] = (
    ("number", numbers.invented),
    ("skill", skills.missing),
    ("word", vocabulary.unheld),
    ("claim", claims.unsupported),
)

"""Words that are neither plain nor held by the record: the closed world of the check (SPEC R13)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bios import outlook, words
from bios.facts import Facts
from bios.text import Sentence

_COMMON = re.compile(r"[a-z]{3,}(?:['’]s)?")
_FLUENCY = words.listed("fluency")
_BEGINNER = words.listed("beginner")
_SPANS = words.listed("spans")
"""`Third-year` bears out no `years`: these must stand in the record as they are."""
_COLOUR = re.compile(r"\w{3}(?:[ai]bl[ey]|ness|ful|fuly|less|lessly|ously|ively)$")
"""Endings of words that only colour others; `key` writes double letters once."""

_CUES = words.listed("claim cues")
_TAILS = words.listed("claim tails")
_PLACING = words.listed("placing")
_STATES = words.listed("states of mind")
"""After these a word in -ed is a state of mind rather than an event."""
_WHEN = words.listed("when")
_BEFORE_NAMES = words.listed("before names")
_ABSTRACT = words.in_order("abstract endings")
_SENSES = words.listed("a sense for")
_GOVERNING = words.listed("governing")
_ARTICLES = words.listed("articles")


def unheld(said: list[Sentence], facts: Facts) -> Iterator[str]:
    """Yields each name, and each word but three, that is neither plain nor held.

    Three ordinary words may pass where they state no fact: nobody lists all of English.
    """
    passed = 0
    for sentence in said:
        for at, token in enumerate(sentence.tokens):
            if _borne_out(sentence, at, facts):
                continue
            if passed < 3 and _harmless(sentence, at, facts):
                passed += 1
                continue
            yield f"the record does not hold the {'name' if sentence.named(at) else 'word'} {token.word}"


def _borne_out(sentence: Sentence, at: int, facts: Facts) -> bool:
    key, named = sentence.keys[at], sentence.named(at)
    if any(c.isdigit() for c in key):
        return True
    if not named and sentence.plain(at):
        return True
    if key in _FLUENCY and not named:
        return not _as_beginner(sentence.keys[at + 1 : at + 6], facts)
    if key in _SPANS:
        return key in facts.held
    if facts.held.holds(key) if named else facts.supports(key):
        return True
    if facts.leanings.holds(key):
        return not outlook.claimed(sentence, at)
    return key in facts.dates or (facts.wished.holds(key) and outlook.ahead(sentence, at, facts))


def _harmless(sentence: Sentence, at: int, facts: Facts) -> bool:
    """Whether an unknown word stands where it names no employer, skill, place, past or interest."""
    word, key = sentence.tokens[at].word, sentence.keys[at]
    if at == 0 or not _COMMON.fullmatch(word):
        return False
    if word.endswith(("'s", "’s")) and sentence.keys[at - 1] in ("a", "an") and _coloured(sentence, at):
        return True
    if key in words.facts() or facts.hoped.holds(key) or facts.leanings.holds(key):
        return False
    if facts.wished.holds(key) and outlook.had(sentence, at, facts):
        return False
    if word.endswith("ly") or _COLOUR.search(key):
        return True
    if word.endswith(words.in_order("endings of facts")):
        return False
    hidden = _listed(sentence, at) or _claimed(sentence, at) or _governed(sentence, at)
    return _coloured(sentence, at) or not hidden


def _coloured(sentence: Sentence, at: int) -> bool:
    """Whether the word only colours a plain noun that follows: a bedside manner, a poet's patience."""
    if at + 1 == len(sentence.keys) or not sentence.plain(at + 1) or sentence.keys[at + 1] in words.grammar():
        return False
    said = sentence.said.split()
    bare = said[at - 1] in ("of", "with", "to") and said[at + 1] in _WHEN
    placed = bare or said[at - 1] in _BEFORE_NAMES
    return not (placed or said[at + 1] in _TAILS or "," in sentence.between(at, at + 1))


def _listed(sentence: Sentence, at: int) -> bool:
    """Whether the word goes on a list of things that are not plain."""
    joint = at - 1 if sentence.keys[at - 1] in ("and", "or") else at
    if joint == at and "," not in sentence.between(at - 1, at):
        return False
    return joint < 1 or not sentence.plain(joint - 1)


def _claimed(sentence: Sentence, at: int) -> bool:
    """Whether the words around claim a skill, a post, a deed or a liking."""
    said = sentence.said.split()
    if said[at - 1] == "to" and at + 1 < len(said) and said[at + 1] in _ARTICLES:
        return False
    event = said[at].endswith("ed") and said[at - 1] not in _STATES
    return event or bool(_CUES & set(said[max(0, at - 3) : at])) or bool(_TAILS & set(said[at + 1 : at + 2]))


def _governed(sentence: Sentence, at: int) -> bool:
    """Whether a preposition makes the word a place, an employer or what somebody is."""
    said = sentence.said.split()
    if said[at].endswith("ed") and said[at - 1] in _STATES:
        return False
    if said[at].endswith(("ers", "ors")) and said[at - 1] in ("for", "from", "of", "with"):
        return False
    if said[at - 1] == "for" and said[at - 2] in _SENSES:
        return False
    if said[at - 1] == "as" and said[at - 2] in ("much", "well", "many"):
        return False
    if said[at - 1] in ("of", "with"):
        return not said[at].endswith(("s", *_ABSTRACT))
    if said[at - 1] in _PLACING:
        return True
    back = at - 1
    while back > 0 and sentence.keys[back] not in words.grammar() and at - back < 4:
        if said[back].endswith("ing"):
            return False
        back -= 1
    return said[back] in _GOVERNING or (said[back] in _ARTICLES and back > 0 and said[back - 1] in _GOVERNING)


def _as_beginner(following: tuple[str, ...], facts: Facts) -> bool:
    """Whether the record holds what follows `fluent` with a word that says otherwise."""
    had = {key for key in following if key not in words.plain() and facts.held.holds(key)}
    places = ((line, at) for line in facts.lines for at, key in enumerate(line) if key in had)
    return any(_BEGINNER & set(line[max(0, at - 3) : at + 3]) for line, at in places)

"""Skills that a refined bio names against those of the candidate (SPEC R13).

Many skills are ordinary words as well (go, excel, spark): those count only where they are used as names.
"""

from __future__ import annotations

from collections.abc import Iterator

from bios import outlook, words
from bios.facts import Facts, Phrase
from bios.text import Sentence

_ORDINARY = words.listed("ordinary skills")
_CUES = words.listed("skill cues")
_INTO = words.listed("into a skill")
_TAILS = words.listed("skill tails")


def missing(said: list[Sentence], facts: Facts) -> Iterator[str]:
    """Yields each skill that the database knows, the sentence claims and this candidate does not have."""
    for sentence in said:
        yield from _missing(sentence, facts)


def _missing(sentence: Sentence, facts: Facts) -> Iterator[str]:
    at = 0
    while at < len(sentence.keys):
        phrase = _named(sentence, at, facts)
        if phrase and not facts.has_skill(phrase) and not _only_wished(sentence, at, phrase, facts):
            yield f"the candidate does not have the skill {' '.join(phrase)}"
        at += len(phrase) or 1


def _named(sentence: Sentence, at: int, facts: Facts) -> Phrase:
    """The longest known skill that starts at a word, unless the word is meant in its ordinary sense."""
    key = sentence.keys[at]
    for first in (key, key.removesuffix("s")):
        for phrase in facts.known.get(first, ()):
            here = (first, *sentence.keys[at + 1 : at + len(phrase)])
            ordinary = len(phrase) == 1 and first in _ORDINARY
            if here == phrase and (not ordinary or _as_name(sentence, at, facts)):
                return phrase
    return ()


def _as_name(sentence: Sentence, at: int, facts: Facts) -> bool:
    """Whether an ordinary word is used as the name of a skill: written as one, listed or claimed as one."""
    said = sentence.said.split()
    before, after = said[max(0, at - 2) : at], said[at + 1 : at + 3]
    if sentence.named(at) or (after and after[0] in _TAILS):
        return True
    if before and before[-1] in _INTO and _CUES & set(said[max(0, at - 5) : at]):
        return True
    beside = (word for word in _listed_with(sentence, at) if word not in words.plain())
    return any((word,) in facts.known.get(word, ()) for word in beside)


def _listed_with(sentence: Sentence, at: int) -> Iterator[str]:
    """The words that a comma, `and` or `or` joins to the one there."""
    for one, other in ((at - 1, at), (at, at + 1)):
        if one >= 0 and other < len(sentence.keys) and "," in sentence.between(one, other):
            yield sentence.keys[one if other == at else other]
    for joint, other in ((at - 1, at - 2), (at + 1, at + 2)):
        if 0 <= other < len(sentence.keys) and joint >= 0 and sentence.keys[joint] in ("and", "or"):
            yield sentence.keys[other]


def _only_wished(sentence: Sentence, at: int, phrase: Phrase, facts: Facts) -> bool:
    """Whether a skill that is not had is named as an interest, or as part of the role in view."""
    if all(facts.leanings.holds(word) for word in phrase):
        return not outlook.claimed(sentence, at)
    if len(phrase) == 1 and facts.held.holds(phrase[0]) and not outlook.claimed(sentence, at):
        return True
    return all(facts.wished.holds(word) for word in phrase) and outlook.ahead(sentence, at, facts)

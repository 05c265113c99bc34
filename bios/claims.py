"""Claims that plain words make together: employment, rank, degrees, seniority, orders (SPEC R13).

The vocabulary refuses words that the record does not hold; these are phrases whose words are each
harmless. They stand in `data/patterns/claims.txt` and `posts.txt`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from functools import cache

from bios import data, outlook, words
from bios.facts import Facts
from bios.text import Sentence


def unsupported(said: list[Sentence], facts: Facts) -> Iterator[str]:
    """Yields each claim of employment, degrees, results or rank that the record does not bear out."""
    for sentence in said:
        yield from _orders(sentence, facts)
        for claim, needed, frame in _claims():
            if frame.search(sentence.said) and not any(_grounded(word, sentence, facts) for word in needed):
                yield f"the record bears out no claim of {claim}"
        yield from _role_as_past(sentence, facts)
        for kind, frame in _posts():
            for named in frame.findall(sentence.said):
                if not _JUDGES[kind](named, facts) and not _in_view(named, sentence, facts):
                    yield f"the record bears out no post or place {named}"


def _orders(sentence: Sentence, facts: Facts) -> Iterator[str]:
    """A bare verb at the head of a sentence tells the reader what to do."""
    first = sentence.keys[0] if sentence.keys else ""
    if first in words.orders() and not facts.held.holds(first):
        yield f"gives the order {sentence.tokens[0].word}"


def _role_as_past(sentence: Sentence, facts: Facts) -> Iterator[str]:
    """Two words of the role's title together are the direction; as experience the record must hold them."""
    pairs = {pair for title in facts.title for pair in itertools.pairwise(title)}
    for at, pair in enumerate(itertools.pairwise(sentence.keys)):
        if pair in pairs and not facts.has_skill(pair) and not outlook.ahead(sentence, at, facts):
            yield f"the record bears out no experience as {' '.join(pair)}"


def _grounded(word: str, sentence: Sentence, facts: Facts) -> bool:
    """Whether the record holds the word, or hopes for it and the sentence does no more."""
    return facts.supports(word) or (facts.wished.holds(word) and outlook.hopes(sentence))


def _told_post(post: str, facts: Facts) -> bool:
    """Whether the bio itself speaks of a post, up to the next word of grammar."""
    for key in map(words.key, post.split()):
        if key in words.grammar():
            break
        if not (facts.told.holds(key) or words.groups().get(key, frozenset()) & facts.told.members):
            return False
    return True


def _in_view(post: str, sentence: Sentence, facts: Facts) -> bool:
    """Whether a post is the role itself, and the sentence says that it is hoped for."""
    return outlook.hopes(sentence) and all(facts.wished.holds(words.key(word)) for word in post.split())


def _anywhere(place: str) -> bool:
    return place in words.listed("at anywhere")


_JUDGES: dict[str, Callable[[str, Facts], bool]] = {
    "as": _told_post,
    "for": lambda employer, facts: facts.supports(words.key(employer)),
    "told": lambda place, facts: _anywhere(place) or facts.told.holds(words.key(place)),
    "held": lambda place, facts: _anywhere(place) or facts.held.holds(words.key(place)),
}


@cache
def _claims() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    rows = (line.split(" :: ") for line in data.lines("patterns/claims"))
    return tuple((claim, _needed(words_), _framed(pattern)) for claim, words_, pattern in rows)


@cache
def _posts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = (line.split(" :: ") for line in data.lines("patterns/posts"))
    return tuple((kind, _framed(pattern)) for kind, pattern in rows)


def _needed(said: str) -> tuple[str, ...]:
    return () if said == "-" else tuple(said.split())


def _framed(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")

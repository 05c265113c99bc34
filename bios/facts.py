"""What a bio may say of a candidate for a role: the record, read once and made ready for the check (R13).

What the candidate has (`held`) is kept apart from what is only looked forward to (`wished`): the role's
own words, and what the bio hopes for. What the bio denies is in neither.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from bios import data, sentences, source, words
from domain import records

_BREAK = re.compile(
    r";|\s[–—-]\s|,?\s(?:but|although|though|however|while|whereas)\s|,\s(?:and\s)?(?=I\b|i\b)"
)
_HOPE = re.compile(data.alternatives("patterns/hope"), re.IGNORECASE)
_DENIAL = re.compile(data.alternatives("patterns/denial"), re.IGNORECASE)
_ALWAYS_WISHED = words.listed("direction")
_STUDIES = words.listed("student life")
"""What a university in the record bears out."""


Phrase = tuple[str, ...]
"""A run of keys."""


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """A record as the check reads it; build it with `Facts.of`."""

    held: words.Bag
    wished: words.Bag
    hoped: words.Bag
    """What the bio itself hopes for, a part of what is wished."""
    title: tuple[Phrase, ...]
    """The role's title and industry, as runs of keys."""
    lines: tuple[Phrase, ...]
    """What is held, as runs of keys: names, skills, sentences; for phrases and the neighbours of numbers."""
    skills: tuple[Phrase, ...]
    leanings: words.Bag
    """Skills that stand among the interests only: liked, not had."""
    known: dict[str, tuple[Phrase, ...]]
    """Every skill that the database knows, as runs of keys, longest first, by their first key."""
    dates: frozenset[str]
    told: words.Bag
    """What the bio itself states."""
    marks: frozenset[str]
    """Signs of currency that the record uses."""
    names: frozenset[str]
    own: words.Bag
    """What, with the names, makes a text one about this candidate: names, skills, interests, university."""

    @classmethod
    def of(cls, candidate: records.Candidate, role: records.Role, known_skills: Iterable[str]) -> Facts:
        """Reads a candidate's record, a role's title and industry, and the skills that the database knows."""
        skills = _with_aliases(words.keys(s) for s in source.entries(candidate.skills))
        interests = _with_aliases(words.keys(s) for s in source.entries(candidate.interests))
        names = [words.keys(source.name(candidate))]
        university = [words.keys(line) for line in source.entries([candidate.university])]
        had, hoped = _moods(source.cleaned(candidate.bio).replace("%", " percent "))
        studies = _STUDIES if university else ()
        known = _index(frozenset(known_skills))
        told = _with_aliases([*names, *university, *had])
        lines = (*skills, *told)
        leaning = [line for line in interests if line in known.get(line[0], ()) and not _within(line, lines)]
        liked = [line for line in interests if line not in leaning]
        lines = (*lines, *liked)
        title = _with_aliases([words.keys(role.title), words.keys(role.industry)])
        return cls(
            held=words.Bag([*_flat(lines), *_pairs(lines), *studies]),
            wished=words.Bag([*_flat(title), *_flat(_with_aliases(hoped)), *_ALWAYS_WISHED]),
            hoped=words.Bag(_flat(_with_aliases(hoped))),
            title=tuple(title),
            lines=tuple(lines),
            skills=tuple(skills),
            leanings=words.Bag(_flat(leaning)),
            known=known,
            dates=frozenset(_dates(candidate.start_date, candidate.end_date)),
            told=words.Bag(_flat(_with_aliases(had))),
            marks=frozenset(c for c in candidate.bio if unicodedata.category(c) == "Sc"),
            names=frozenset(_flat(names)),
            own=words.Bag(_flat([*names, *university, *skills, *interests])),
        )

    def has_skill(self, phrase: Phrase) -> bool:
        """Whether a run of keys, or relatives of them, stands together in one line of what is held."""
        return _within(phrase, self.lines) or any(
            all(any(words.kin(word, other) for other in line) for word in phrase) for line in self.skills
        )

    def supports(self, word: str) -> bool:
        """Whether the record holds a key, a relative of it, or a word that may stand for it.

        A word that states a fact needs itself or a form of itself: `management` is not `manages`.
        """
        if word in self.held or (word not in words.facts() and self.held.holds(word)):
            return True
        if word in words.facts() and words.bases(word) & self.held.bases:
            return True
        return any(other in self.held for base in words.bases(word) for other in words.groups().get(base, ()))


def _moods(bio: str) -> tuple[list[Phrase], list[Phrase]]:
    """The clauses of a bio: those that state, those that hope; those that deny are dropped."""
    had: list[Phrase] = []
    hoped: list[Phrase] = []
    for sentence in sentences.split(bio):
        for clause in _BREAK.split(sentence):
            if denial := _DENIAL.search(clause):
                clause = clause[: denial.start()]
            hope = _HOPE.search(clause)
            had.append(words.keys(clause[: hope.start()] if hope else clause))
            if hope:
                hoped.append(words.keys(clause[hope.end() :]))
    return had, hoped


def _with_aliases(lines: Iterable[Phrase]) -> list[Phrase]:
    """The lines, and for each other name of what they hold a line of its own."""
    found = [line for line in lines if line]
    extra: list[Phrase] = []
    for line in found:
        for start in range(len(line)):
            for form, others in _aliases().get(line[start], ()):
                if line[start : start + len(form)] == form:
                    extra.extend(others)
    return found + extra


@cache
def _aliases() -> dict[str, list[tuple[Phrase, list[Phrase]]]]:
    found: dict[str, list[tuple[Phrase, list[Phrase]]]] = {}
    for line in data.lines("vocabulary/aliases"):
        forms = [words.keys(form) for form in line.split("=")]
        for form in forms:
            found.setdefault(form[0], []).append((form, [other for other in forms if other != form]))
    return found


@lru_cache(maxsize=8)
def _index(known_skills: frozenset[str]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, set[Phrase]] = {}
    for phrase in map(words.keys, known_skills):
        if phrase and len(phrase) < 8:
            found.setdefault(phrase[0], set()).add(phrase)
    return {first: tuple(sorted(phrases, key=lambda p: (-len(p), p))) for first, phrases in found.items()}


def _within(phrase: Phrase, lines: Iterable[Phrase]) -> bool:
    size = len(phrase)
    return any(line[at : at + size] == phrase for line in lines for at in range(len(line) - size + 1))


def _flat(lines: Iterable[Phrase]) -> list[str]:
    return [word for line in lines for word in line]


def _pairs(lines: Iterable[Phrase]) -> Iterator[str]:
    for line in lines:
        for one, other in itertools.pairwise(line):
            yield f"{one}_{other}"


def _dates(start: date, end: date | None) -> Iterator[str]:
    """The words in which a start and an end date may be told."""
    for day in (start, end):
        if day is not None:
            month, season = words.in_order("months")[day.month - 1], words.in_order("seasons")[day.month - 1]
            yield from (str(day.year), str(day.day), f"{day.day}th", month, month[:3], words.key(season))

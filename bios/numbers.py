"""Numbers of a refined bio against those of the record, with what they count (SPEC R13)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from bios import words
from bios.facts import Facts
from bios.text import Sentence

_UNITS = words.listed("units")
_ANYBODY = words.listed("counted by anybody")
_AVAILABLE = re.compile(r"\b(?:available|availability|start\w*|joins|joining|to join|from|until)\b")


def invented(said: list[Sentence], facts: Facts) -> Iterator[str]:
    """Yields each number that the record does not hold, or holds of something else."""
    for sentence in said:
        yield from _invented(sentence, facts)


def _invented(sentence: Sentence, facts: Facts) -> Iterator[str]:
    for at, key in enumerate(sentence.keys):
        if not any(c.isdigit() for c in key) or (key in ("1", "1th") and not _counts(sentence, at)):
            continue
        if period := _other_period(sentence, at, facts):
            yield f"the record does not count by the {period}"
        if counted := _strange(sentence, at, facts):
            yield f"the record counts no {counted}"
        unit = _unit(sentence, at)
        if not (_is_date(sentence, key, facts) or facts.wished.holds(key) or _held(key, unit, facts)):
            yield f"the record holds no number {sentence.tokens[at].word} {unit}".rstrip()


def _is_date(sentence: Sentence, key: str, facts: Facts) -> bool:
    return key in facts.dates and _AVAILABLE.search(sentence.said) is not None


def _counts(sentence: Sentence, at: int) -> bool:
    """Whether `one` or `first` counts here, and is neither a pronoun nor part of a saying."""
    if sentence.plain(at):
        return False
    if sentence.text[sentence.tokens[at].end :].startswith((",", ".", ";", " and ")):
        return False
    return sentence.tokens[at].word.casefold() != "one" or bool(_unit(sentence, at))


def _unit(sentence: Sentence, at: int) -> str:
    if sentence.text[sentence.tokens[at].end :].startswith("%"):
        return "percent"
    return _counted(sentence.keys[at + 1 : at + 3])


def _strange(sentence: Sentence, at: int, facts: Facts) -> str:
    """A plural noun after a number that the record does not know: `14 cities` where it has 14 visitors."""
    for key in sentence.keys[at + 1 : at + 3]:
        if key in words.grammar() or any(c.isdigit() for c in key):
            return ""
        if key.endswith("s") and not key.endswith("ss"):
            return "" if facts.held.holds(key) or key in _ANYBODY else key
    return ""


def _other_period(sentence: Sentence, at: int, facts: Facts) -> str:
    """The period after a number where the record has another: `3 a day` of a record with 3 a week."""
    period = _period(sentence.keys, at)
    places = (
        (line, there) for line in facts.lines for there, key in enumerate(line) if key == sentence.keys[at]
    )
    held = {_period(line, there) for line, there in places} - {""}
    return period if held and period and period not in held else ""


def _period(keys: tuple[str, ...], at: int) -> str:
    for one, other in itertools.pairwise(keys[at + 1 : at + 5]):
        if one in ("a", "per", "each", "every") and other in words.listed("periods"):
            return other
    return ""


def _counted(following: tuple[str, ...]) -> str:
    return next((base for word in following for base in sorted(words.bases(word)) if base in _UNITS), "")


def _held(key: str, unit: str, facts: Facts) -> bool:
    """Whether the record holds the number, and does not count something else with it."""
    places = ((line, at) for line in facts.lines for at, held in enumerate(line) if held == key)
    counted = (_counted(line[at + 1 : at + 4]) for line, at in places)
    return any(unit == other or (unit != "percent" and not (unit and other)) for other in counted)

"""Words as the check sees them: folded, in one spelling, with their relatives and the plain vocabulary.

Nothing here knows English grammar beyond endings; a wrong guess costs a refusal, never an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from bios import data

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*[^\W_]*|[^\W_]+(?:['’][^\W_]+)*(?:\+\+|#)?")
_BARE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: as written, its key, and where it stands."""

    word: str
    key: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return any(letter.isupper() for letter in self.word)


def tokens(text: str) -> Iterator[Token]:
    """Yields the words of a text in order; hyphens and full stops part words, `C++` and `C#` stay whole."""
    for found in _TOKEN.finditer(text):
        word = found.group().rstrip("'’")
        yield Token(word, key(word), found.start(), found.start() + len(word))


def keys(text: str) -> tuple[str, ...]:
    """The keys of a text's words, in order."""
    return tuple(token.key for token in tokens(text))


@lru_cache(maxsize=20_000)
def key(word: str) -> str:
    """The form under which words compare: no accents, case, possessive; one spelling; digits for numbers."""
    bare = unicodedata.normalize("NFKD", word.casefold().translate(_BARE))
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    bare = re.sub(r"'(s|re|ve|ll|d|m)?$", "", bare)
    if number := _number_words().get(bare):
        return number
    return _number(bare) if bare[:1].isdigit() else _one_spelling(bare)


def _number(word: str) -> str:
    """One form for a number: 1,200 and 1200, 2nd and second, 10k and 10,000."""
    word = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", word)
    if ordinal := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word):
        return f"{ordinal[1]}th"
    if thousands := re.fullmatch(r"(\d{1,6})k", word):
        return f"{thousands[1]}000"
    return word


def _one_spelling(word: str) -> str:
    """British and American spellings meet in one form, which need not be either."""
    if len(word) < 5:
        return word
    word = re.sub(r"is(e|ed|es|er|ers|ing|ation|ations)$", r"iz\1", word)
    word = word.replace("yse", "yze").replace("ysing", "yzing").replace("ll", "l").replace("mme", "me")
    return re.sub(r"(?<=\w{3})our(?=$|s$|ed$|ing$|al|abl|ful|it)", "or", word).replace("centre", "center")


@lru_cache(maxsize=20_000)
def bases(word: str) -> frozenset[str]:
    """The forms that a key may be an inflection of, itself included."""
    found = {word}
    for ending, instead in _INFLECTIONS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            stem = word[: -len(ending)]
            found.update(stem + tail for tail in instead)
            if ending in ("ed", "ing", "er") and len(stem) > 2 and stem[-1] == stem[-2]:
                found.add(stem[:-1])
    return frozenset(found)


_INFLECTIONS = (
    ("ies", ("y", "ie")),
    ("ied", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
)


@lru_cache(maxsize=50_000)
def kin(one: str, other: str) -> bool:
    """Whether two keys are forms or derivations of one word: design and designers, analyst and analytics."""
    if one == other or bases(one) & bases(other):
        return True
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= 5 and {one[shared:], other[shared:]} <= listed("endings") | {""}


class Bag:
    """A set of keys that also knows its members' relatives."""

    def __init__(self, members: Iterable[str]) -> None:
        self.members = frozenset(members)
        self.bases = frozenset(base for member in self.members for base in bases(member))
        self._by_head: dict[str, list[str]] = {}
        for member in self.members:
            self._by_head.setdefault(member[:5], []).append(member)

    def __contains__(self, word: object) -> bool:
        return word in self.members

    def holds(self, word: str) -> bool:
        """Whether the key or a relative of it is a member."""
        if word in self.members or bases(word) & self.bases:
            return True
        alike = self._by_head.get(word[:5], ())
        return any(kin(word, member) or word.startswith(member) for member in alike if len(member) >= 5)


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a list in `lists.txt`, as written there."""
    return frozenset(in_order(name))


@cache
def plain() -> frozenset[str]:
    """The keys of the plain vocabulary, inflected: words that state nothing that could be checked.

    Pairs of words are joined with an underscore.
    """
    found: set[str] = set()
    for word in _read("verbs"):
        found.update(_inflected(word, ("", "s", "ing", "ed")))
    for word in _read("nouns"):
        found.update(_inflected(word, ("", "s")))
    for word in _read("adjectives"):
        found.update(_inflected(word, ("", "ly", "est")))
    for name in ("irregular", "function"):
        found.update(_read(name))
    return frozenset(_pair_key(word) for word in found) - facts()


@cache
def facts() -> frozenset[str]:
    """The keys of words that state a fact whatever stands around them."""
    return frozenset(_pair_key(word) for word in _read("facts"))


@cache
def grammar() -> frozenset[str]:
    """The keys of the words that only hold a sentence together."""
    return frozenset(key(word) for word in _read("function"))


@cache
def orders() -> frozenset[str]:
    """The plain verbs that, bare at the head of a sentence, can only be an order."""
    others = {key(word) for file in ("nouns", "adjectives", "function", "irregular") for word in _read(file)}
    lemmas = {key(word) for word in _read("verbs")}
    return frozenset(lemma for lemma in lemmas - others if not lemma.endswith(("ing", "ed", "wn", "en", "t")))


@cache
def groups() -> dict[str, frozenset[str]]:
    """For each key of `groups.txt`, all keys that may stand for it."""
    found: dict[str, set[str]] = {}
    for line in data.lines("vocabulary/groups"):
        named, _, grounds = line.partition(" : ")
        members = {_pair_key(word) for word in named.split()}
        for member in members:
            found.setdefault(member, set()).update(members, map(_pair_key, grounds.split()))
    return {member: frozenset(others) for member, others in found.items()}


@cache
def _number_words() -> dict[str, str]:
    """`three` and `third` as digits; an ordinal keeps its ending, so that `second` is not `two`."""
    cardinals = {word: str(n) for n, word in enumerate(in_order("numbers"))}
    ordinals = {word: f"{n}th" for n, word in enumerate(in_order("ordinals"), 1)}
    tens = {word: str(n) for n, word in zip(range(30, 100, 10), in_order("tens"), strict=True)}
    return cardinals | ordinals | tens


def _pair_key(word: str) -> str:
    return "_".join(key(part) for part in re.split(r"[_-]", word))


def _inflected(word: str, endings: Iterable[str]) -> Iterator[str]:
    for ending in endings:
        if not ending:
            yield word
        elif ending == "s":
            sibilant = word.endswith(("s", "x", "ch", "sh", "z"))
            yield word[:-1] + "ies" if re.search(r"[^aeiou]y$", word) else word + ("es" if sibilant else "s")
        elif ending == "ly":
            yield from _adverbs(word)
        elif ending == "est":
            yield from _superlatives(word)
        else:
            yield from _past_or_present(word, ending)


def _adverbs(word: str) -> Iterator[str]:
    yield word + "ly"
    if word.endswith("y"):
        yield word[:-1] + "ily"
    if word.endswith("le"):
        yield word[:-1] + "y"
    if word.endswith("ic"):
        yield word + "ally"


def _superlatives(word: str) -> Iterator[str]:
    """The comparative and superlative of a short adjective, in either form that English may use."""
    if len(word) < 8 and "_" not in word and "-" not in word:
        stem = word[:-1] + "i" if re.search(r"[^aeiou]y$", word) else word.removesuffix("e")
        doubled = stem + stem[-1] if re.search(r"[^aeiou][aeiou][bdgmnpt]$", word) else stem
        yield from (form + ending for form in (stem, doubled) for ending in ("er", "est"))


def _past_or_present(word: str, ending: str) -> Iterator[str]:
    if word.endswith("e"):
        yield word[:-1] + ending
    elif ending == "ed" and re.search(r"[^aeiou]y$", word):
        yield word[:-1] + "ied"
    else:
        yield word + ending
        if re.search(r"[aeiou][bdglmnprt]$", word):
            yield word + word[-1] + ending


@cache
def in_order(name: str) -> tuple[str, ...]:
    """The words of a list in `lists.txt`, in its order."""
    for line in data.lines("vocabulary/lists"):
        title, _, held = line.partition(" : ")
        if title == name:
            return tuple(held.split())
    raise KeyError(name)


def _read(name: str) -> Iterator[str]:
    for line in data.lines(f"vocabulary/{name}"):
        yield from line.split()

"""How records read inside a letter: greetings, dates, lists, subjects (R11, R14). Pure text in, text out."""

from __future__ import annotations

import itertools
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar, cast

from pydantic import BaseModel

from domain.letters import Profile, Recipient

SUBJECT_LIMIT = 150
LINE_WIDTH = 72

_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_REPLY = re.compile(r"re\s*:", re.IGNORECASE)
# Controls other than white space, lone surrogates, and the bidi overrides and isolates that one
# record would leave open for the text that follows it.
_UNPRINTED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = {"R", "AL"}
_ALREADY_A_NOUN = {"role", "internship", "position", "placement", "job", "traineeship", "apprenticeship"}

T = TypeVar("T")


def one_line(text: str) -> str:
    """Turns any text into one line: runs of white space become a space, control characters vanish."""
    return " ".join(_UNPRINTED.sub("", text).split())


def flat(value: T) -> T:
    """Copies a value with every text in it on one line, however deep inside models and tuples it is.

    So that no record can start a paragraph, a header or a label of its own in a letter (R14).
    """
    if isinstance(value, str):
        return cast(T, one_line(value))
    if isinstance(value, tuple):
        return cast(T, tuple(flat(item) for item in value))
    if isinstance(value, BaseModel):
        return cast(T, value.model_copy(update={name: flat(item) for name, item in value}))
    return value


def subject_line(text: str, limit: int = SUBJECT_LIMIT) -> str:
    """Makes a subject fit for a header: one line, at most `limit` characters, cut at a word (R14)."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    kept = line[: limit - 1]
    at_a_word = kept.rpartition(" ")[0]
    return (at_a_word or kept).rstrip() + "…"


def reply_line(subject: str) -> str:
    """Answers a thread's subject: `Re: ` before the very same words, never twice (R14)."""
    line = subject_line(subject, SUBJECT_LIMIT + len("Re: "))
    return line if _REPLY.match(line) else f"Re: {line}"


def listed(items: Iterable[str]) -> str:
    """Joins as people do: `Ana`, `Ana and Tom`, `Ana, Tom and Li`. Empty items are left out."""
    *most, last = [item for item in items if item] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def greeting(recipients: Sequence[Recipient]) -> str:
    """Greets by first name those who have one: `Hi Ana, Tom and Li,`; else `Hello,` (R11)."""
    names = [isolated(one_line(recipient.first_name)) for recipient in recipients]
    return f"Hi {listed(names)}," if any(names) else "Hello,"


def isolated(name: str) -> str:
    """Keeps a right-to-left name from turning its neighbours around (UAX #9, isolates)."""
    if any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in name):
        return f"\u2068{name}\u2069"
    return name


def called(profile: Profile) -> str:
    """What a letter calls a candidate in a sentence: the first name."""
    return isolated(profile.first_name or profile.last_name)


def full_name(profile: Profile) -> str:
    """A candidate's whole name."""
    return f"{profile.first_name} {profile.last_name}".strip()


def number(count: int) -> str:
    """Writes a small number as a word: `three`."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def day(on: date) -> str:
    """Writes a date in full: `12 January 2027`."""
    return f"{on.day} {on:%B} {on.year}"


def availability(start: date, end: date | None) -> str:
    """Writes a span without repeating itself: `12 Jan – 30 Apr 2027`, `from 12 Jan 2027` without an end."""
    if end is None or end <= start:
        return f"from {_short(start)} {start.year}"
    if start.year != end.year:
        return f"{_short(start)} {start.year} – {_short(end)} {end.year}"
    first = str(start.day) if start.month == end.month else _short(start)
    return f"{first} – {_short(end)} {end.year}"


def _short(on: date) -> str:
    return f"{on.day} {on:%b}"


def role_name(title: str) -> str:
    """Names a role in a sentence: `Data Analyst role`, but `Marketing Internship` as it stands."""
    *_, last = title.casefold().split() or [""]
    return title if last in _ALREADY_A_NOUN else f"{title} role"


def paragraphs(text: str) -> list[str]:
    """Splits at blank lines; inside a paragraph the lines are joined."""
    blocks = re.split(r"\n\s*\n", text)
    return [" ".join(block.split()) for block in blocks if block.strip()]


def printable(text: str) -> str:
    """Makes what a person wrote fit for a letter: line breaks as one kind, no control characters."""
    lines = _UNPRINTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(" ".join(line.split("\t")).rstrip() for line in lines).strip("\n")


def unfolded(text: str) -> list[list[str]]:
    """Reads plain text as paragraphs of lines, each as long as it was meant to be.

    A break where the next word would not have fitted is a fold's; every other one was meant.
    """
    blocks = re.split(r"\n\s*\n", text)
    return [_meant([line for line in block.split("\n") if line.strip()]) for block in blocks if block.strip()]


def _meant(lines: Sequence[str]) -> list[str]:
    meant = [lines[0].strip()]
    for before, line in itertools.pairwise(lines):
        first = line.split(maxsplit=1)[0]
        folded = len(before.rstrip()) + 1 + len(first) > LINE_WIDTH
        if folded:
            meant[-1] += f" {line.strip()}"
        else:
            meant.append(line.strip())
    return meant


def fold(text: str, indent: str = "", hanging: str | None = None) -> str:
    """Wraps paragraphs for plain text at 72 columns, blank lines between them.

    A longer word stays whole: scripts without spaces are broken best by the reader's own window.
    """
    return "\n\n".join(
        textwrap.fill(
            paragraph,
            LINE_WIDTH,
            initial_indent=indent,
            subsequent_indent=indent if hanging is None else hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for paragraph in paragraphs(text)
    )

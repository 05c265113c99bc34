"""A candidate's own words: cleaned for the model and the check, tidied for the letter (SPEC R13)."""

from __future__ import annotations

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from bios import data, private, sentences
from domain import records

PROMPT_VERSION = "1"
"""Names the prompt of bios/model.py; another one, another refined bio (R13)."""

OWN_LIMIT = 600
"""Characters of a candidate's own bio in a letter, at most."""

SENT_LIMIT = 4_000
"""Characters of a candidate's own bio that the model gets to see, at most."""

_LONGEST = 60_000
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]{0,30})(?:\s[^<>]{0,2000})?/?>|<!--|-->|<[!?][a-zA-Z][^<>]{0,200}>")
_HIDDEN = {"script", "style", "template", "noscript", "title", "!--"}
_MARKDOWN = re.compile(r"\*{1,3}|_{2,3}|~~|`{1,3}|^#{1,6}\s|^>\s|(?<=\])\([^()\s]{0,500}\)", re.MULTILINE)
_BULLET = re.compile(r"\n\s{0,20}(?:[-*•·‣▪◦–]|\d{1,2}[.)])\s+|\n\s{0,20}\n\s*")
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF0B, 0xFF0F, *range(0xFF20, 0xFF5B))}
_INVITATION = re.compile(data.alternatives("patterns/invitation"), re.IGNORECASE)
_LEAD_IN = re.compile(
    r"(?:\b(?:at|on|via|under|is|as|by|here|see|to|visit)\s?:?\s?)?\x00(?:\s?\x00)*", re.IGNORECASE
)


def tidy(candidate: records.Candidate) -> str:
    """The candidate's own bio for a letter: one clean paragraph of at most 600 characters, never empty.

    Markup, control characters, contact details, visa statements and orders to a machine are gone; it ends
    at a sentence where it can. A bio that holds nothing else becomes a plain sentence of the record's own
    words. Takes time linear in the bio, in any script.
    """
    for text in (cleaned(candidate.bio), *_plain_sentences(candidate)):
        short = sentences.shortened(text, OWN_LIMIT)
        if _letters(short) and _fit(short):
            return short
    return "This candidate is looking forward to an internship."


@lru_cache(maxsize=2048)
def cleaned(text: str) -> str:
    """The text without markup, control characters, contact details, visa statements, orders to a machine.

    Remembered: a candidate is written about again in each letter of each cycle.
    """
    whole = paragraph(text)
    tells = private.states_visa(whole) or private.contact(whole) is not None
    kept = map(_sentence if tells else _spoken, sentences.split(whole))
    whole = " ".join(sentence for sentence in kept if sentence)
    return whole if _fit(whole) else ""


def entries(words: Iterable[str]) -> tuple[str, ...]:
    """A record's list (skills, interests) on clean lines; entries that may not be told are left out."""
    lines = (paragraph(word)[:80].strip() for word in words)
    return tuple(line for line in lines if _letters(line) and _fit(line))


def paragraph(text: str) -> str:
    """The text as one line: no tags, entities, markdown, control characters or doubled spaces."""
    text = "".join(_seen(html.unescape("".join(_seen(text[:_LONGEST])))))
    text = unicodedata.normalize("NFC", text.translate(_WIDE))
    text = "".join(map(_visible, text)).strip()
    return " ".join(_MARKDOWN.sub("", _BULLET.sub(_stop, f"\n{text}")).split())


def about(candidate: records.Candidate, role: records.Role) -> dict[str, Any]:
    """What the model is told: the record without visa status, contact details, dates or ids."""
    return {
        "candidate": {
            "name": name(candidate),
            "bio": cleaned(candidate.bio)[:SENT_LIMIT],
            "skills": entries(candidate.skills),
            "interests": entries(candidate.interests),
            "university": "".join(entries([candidate.university])),
        },
        "role": {"title": "".join(entries([role.title])), "industry": "".join(entries([role.industry]))},
    }


def source_hash(candidate: records.Candidate, role: records.Role) -> str:
    """A fingerprint of all that the model is told: another source, another refined bio."""
    told = json.dumps(about(candidate, role), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def name(candidate: records.Candidate) -> str:
    """The candidate's first and last name on one clean line."""
    return " ".join(entries([candidate.first_name, candidate.last_name]))


def _sentence(sentence: str) -> str:
    """A sentence as far as it may be told: whole, without its contact details, or not at all."""
    if private.states_visa(sentence) or private.addresses_a_machine(sentence):
        return ""
    if private.contact(sentence) is None:
        return sentence
    rest = _LEAD_IN.sub(" ", private.without_contacts(sentence, mark="\x00"))
    if _INVITATION.search(rest) or _letters(rest) < 8:
        return ""
    return re.sub(r"\s+([.,;:!?])", r"\1", " ".join(rest.split()))


def _spoken(sentence: str) -> str:
    """A sentence of a text that tells nothing it may not, unless it is an order to a machine."""
    return "" if private.addresses_a_machine(sentence) else sentence


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


@lru_cache(maxsize=4096)
def _fit(text: str) -> bool:
    tells = private.states_visa(text) or private.addresses_a_machine(text)
    return not tells and private.contact(text) is None


def _seen(text: str) -> Iterator[str]:
    """The text outside tags, comments and hidden elements, a space for each tag."""
    start, hidden = 0, ""
    for tag in _TAG.finditer(text):
        if not hidden:
            yield text[start : tag.start()] + _space(tag)
        start = tag.end()
        element = (tag[2] or "").lower()
        if tag.group() == "<!--" or (element in _HIDDEN and not tag[1] and not hidden):
            hidden = element or "!--"
        elif (tag.group() == "-->" and hidden == "!--") or (tag[1] and element == hidden):
            hidden = ""
    if not hidden:
        yield text[start:]


def _space(tag: re.Match[str]) -> str:
    return "\n\n" if (tag[2] or "").lower() in {"p", "br", "li", "div", "h1", "h2", "h3", "tr"} else " "


def _visible(character: str) -> str:
    """The character; a space for what parted words; nothing for what stood invisibly inside one."""
    kind = unicodedata.category(character)
    if character in "\n\u200c\u200d" or kind[0] not in "CZ":
        return character
    return " " if character.isspace() else ""


def _stop(gap: re.Match[str]) -> str:
    """A list item or a paragraph without a full stop gets one."""
    before = gap.string[max(0, gap.start() - 1) : gap.start()]
    return " " if not before or before in ".!?…:;,。！？" else ". "


def _plain_sentences(candidate: records.Candidate) -> Iterator[str]:
    """What can be said of a candidate without a bio, fullest first."""
    who, where = name(candidate) or "This candidate", "".join(entries([candidate.university]))
    skills, interests = entries(candidate.skills)[:5], entries(candidate.interests)[:3]
    studies = f"studies at {where}" if where else ""
    brings = f"brings skills in {_listed(skills)}" if skills else ""
    likes = f"is interested in {_listed(interests)}" if interests else ""
    if said := [clause for clause in (studies, brings, likes) if clause]:
        yield f"{who} {_listed(said)}."
    yield f"{who} is looking forward to an internship."


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"

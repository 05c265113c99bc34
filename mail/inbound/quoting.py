"""The writer's own words: what is left without quotations, their introductions, and signatures.

Mail programs introduce a quotation in one of four ways: a sentence ("On …, … wrote:"), a rule with words
("-----Original Message-----"), a head ("From: … Sent: … To: …"), or marks before each line ("> "). Marked
lines are left out wherever they stand, so that answers between and below them remain; after the other
three everything up to the end is quoted, unless marked lines follow and then unmarked ones again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from mail.inbound import phrases
from mail.inbound.parsing import guarded

_LONGEST = 50_000
_LONGEST_ASKED = 4_000
_LANGUAGES = ["en", "de", "cs", "da", "es", "fr", "it", "ja", "ko", "nl", "pl", "sv", "zh"]
_MOST_LINES = 5
_LONGEST_SENTENCE = 400
_TAIL = 24
_MARK = re.compile(r"^[ \t]{0,3}(?:>|&gt;|[A-Z][A-Za-z]{0,11}>(?=\s|$))")
_RULE = re.compile(
    r"^[\s*_>]*(?:[-_=*]{2,}\s?)?[*]*\s*(?:" + phrases.ORIGINAL + r")\s*:?\s*[-_=*]*\s*$", re.I
)
_WORDED_RULE = re.compile(r"^[\s*]*-{4,}\s*[^\W\d_](?:[^-\n]|-(?!-)){2,60}?\s*-{4,}[\s*]*$")
_UNDERSCORES = re.compile(r"^[\s*]*_{5,}\s*$")
_LABEL = re.compile(r"^[\s*_>|]*([^\W\d_][^\n:：*]{0,24}?)[\s*]*[:：][\s*]*(.*)$")
_VERB = re.compile(rf"(?:(?<!\w)(?:{phrases.WROTE})(?!\w)|{phrases.WROTE_CJK})", re.I)
_LEAD = re.compile(rf"^[\s*_>-]*(?:(?:{phrases.LEADS})(?!\w)|{phrases.LEADS_CJK})", re.I)
_DATED = re.compile(
    r"^[\s*_>]*\W?(?:\d{4}[-./年]\s?\d{1,2}[-./月]\s?\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})\b"
)
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2}\b")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}|GMT[+-]")
_NAMED_END = re.compile(
    r"<[^<>\s]+@[^<>\s]+>\)?\s?[:：]$|\b(?:19|20)\d\d\b.*\s<?[^<>\s]+@[^<>\s]+>?\s?[:：]$|^missatge de .*:$",
    re.I,
)
_ENDS = re.compile(r"[:：][\s*_>]*$")
_GLUED = re.compile(r"(?<=\S)-{2,}(?= ?On [^\n]{5,150}wrote:$)", re.M)
_DECORATION = re.compile(r"[-_=*#~+.\s\u1427\u200b-\u200f\u2060\ufeff\xad]*")
_UNSEEN = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks of writing direction, which programs put around names and dates."""
_BLANKS = re.compile(r"\n{3,}")


def own_words(text: str) -> str:
    """What the writer wrote, without what they quote and without their signature."""
    lines = [line.rstrip() for line in _GLUED.sub("\n---", _UNSEEN.sub("", text[:_LONGEST])).split("\n")]
    kept: list[str] = []
    for segment in _segments(lines):
        kept.extend(_unsigned(segment))
        kept.append("")
    return _second_opinion(_BLANKS.sub("\n\n", _trimmed("\n".join(kept))))


def _second_opinion(text: str) -> str:
    """What mail-parser-reply leaves of it: it knows introductions that we do not.

    Short texts alone, for its patterns need quadratic time; and never all of a text.
    """
    if len(text) > _LONGEST_ASKED:
        return text
    from mailparser_reply import EmailReplyParser  # type: ignore[import-untyped]

    replies: list[Any] = guarded(lambda: EmailReplyParser(languages=_LANGUAGES).read(text).replies, [])
    kept = str(replies[0].content) if replies else ""
    shorter = "".join(kept.split()) != "".join(text.split())
    return _trimmed(kept) or text if shorter else text


def _segments(lines: list[str]) -> Iterable[list[str]]:
    """The runs of own lines, in order."""
    at, run = 0, list[str]()
    while at < len(lines):
        end = _introduction(lines, at)
        if end is None and not _MARK.match(lines[at]):
            run.append(lines[at])
            at += 1
            continue
        if run:
            yield run
            run = []
        after = at if end is None else end
        past = _past_marks(lines, after)
        if past is None:
            return
        at = past
    if run:
        yield run


def _past_marks(lines: list[str], at: int) -> int | None:
    """The line after a marked quotation; None where what is introduced is not marked, and so never ends."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    if at == len(lines) or not _MARK.match(lines[at]):
        return None
    while at < len(lines) and _MARK.match(lines[at]):
        at += 1
    return at


def _introduction(lines: list[str], at: int) -> int | None:
    """The line after the introduction of a quotation that begins here; None where none does."""
    line = lines[at]
    if not line.strip() or len(line) > _LONGEST_SENTENCE or _is_marked_answer(line):
        return None
    if _RULE.match(line) or _WORDED_RULE.match(line):
        return at + 1
    if _UNDERSCORES.match(line):
        return len(lines)
    if _ENDS.search(line) and _VERB.search(line[-_TAIL:]) and _past_marks(lines, at + 1) is not None:
        return at + 1
    return _head(lines, at) or _sentence(lines, at)


def _is_marked_answer(line: str) -> bool:
    """A marked line introduces something only if it is a sentence's or a head's."""
    return bool(_MARK.match(line)) and not (_LEAD.match(line) or _LABEL.match(line))


def _head(lines: list[str], at: int) -> int | None:
    """The end of a quoted head: three of its fields, or two and an address, on neighbouring lines."""
    found: set[str] = set()
    address, end = False, at
    for number, line in enumerate(lines[at : at + 9], at):
        label = _LABEL.match(line)
        field = phrases.FIELDS.get(label[1].strip().lower()) if label else None
        if field is None and (number == at or (line.strip() and found and not line.startswith((" ", "\t")))):
            if number == at:
                return None
            if number > end + 2:
                break
            continue
        if field:
            found.add(field)
            end = number
            address = address or "@" in line
    if at and lines[at - 1].strip() and _LABEL.match(lines[at - 1]) and len(found) < 3:
        return None
    return end + 1 if len(found) >= 3 or (len(found) == 2 and address) else None


def _sentence(lines: list[str], at: int) -> int | None:
    """The end of a sentence such as "On …, … wrote:", over up to five lines; the last one to begin"
    " counts."""
    end = _sentence_end(lines, at)
    if end is None:
        return None
    led = _is_led(" ".join(lines[at:end]))
    for later in range(at + 1, end):
        rest = " ".join(line.strip() for line in lines[later:end])
        if lines[later].strip() and _introduces(rest, lines[end - 1]) and (_is_led(rest) or not led):
            return None
    return end


def _sentence_end(lines: list[str], at: int) -> int | None:
    joined, count = "", 0
    for number, line in enumerate(lines[at : at + 2 * _MOST_LINES], at):
        count += bool(line.strip())
        joined = f"{joined} {line.strip()}".strip()
        if len(joined) > _LONGEST_SENTENCE or count > _MOST_LINES:
            return None
        if line.strip() and _introduces(joined, line):
            return number + 1
    return None


def _is_led(sentence: str) -> bool:
    led = _LEAD.match(sentence) or _DATED.match(sentence)
    return bool(led) and any(one.isdigit() for one in sentence)


def _introduces(joined: str, last: str) -> bool:
    """Whether words such as "On …, … wrote:" introduce a quotation."""
    verb = _VERB.search(joined)
    clock = _CLOCK.search(joined)
    ends = bool(_ENDS.search(last))
    if joined.startswith("---") and joined.endswith("---") and verb:
        return True
    if _DATED.match(joined) and clock and ("GMT" in joined or ("@" in joined and ends)):
        return True
    if clock and _NAMED_END.search(joined):
        return True
    if not verb or not (ends or _VERB.search(last[-_TAIL:])):
        return False
    if _is_led(joined):
        return bool("@" in joined or clock or _VERB.search(last[-_TAIL:]))
    dated = clock and _DATE.search(joined)
    return bool(("@" in joined or dated) and ends and len(joined) < _LONGEST_SENTENCE // 2)


def _unsigned(lines: list[str]) -> list[str]:
    """Own lines up to the signature: a delimiter (RFC 3676 section 4.3), a telephone's boast, a"
    " disclaimer."""
    kept: list[str] = []
    for line in lines:
        bare = line.strip()
        if phrases.SIGNATURE.match(line) or phrases.SENT_FROM.match(bare) or phrases.DISCLAIMER.match(bare):
            break
        if not phrases.BANNER.match(bare):
            kept.append(line)
    return kept


def _trimmed(text: str) -> str:
    """Without blank lines and rules around it."""
    lines = text.split("\n")
    while lines and _DECORATION.fullmatch(lines[-1]):
        lines.pop()
    return "\n".join(lines).strip()

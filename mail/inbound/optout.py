"""Opting out: a wish not to be written to, in the writer's own words, or a List-Unsubscribe mail.

Our own letters say "unsubscribe" in their footer, so only what is left after quotations are taken out is
heard. A wish is a request about the writer ("please remove me", "stop e-mailing us") or a word that stands
alone ("Unsubscribe"); a long answer that merely mentions the word is a person's, to be read.
"""

from __future__ import annotations

import re

from mail.inbound import silence, wishes
from mail.inbound.parsing import Post, header

_LIST_MAIL = re.compile(
    r"^(?:re:\s*)?\W*(?:un-?subscribe|opt-?out|list-unsubscribe)\b[^ ]*(?: .{0,60})?$", re.I
)
_ADDRESSED = re.compile(r"(?:^|[<\s+.-])(?:unsub(?:scribe)?|opt-?out|list-unsubscribe|leave)[-+.@]", re.I)
_BARE = re.compile(r"\W*(?:un-?subscribe|opt-?out|list-unsubscribe)\W*$", re.I)
_BY_PROGRAM = re.compile(
    r"\b(?:automatically|on behalf of)\b|\bmail sent this\b|\bunsubscribe\b.{0,40}\bmailing list\b", re.I
)
_LONG = 700
_BRIEF = 160
_LINES = 12


def evidence(message: Post, own: str) -> list[str]:
    """The words of a wish not to be written to; empty where there is none."""
    subject = header(message, "subject")[:_LONG]
    if is_by_button(message, own):
        return ["a mail program answers a List-Unsubscribe (RFC 2369)"]
    bare = " ".join(own.split())
    brief = len(bare) < _BRIEF
    alone = next(
        (line.strip() for line in own.splitlines()[:_LINES] if brief and wishes.ALONE.match(line)), ""
    )
    empty = len(bare) < _BRIEF // 4
    if ((_LIST_MAIL.match(subject) or wishes.ALONE.match(subject)) and (empty or alone)) or (
        brief and _ADDRESSED.search(header(message, "to"))
    ):
        return [f"a List-Unsubscribe mail (RFC 2369), with the subject {subject[:60]!r}"]
    found = wishes.WISH.search(bare[:_LONG])
    said = found[0].strip() if found else silence.demand(own[:_LONG])
    wish = alone or (said if not wishes.REFUSED.search(bare[:_LONG]) else "")
    return [f"the writer asks: {wish[:80]}"] if wish else []


def is_by_button(message: Post, own: str) -> bool:
    """Whether a mail program wrote it because somebody pressed its "unsubscribe"."""
    if header(message, "x-apple-unsubscribe").lower() == "true":
        return True
    subject = header(message, "subject")[:_LONG]
    fresh = not header(message, "in-reply-to") and len(own) < _BRIEF
    if fresh and _BARE.match(subject) and (not own.strip() or _BY_PROGRAM.search(own)):
        return True
    addressed = _ADDRESSED.search(header(message, "to"))
    return bool(addressed and _LIST_MAIL.match(subject))

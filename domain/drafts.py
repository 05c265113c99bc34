"""A letter that waits for a person's word, and what was decided about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from domain import errors, letters_text
from domain.letters import Letter, Model, Stage

Status = Literal["waiting", "approved", "refused", "outdated"]

LONGEST = 20_000
"""Characters of a letter that a person writes, at most."""

SHORTEST_MARK = 8
"""Characters of a hash that name it well enough for a person."""


class Line(Model):
    """A draft in a list."""

    id: int
    cycle_id: str
    role_id: str
    title: str
    company_id: str
    company: str
    stage: Stage
    created_at: datetime
    urgent: bool
    sender: str
    recipients: tuple[str, ...]
    candidate_ids: tuple[str, ...]
    names: tuple[str, ...]
    """The candidates' names, in the order of `candidate_ids`."""
    subject: str
    edited: bool
    status: Status
    decided_by: str | None
    decided_at: datetime | None
    note: str
    """Why there is another draft after one that was decided or read, or why this one is outdated."""
    hash: str
    """Of all that is shown; a decision names it."""


class Draft(Line):
    """A draft in full: the letter exactly as it goes out once it is approved."""

    text: str
    html: str
    closing: str
    """How the text ends; whoever edits the letter leaves it as it is."""
    forced: bool
    """A person asked for this follow-up before it was due: once approved, it goes at once."""
    cycle_status: str
    held_reason: str | None

    @property
    def body(self) -> str:
        """The text that a person may edit: all but how it ends."""
        return without(self.text, self.closing)

    @property
    def mark(self) -> str:
        """The beginning of the hash, for a person to name it by."""
        return self.hash[:SHORTEST_MARK]

    def is_marked(self, mark: str) -> bool:
        """Tells whether a mark, or the whole hash, names exactly what this draft shows."""
        return len(mark) >= SHORTEST_MARK and self.hash.startswith(mark)


class Waiting(Model):
    """A page of the drafts that wait, urgent first, then the oldest; `next` is the next page's `after`."""

    drafts: tuple[Line, ...]
    total: int
    next: int | None


def fingerprint(sender: str, recipients: Sequence[str], candidate_ids: Sequence[str], letter: Letter) -> str:
    """Hashes what a person is shown: who writes to whom about whom, and every word (SHA-256, in hex)."""
    shown = [sender, list(recipients), list(candidate_ids), letter.subject, letter.text, letter.html]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def body(text: str, closing: str) -> str:
    """Reads what a person wrote as a letter's text, but for how it ends, whether they kept that or not.

    Raises `errors.Refused` for an empty text and for one beyond `LONGEST`.
    """
    found = without(letters_text.printable(text), closing)
    if not found.strip():
        raise errors.Refused("the letter is empty: write something, or `refuse` it")
    if len(found) > LONGEST:
        raise errors.Refused(f"the letter has {len(found):,} characters; {LONGEST:,} at most")
    return found


def without(text: str, closing: str) -> str:
    """Leaves out how a text ends."""
    return text.rstrip().removesuffix(closing.strip()).rstrip()


def subject(text: str) -> str:
    """Reads what a person wrote as a subject; raises `errors.Refused` for an empty one."""
    line = letters_text.subject_line(text)
    if not line:
        raise errors.Refused("the subject is empty")
    return line


def changed(old: Line, sender: str, recipients: Sequence[str], candidate_ids: Sequence[str]) -> str:
    """Says what is different from a draft that somebody has read."""
    parts = [
        ("the sender", old.sender != sender),
        ("who it goes to", old.recipients != tuple(recipients)),
        ("the candidates", old.candidate_ids != tuple(candidate_ids)),
    ]
    what = letters_text.listed(name for name, differs in parts if differs) or "the words"
    return f"{what} changed"


def decision(one: Line, zone: ZoneInfo) -> str:
    """Says what became of a draft: "approved by Ana at 10:02 on 1 June 2026"."""
    if one.status == "outdated":
        return f"out of date: {one.note}" if one.note else "out of date"
    if one.decided_at is None:
        return one.status
    verb = "edited" if one.status == "waiting" else one.status
    at = one.decided_at.astimezone(zone)
    return f"{verb} by {one.decided_by} at {at:%H:%M} on {letters_text.day(at.date())}"

"""What the partners' server accepted, held against the records, e-mail by e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import pairwise
from typing import Any

from domain.letters import STAGES
from tests.acceptance.post import envelope
from tests.acceptance.theatre import Theatre


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many letters were accepted, how many rows are marked uncertain, how many letters are doubled."""

    letters: int
    uncertain: frozenset[int]
    """By outreach_log id."""
    doubled: dict[int, int]
    """How often more than once, by outreach_log id."""


async def ledger(theatre: Theatre) -> Ledger:
    """Compares both sides; nothing may be accepted twice without a mark, or unknown to the records (R10)."""
    accepted = theatre.post.accepted()
    letters, doubled, uncertain = accepted.total(), {}, set()
    for row in await theatre.rows("select id, message_id, stage, status, uncertain_at from outreach_log"):
        times = accepted.pop(row["message_id"], 0)
        assert times >= (row["status"] == "sent"), f"sent, and nobody has it: {row}"
        assert times <= 1 or row["uncertain_at"], f"accepted {times} times without a mark: {row}"
        if times > 1:
            doubled[row["id"]] = times - 1
        if row["uncertain_at"]:
            uncertain.add(row["id"])
    assert not accepted, f"accepted, and not in the records: {accepted}"
    return Ledger(letters, frozenset(uncertain), doubled)


async def threads(theatre: Theatre) -> dict[str, list[EmailMessage]]:
    """The letters of each cycle in order of stage, as its partners have them (the first of a doubled one)."""
    first = {str(letter["Message-ID"]): letter for letter in reversed(theatre.post.letters())}
    found: dict[str, list[EmailMessage]] = {}
    for row in await theatre.rows("select cycle_id, message_id from outreach_log order by id"):
        if row["message_id"] in first:
            found.setdefault(row["cycle_id"], []).append(first[row["message_id"]])
    return found


async def whole(theatre: Theatre) -> None:
    """Every cycle's letters are one thread, and one that ended in silence has all of its stages."""
    found = await threads(theatre)
    for cycle in await theatre.rows("select id, outcome from outreach_cycle where stage is not null"):
        assert cycle["outcome"] != "no_response" or len(found[cycle["id"]]) == len(STAGES), cycle
        one_thread(found[cycle["id"]])


def one_thread(letters: Sequence[EmailMessage]) -> None:
    """Each letter answers the one before it, to the same people, under the same subject (R14)."""
    first, *others = letters
    assert first["In-Reply-To"] is None and first["References"] == first["Message-ID"]
    for count, letter in enumerate(others, start=1):
        earlier = [str(one["Message-ID"]) for one in letters[:count]]
        assert letter["In-Reply-To"] == earlier[-1]
        assert str(letter["References"]).split() == earlier
        assert letter["Subject"] == f"Re: {first['Subject']}"
        assert letter["From"] == first["From"]
        assert envelope(letter) == envelope(first)


async def spaced(theatre: Theatre, interval: float) -> None:
    """No two letters of a thread arrived closer together than an interval (R6), by the server's own clock.

    Half a second is allowed for: a step's time is the workflow's, which runs a little behind.
    """
    for cycle_id, letters in (await threads(theatre)).items():
        arrived = [theatre.post.arrived(letter) for letter in letters]
        gaps: list[Any] = [later - earlier for earlier, later in pairwise(arrived)]
        assert all(gap > interval - 0.5 for gap in gaps), f"{cycle_id}: {gaps}"

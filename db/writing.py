"""A letter as it would go now: who writes to whom about whom, rendered anew every time (R7, R11, R14)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from db import cycles, letters
from db.pool import Connection
from db.threads import Thread
from domain import drafts
from domain.letters import Brand, Letter, LetterContext, Recipient, Sender, Stage, WayBack
from domain.planning import urgent
from domain.records import Candidate
from domain.rules import Rules


@dataclass(frozen=True, slots=True)
class Order:
    """One stage of one cycle to send, at a moment.

    `force` sends before it is due. `again` says that this is a later attempt of the same step, so that
    the earlier one is over; without it, one that may still be talking to a server is waited for.
    """

    cycle_id: str
    stage: Stage
    now: datetime
    force: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What a claim needs besides the records."""

    rules: Rules
    brand: Brand
    bios: letters.Bios
    message_id: Callable[[str], str]
    """Makes a new Message-ID for the sender's address (RFC 5322 section 3.6.4)."""
    render: Callable[[LetterContext], Letter]
    way_back: WayBack = field(default_factory=WayBack)


@dataclass(frozen=True)
class Written:
    """A letter, and what is known of it besides its words."""

    specialist_id: str
    sender: Sender
    to: tuple[Recipient, ...]
    people: tuple[Candidate, ...]
    urgent: bool
    letter: Letter

    @property
    def addresses(self) -> list[str]:
        """Who reads it, by address."""
        return [one.email for one in self.to]

    @property
    def contact_ids(self) -> list[str]:
        """Who reads it, by id."""
        return [one.contact_id for one in self.to]

    @property
    def candidate_ids(self) -> list[str]:
        """Whom it puts forward, best first."""
        return [one.id for one in self.people]

    @cached_property
    def hash(self) -> str:
        """Names exactly this letter, to these people, about these candidates."""
        return self._named(self.letter)

    @cached_property
    def source_hash(self) -> str:
        """Names what an approval rests on: all but the subject, which the first claim fixes (R3).

        From then on the letter is rendered under that one, which may be a person's.
        """
        return self._named(self.letter.model_copy(update={"subject": ""}))

    def _named(self, letter: Letter) -> str:
        return drafts.fingerprint(self.sender.email, self.addresses, self.candidate_ids, letter)


async def write(
    conn: Connection,
    row: Any,
    thread: Thread,
    stage: Stage,
    to: Sequence[Recipient],
    signed: tuple[str, Sender],
    pitches: Sequence[Any],
    terms: Terms,
    now: datetime,
) -> Written:
    """Renders a stage of a cycle; its subject is the thread's, once that has one (R14)."""
    specialist_id, sender = signed
    ranked = [cycles.ranked(one) for one in pitches]
    people = tuple(letters.candidate(one) for one in pitches)
    is_urgent = row["urgent"] if thread.first else urgent(ranked, terms.rules.today(now))
    context = await letters.context(
        conn,
        row["role_id"],
        stage,
        to=to,
        people=people,
        bios=terms.bios,
        signed=sender,
        brand=terms.brand,
        urgent=is_urgent,
        subject=row["subject"],
    )
    return Written(specialist_id, sender, tuple(to), people, is_urgent, terms.render(context))

"""What a cycle's first e-mail fixed, and who may still be written to (R3, R11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db import letters
from db.pool import Connection
from db.sql import queries
from domain.letters import Recipient, Sender, Stage

rows = queries("cycles")


@dataclass(frozen=True, slots=True)
class Thread:
    """A cycle's e-mails as they stand before one of its stages."""

    first: Any
    """The first e-mail's row, which fixed sender and recipients when it was claimed; None before that."""
    email: Any
    """The stage's own row, if it was claimed before."""
    before: Sequence[Any]
    """The e-mails that this stage answers: all that a server accepted, or may have."""

    @property
    def references(self) -> tuple[str, ...]:
        """Lists the Message-IDs of the e-mails before, the oldest first."""
        return tuple(one["message_id"] for one in self.before)

    @property
    def answers(self) -> str | None:
        """Names the Message-ID that this stage answers; None for a first e-mail."""
        return self.references[-1] if self.references else None


async def read(conn: Connection, cycle_id: str, stage: Stage) -> Thread:
    """Reads a cycle's thread as the e-mail of a stage finds it."""
    emails = await rows.emails.all(conn, cycle=cycle_id)
    before = [one for one in emails if one["stage"] != stage and one["status"] in ("sent", "uncertain")]
    own = next((one for one in emails if one["stage"] == stage), None)
    return Thread(first=emails[0] if emails else None, email=own, before=before)


async def recipients(conn: Connection, company_id: str, thread: Thread) -> list[Recipient]:
    """All eligible partner contacts; once the first e-mail was claimed, those of its own left (R11)."""
    eligible = await letters.recipients(conn, company_id)
    if thread.first is None:
        return list(eligible)
    refused = {address.lower() for address in thread.first["refused"]}
    return [
        one
        for one in eligible
        if one.contact_id in thread.first["contact_ids"] and one.email.lower() not in refused
    ]


async def sender(conn: Connection, row: Any, thread: Thread) -> tuple[str, Sender] | None:
    """The company's specialist, else the default one, by id; fixed with the first e-mail (R3, R11).

    None if there is neither.
    """
    wanted = row["specialist_id"]
    if wanted is None:
        wanted = (await letters.sql.company.one(conn, company=row["company_id"]))["specialist_id"]
    found = await letters.specialist(conn, wanted)
    if found is None:
        return None
    return found["id"], letters.sender(found, email=thread.first["sender"] if thread.first else None)

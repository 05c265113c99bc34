"""Letters that wait for a person's word; every change holds the cycle's row (R7).

A cycle is held for `approval` exactly as long as one of its drafts waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import cycles
from db.pool import Connection
from db.sql import queries
from db.writing import Order, Written
from domain import drafts, errors
from domain.drafts import Draft, Line, Waiting
from domain.letters import Letter
from domain.rules import Rules

sql = queries("drafts")

_LARGEST = 2**63 - 1
"""No id is larger than a bigint can hold."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """A letter that may go out: as rendered, or as a person edited and approved it."""

    letter: Letter
    variant: str


async def allowed(conn: Connection, row: Any, order: Order, written: Written, rules: Rules) -> Allowed | None:
    """Returns the letter that may go; None once it waits for a person's word, and its cycle is held.

    An approval holds for what was shown: it counts only while the letter, rendered anew, is the same one.
    Whatever a person has in hand waits for that person, even where the rules no longer ask.
    """
    last = await sql.last.one(conn, cycle=row["id"], stage=order.stage)
    in_hand = last is not None and last["status"] in ("waiting", "approved")
    if not in_hand and not rules.needs_approval(urgent=written.urgent):
        return Allowed(written.letter, "default")
    same = in_hand and last["source_hash"] == written.source_hash
    if same and last["status"] == "approved":
        letter = Letter(subject=last["subject"], text=last["text"], html=last["html"])
        return Allowed(letter, "edited" if last["edited"] else "default")
    if not same:
        note = await _note(conn, last, written, rules) if last is not None else ""
        if in_hand:
            await sql.outdate_one.run(conn, draft=last["id"], note=note)
        await _keep(conn, row, order, written, note)
    elif order.force:
        await sql.force.run(conn, draft=last["id"])
    await cycles.hold(conn, row, "approval", order.now)
    return None


async def _keep(conn: Connection, row: Any, order: Order, written: Written, note: str) -> None:
    await sql.insert.run(
        conn,
        cycle=row["id"],
        stage=order.stage,
        now=order.now,
        urgent=written.urgent,
        forced=order.force,
        sender=written.sender.email,
        recipients=written.addresses,
        contacts=written.contact_ids,
        candidates=written.candidate_ids,
        subject=written.letter.subject,
        text=written.letter.text,
        html=written.letter.html,
        closing=written.letter.closing,
        hash=written.hash,
        source_hash=written.source_hash,
        note=note,
    )


async def _note(conn: Connection, last: Any, written: Written, rules: Rules) -> str:
    """Says why a draft follows another: for whoever read or decided the one before."""
    old = await read(conn, last["id"])
    if old.status == "outdated":
        return old.note
    what = drafts.changed(old, written.sender.email, written.addresses, written.candidate_ids)
    known = old.status == "approved" or old.edited
    return f"{what} since it was {drafts.decision(old, rules.zone)}" if known else what


async def read(conn: Connection, draft_id: int) -> Draft:
    """Returns a draft in full; `errors.NotFound` if there is none."""
    row = await sql.draft.one(conn, draft=min(draft_id, _LARGEST))
    if row is None:
        raise _unknown(draft_id)
    return Draft.model_validate(dict(row))


async def waiting(conn: Connection, after: int | None, most: int) -> Waiting:
    """Lists drafts that wait, urgent first, then the oldest; `after` is the last draft of the page before."""
    after = after if after is None else min(after, _LARGEST)
    rows = await sql.waiting.all(conn, after=after, most=most + 1)
    page = tuple(Line.model_validate(dict(row)) for row in rows[:most])
    total = await sql.total.value(conn)
    return Waiting(drafts=page, total=total, next=page[-1].id if len(rows) > most else None)


async def waiting_of(conn: Connection, cycle_id: str) -> int | None:
    """Names the draft of a cycle that waits, if one does."""
    found: int | None = await sql.waiting_of.value(conn, cycle=cycle_id)
    return found


async def take(conn: Connection, draft_id: int) -> tuple[Any, Draft]:
    """Locks a draft's cycle for a decision; returns its row, and the draft as it stands then."""
    cycle_id = await sql.cycle_of.value(conn, draft=min(draft_id, _LARGEST))
    if cycle_id is None:
        raise _unknown(draft_id)
    row = await cycles.lock(conn, cycle_id)
    return row, await read(conn, draft_id)


async def decide(conn: Connection, row: Any, draft: Draft, status: str, by: str, now: datetime) -> None:
    """Writes down a person's word on a draft whose cycle is locked."""
    await sql.decide.run(conn, draft=draft.id, status=status, by=by, now=now)
    await cycles.event(conn, row["id"], f"draft_{status}", by, now)


async def edit(conn: Connection, row: Any, draft: Draft, letter: Letter, by: str, now: datetime) -> None:
    """Keeps a person's words in place of the rendered ones; what is shown from now on is those."""
    await sql.edit.run(
        conn,
        draft=draft.id,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        hash=drafts.fingerprint(draft.sender, draft.recipients, draft.candidate_ids, letter),
        by=by,
        now=now,
    )
    await cycles.event(conn, row["id"], "draft_edited", by, now)


def _unknown(draft_id: int) -> errors.NotFound:
    return errors.NotFound(f"there is no draft {draft_id}: `starter.py approvals` lists those that wait")

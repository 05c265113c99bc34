"""Letters that wait for a person's word: read, approve, edit, drop a candidate, refuse.

A word is bound to the hash of what was shown, and the cycle's row is held while it is written down: of two
people the second is told what the first did (`errors.Decided`). `by` is who decides, for the record.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from db import cycles, drafts
from db.pool import Connection, transaction
from desk.office import Office
from desk.snapshot import snapshot
from desk.steering import Done, tell
from domain import drafts as words
from domain import errors
from domain.cadence import HELD, Next
from domain.drafts import Draft, Waiting
from domain.letters import STAGE_NAMES, STAGES
from domain.letters_text import one_line
from domain.messages import SendNow
from mail import edited

PAGE = 50


async def waiting(office: Office, after: int | None = None, most: int = PAGE) -> Waiting:
    """Lists the drafts that wait, urgent first, then the oldest; `after` is the page before's `next`."""
    async with snapshot(office.pool) as conn:
        return await drafts.waiting(conn, after, most)


async def draft(office: Office, draft_id: int) -> Draft:
    """Returns a draft in full, exactly as it goes out; `errors.NotFound` if there is none."""
    async with snapshot(office.pool) as conn:
        return await drafts.read(conn, draft_id)


async def approve(office: Office, draft_id: int, shown_hash: str, by: str, now: datetime) -> Done:
    """Lets a letter go out as it was shown; whether it still may is checked again when it does.

    A follow-up that was asked for before its time (`--force`) goes at once.
    The same word given again by the same person is harmless.
    """
    async with transaction(office.pool) as conn:
        row, found = await drafts.take(conn, draft_id)
        again = _said_before(found, "approved", by) and found.hash == shown_hash
        if not again:
            await _refuse_unless(conn, office, found, shown_hash)
            await drafts.decide(conn, row, found, "approved", _name(by), now)
            await _release(conn, office, row, now)
        step = await cycles.next_step(conn, row["id"])
    force = found.forced and not again
    untold = await tell(office, [found.cycle_id], "send_next_now", SendNow(force=force))
    return Done(words=_goes(found, step), cycle_ids=(found.cycle_id,), changed=not again, untold=untold)


async def edit(
    office: Office,
    draft_id: int,
    shown_hash: str,
    text: str,
    by: str,
    now: datetime,
    subject: str | None = None,
) -> Draft:
    """Puts a person's words in place of the rendered ones; returns the draft as it waits from now on.

    `text` is the letter's plain text, with or without how it ends: signature, brand and way out stay. Its
    HTML is made of the same words. Only a first e-mail has a subject to change. Raises `errors.Refused`
    for an empty or endless text.
    """
    async with transaction(office.pool) as conn:
        row, found = await drafts.take(conn, draft_id)
        await _refuse_unless(conn, office, found, shown_hash)
        line = found.subject if subject is None else words.subject(subject)
        if line != found.subject and found.stage != STAGES[0]:
            raise errors.Refused("a follow-up answers its thread's subject: only a first e-mail has its own")
        if line != found.subject and row["subject"] is not None:
            raise errors.Refused("its subject is fixed: the letter was handed to a mail server once already")
        letter = edited.letter(line, words.body(text, found.closing), found.closing)
        await drafts.edit(conn, row, found, letter, _name(by), now)
        return await drafts.read(conn, draft_id)


async def drop(office: Office, draft_id: int, candidate_id: str, by: str, now: datetime) -> Done:
    """Takes a candidate out of this cycle; its letter is rendered anew from who is left, and waits again.

    With nobody left the cycle ends as `withdrawn`.
    """
    async with transaction(office.pool) as conn:
        row, found = await drafts.take(conn, draft_id)
        await _refuse_unless(conn, office, found)
        left = [one.candidate_id for one in await cycles.candidates(conn, row["id"])]
        if candidate_id not in left:
            raise errors.Refused(f"{candidate_id} is not in the draft {draft_id}")
        await cycles.leave(conn, row, [candidate_id], now, dropped=True)
        names = dict(zip(found.candidate_ids, found.names, strict=True))
        note = f"{names.get(candidate_id) or candidate_id} was taken out by {_name(by)}"
        await cycles.event(conn, row["id"], "candidate_dropped", note, now)
        if left == [candidate_id]:
            await cycles.close(conn, row, "withdrawn", now)
        else:
            await cycles.forget_draft(conn, row, note, office.rules, now)
    untold = await tell(office, [found.cycle_id], "candidate_withdrawn")
    after = "nobody is left: the cycle has ended" if left == [candidate_id] else "the letter is written anew"
    done = f"{candidate_id} leaves {found.cycle_id}; {after}."
    return Done(words=done, cycle_ids=(found.cycle_id,), untold=untold)


async def refuse(office: Office, draft_id: int, by: str, now: datetime) -> Done:
    """Has nothing go out: the thread ends as `stopped`, nobody moves on (R8).

    The same word given again by the same person is harmless.
    """
    async with transaction(office.pool) as conn:
        row, found = await drafts.take(conn, draft_id)
        again = _said_before(found, "refused", by)
        if not again:
            await _refuse_unless(conn, office, found)
            await drafts.decide(conn, row, found, "refused", _name(by), now)
            await cycles.close(conn, row, "stopped", now)
    untold = await tell(office, [found.cycle_id], "stop")
    done = f"{found.cycle_id} is stopped; nothing more goes out, nobody moves on."
    return Done(words=done, cycle_ids=(found.cycle_id,), changed=not again, untold=untold)


def _said_before(found: Draft, status: str, by: str) -> bool:
    return found.status == status and found.decided_by == _name(by)


async def _refuse_unless(
    conn: Connection, office: Office, found: Draft, shown_hash: str | None = None
) -> None:
    """Refuses a word on a draft that waits no more, or that is not the one that was shown."""
    what = f"draft {found.id} ({STAGE_NAMES[found.stage]} of {found.cycle_id})"
    if found.status != "waiting":
        other = await drafts.waiting_of(conn, found.cycle_id)
        instead = f"; draft {other} waits in its place" if other else ""
        raise errors.Decided(f"{what} is {words.decision(found, office.rules.zone)}{instead}")
    if shown_hash is not None and shown_hash != found.hash:
        since = f": it was {words.decision(found, office.rules.zone)}" if found.edited else ""
        raise errors.Decided(f"{what} is not as it was shown{since}; read it again, then decide")


def _name(by: str) -> str:
    name = one_line(by)[:100]
    if not name:
        raise errors.Refused("whoever decides has a name: say who")
    return name


async def _release(conn: Connection, office: Office, row: Any, now: datetime) -> None:
    """Lets the cycle go on, unless something else holds it."""
    if row["held_reason"] == "approval":
        await cycles.release(conn, row, office.rules, now)


def _goes(found: Draft, step: Next) -> str:
    letter = f"{STAGE_NAMES[found.stage]} of {found.cycle_id} is approved"
    if step.do == "await_slot":
        return f"{letter}; its week has passed, so it goes out once a run gives it a slot."
    if step.do == "await_release":
        return f"{letter}; the cycle is held all the same: {HELD.get(step.why, step.why)}."
    return f"{letter}; it goes out at its time, if nothing has changed by then."

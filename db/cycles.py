"""What can happen to one cycle; every change holds its row (R7, R9, R15).

Each function here runs inside the caller's transaction. A transition that has happened already is
harmless: it changes nothing and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from db.pool import Connection
from db.sql import queries
from domain import errors
from domain.cadence import ENDED, Next, Outcome, following
from domain.planning import Ranked
from domain.rules import Rules

Row = Any
sql = queries("cycles")
drafts = queries("drafts")

LIVE = ("claimed", "pitched")
RESTS = ("company_answered", "parent_answered", "away")
"""Reasons to hold that came in with the mail and pass by themselves."""
GIVES_WAY = (*RESTS, "approval")
"""Reasons to hold that give way to what comes in: a letter that waits for approval rests too."""
OPEN = ("waiting", "active", "held")


async def lock(conn: Connection, cycle_id: str) -> Row:
    """Locks and returns a cycle's row until the transaction ends; `errors.NotFound` if there is none."""
    row = await sql.lock.one(conn, cycle=cycle_id)
    if row is None:
        raise errors.NotFound(f"there is no cycle {cycle_id!r}: `starter.py pending` lists the open ones")
    return row


async def next_step(conn: Connection, cycle_id: str) -> Next:
    """Names what a cycle does next, from its row alone: steps, restarts and queries agree on it."""
    row = await sql.find.one(conn, cycle=cycle_id)
    if row is None:
        raise errors.NotFound(f"there is no cycle {cycle_id!r}")
    return following_step(row, tuple(one.candidate_id for one in await candidates(conn, cycle_id)))


def following_step(row: Row, candidate_ids: tuple[str, ...] = ()) -> Next:
    """Reads a cycle's row as the value that its workflow follows."""
    common: dict[str, Any] = {
        "last_stage": row["stage"],
        "candidate_ids": candidate_ids,
        "urgent": row["urgent"],
    }
    if row["status"] == "closed":
        return Next(do="end", outcome=row["outcome"], moved_on=row["moved_on_at"] is not None, **common)
    if row["status"] == "held":
        return Next(do="await_release", at=row["held_until"], why=row["held_reason"], **common)
    if row["status"] == "waiting":
        return Next(do="await_slot", at=row["wait_until"], **common)
    stage = following(row["stage"])
    if stage is None:
        return Next(do="await_reply", at=row["next_action_at"], **common)
    return Next(do="send", stage=stage, at=row["next_action_at"], **common)


async def candidates(conn: Connection, cycle_id: str) -> list[Ranked]:
    """Lists the candidates a cycle still puts forward, best first (R2)."""
    return [ranked(row) for row in await pitches(conn, cycle_id)]


async def pitches(conn: Connection, cycle_id: str) -> list[Row]:
    """Lists the records of the candidates a cycle still puts forward, best first (R2)."""
    return sorted(await sql.pitches.all(conn, cycle=cycle_id), key=lambda row: ranked(row).rank)


def ranked(row: Row) -> Ranked:
    """Reads what a pitch ranks by (R2)."""
    return Ranked(row["id"], row["score"], row["start_date"], row["visa_required"])


async def event(conn: Connection, cycle_id: str, kind: str, detail: str, now: datetime) -> None:
    """Writes down what happened, for `show`."""
    await sql.insert_event.run(conn, cycle=cycle_id, kind=kind, detail=detail, now=now)


async def close(conn: Connection, row: Row, outcome: Outcome, now: datetime) -> None:
    """Closes a locked cycle; gives pairs and slot back if no server accepted its first e-mail (R9)."""
    if row["status"] == "closed":
        return
    cycle_id = row["id"]
    await sql.set_closed.run(conn, cycle=cycle_id, outcome=outcome, now=now)
    await drafts.close.run(conn, cycle=cycle_id, note=ENDED[outcome])
    await sql.cancel_tasks.run(conn, cycle=cycle_id, now=now)
    await sql.skip_idle_emails.run(conn, cycle=cycle_id)
    if outcome == "no_response":
        await sql.set_pitches.run(conn, cycle=cycle_id, status="no_response", of=list(LIVE), now=now)
    await give_back(conn, cycle_id, now)
    await event(conn, cycle_id, "closed", outcome, now)


async def give_back(conn: Connection, cycle_id: str, now: datetime) -> None:
    """Frees pairs and slot of a closed cycle, once, if no server has or may have accepted anything (R9)."""
    for email in await sql.emails.all(conn, cycle=cycle_id):
        if email["status"] in ("sent", "sending", "uncertain") or email["uncertain_at"] is not None:
            return
    returned = await sql.mark_returned.one(conn, cycle=cycle_id)
    if returned is None:
        return
    await sql.set_pitches.run(conn, cycle=cycle_id, status="released", of=["claimed", "withdrawn"], now=now)
    if returned["slot_week"] is not None:
        await sql.return_slot.run(conn, company=returned["company_id"], week=returned["slot_week"])


async def leave_slot(conn: Connection, row: Row) -> None:
    """Gives back the slot of a week in which a locked cycle's first e-mail did not go out (R5)."""
    if row["slot_week"] is not None:
        await sql.drop_slot.run(conn, cycle=row["id"])
        await sql.return_slot.run(conn, company=row["company_id"], week=row["slot_week"])


async def respond(conn: Connection, row: Row, log_id: int | None, now: datetime) -> bool:
    """Records a person's reply to a locked cycle: the first wins, a repeated one is harmless (R7).

    Returns whether this was the first. It marks the e-mail `log_id`, else the last that a server accepted.
    A reply to a cycle none of whose e-mails was accepted raises `errors.Refused`; on a closed cycle it
    marks e-mail and pitches, and the outcome stays.
    """
    emails = await sql.emails.all(conn, cycle=row["id"])
    accepted = [one for one in emails if one["status"] in ("sent", "uncertain") or one["uncertain_at"]]
    if not accepted:
        raise errors.Refused(
            f"no e-mail of {row['id']} was accepted by a server, so nobody can have answered it"
        )
    if row["responded_at"] is not None:
        return False
    answered = next((one for one in accepted if one["id"] == log_id), accepted[-1])
    await sql.mark_response.run(conn, log=answered["id"], now=now)
    await sql.set_responded.run(conn, cycle=row["id"], now=now)
    of = ["claimed", "pitched", "no_response"]
    await sql.set_pitches.run(conn, cycle=row["id"], status="responded", of=of, now=now)
    await event(conn, row["id"], "responded", answered["stage"], now)
    await close(conn, row, "responded", now)
    return True


async def hold(conn: Connection, row: Row, reason: str, now: datetime, until: datetime | None = None) -> bool:
    """Asks a locked cycle to wait; its clock runs on (R6). Returns whether this changed anything."""
    if row["status"] == "closed":
        raise errors.Refused(f"{row['id']} is closed ({ENDED[row['outcome']]}): there is nothing to hold")
    if row["status"] == "held" and row["held_reason"] == reason and row["held_until"] == until:
        return False
    await sql.set_held.run(conn, cycle=row["id"], reason=reason, until=until)
    await event(conn, row["id"], "held", reason, now)
    return True


async def rest(conn: Connection, row: Row, reason: str, until: datetime, now: datetime) -> bool:
    """Has a locked cycle wait for a time because of what came in; its clock runs on (R6).

    A waiting one goes on waiting until then. A hold that a person or an uncertain e-mail asked for stays
    as it is; an earlier one of this kind is made longer, never shorter. Returns whether anything changed.
    """
    if row["status"] == "closed" or (row["held_until"] is not None and row["held_until"] >= until):
        return False
    if row["status"] == "waiting":
        await sql.wait_on.run(conn, cycle=row["id"], until=until)
        await event(conn, row["id"], "waits_on", reason, now)
        return True
    if row["status"] == "held" and row["held_reason"] not in GIVES_WAY:
        return False
    return await hold(conn, row, reason, now, until)


async def release(conn: Connection, row: Row, rules: Rules, now: datetime) -> bool:
    """Lets a held cycle go on; before its first e-mail without a slot of this week it waits (R6).

    A waiting one that was asked to wait on may ask for a slot again.
    """
    cycle_id = row["id"]
    if row["status"] == "waiting" and row["held_until"] is not None:
        await sql.wait_on.run(conn, cycle=cycle_id, until=None)
        await event(conn, cycle_id, "released", "", now)
        return True
    if row["status"] != "held":
        return False
    if row["slot_week"] == rules.week(now) or await _maybe_out(conn, cycle_id):
        waiting_for = "reply" if row["stage"] else "send"
        due = row["next_action_at"] or now
        await sql.set_active.run(conn, cycle=cycle_id, waiting_for=waiting_for, next_action_at=due)
    else:
        await leave_slot(conn, row)
        await sql.set_waiting.run(conn, cycle=cycle_id, until=row["wait_until"] or rules.end_of_wait(now))
    await event(conn, cycle_id, "released", "", now)
    return True


async def revalidate(conn: Connection, row: Row, rules: Rules, now: datetime) -> list[Row]:
    """Applies R15 to a locked cycle; returns the pitches of those left, none once it is closed.

    A role no longer open ends it as `role_closed`; candidates placed, withdrawn or past their start date
    leave it; with nobody left it ends as `withdrawn`.
    """
    if row["status"] == "closed":
        return []
    if await sql.role_status.value(conn, role=row["role_id"]) != "open":
        await close(conn, row, "role_closed", now)
        return []
    found = await pitches(conn, row["id"])
    left = [one for one in found if one["status"] == "available" and one["start_date"] >= rules.today(now)]
    if len(left) < len(found):
        await leave(conn, row, [one["id"] for one in found if one not in left], now)
    if not left:
        await close(conn, row, "withdrawn", now)
    elif len(left) < len(found):
        await forget_draft(conn, row, "a candidate left", rules, now)
    return left


async def leave(
    conn: Connection, row: Row, candidate_ids: Sequence[str], now: datetime, *, dropped: bool = False
) -> None:
    """Takes candidates out of a cycle; a pair is free again if no server can have seen it (R9).

    Whom a person `dropped` does not come back to it by a top-up.
    """
    out = await _maybe_out(conn, row["id"])
    for candidate in candidate_ids:
        await sql.set_pitch.run(
            conn,
            cycle=row["id"],
            candidate=candidate,
            status="withdrawn" if out else "released",
            dropped=dropped and not out,
            now=now,
        )
        await event(conn, row["id"], "candidate_left", candidate, now)


async def forget_draft(conn: Connection, row: Row, note: str, rules: Rules, now: datetime) -> bool:
    """Marks what a locked cycle was to say as outdated; held for it, the cycle looks again.

    Returns whether a draft waited for a person's word.
    """
    waited = await drafts.outdate.value(conn, cycle=row["id"], note=note) is not None
    if row["status"] == "held" and row["held_reason"] == "approval":
        await release(conn, row, rules, now)
    return waited


async def _maybe_out(conn: Connection, cycle_id: str) -> bool:
    """Tells whether a server has accepted an e-mail of a cycle, or may have, or may be about to."""
    emails = await sql.emails.all(conn, cycle=cycle_id)
    return any(map(_may_be_out, emails))


def _may_be_out(email: Row) -> bool:
    return bool(email["status"] in ("sent", "uncertain") or email["uncertain_at"] or email["in_flight_since"])


async def tidy_waiting(conn: Connection, rules: Rules, now: datetime) -> None:
    """Has everybody who is not to be had leave the waiting cycles, before anything is booked (R15)."""
    touched = await sql.touched_by_records.all(conn, today=rules.today(now), statuses=["waiting"])
    for row in await sql.lock_all.all(conn, cycles=[one["id"] for one in touched]):
        await revalidate(conn, row, rules, now)


async def touched_by_records(conn: Connection, rules: Rules, now: datetime) -> Sequence[str]:
    """Lists open cycles that a change of records concerns: their role, or one of their candidates (R15)."""
    rows = await sql.touched_by_records.all(conn, today=rules.today(now), statuses=list(OPEN))
    return [row["id"] for row in rows]

"""Steering cycles: the database decides in one transaction, then the workflow is told (R7, R15).

A workflow that cannot be told now hears of it from `reconcile`: what was written stands either way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from temporalio.service import RPCError, RPCStatusCode

from db import cycles, drafts, sending, steering
from db.pool import Connection, transaction
from db.sql import queries
from desk.office import Office
from desk.snapshot import snapshot
from domain import errors, names
from domain.cadence import ENDED
from domain.letters import Accepted, Model
from domain.messages import EventKind, ResponseReceived, SendNow

Decision = Literal["sent", "again"]


class Done(Model):
    """What a command did, in words, and the cycles that were told."""

    words: str
    cycle_ids: tuple[str, ...] = ()
    changed: bool = True
    untold: tuple[str, ...] = ()
    """Cycles whose workflow could not be told now; `reconcile` will tell them."""


async def reply(office: Office, some_id: str, now: datetime) -> Done:
    """Marks a response to a cycle (or to one e-mail, by its outreach_log id): the first wins (R7).

    What follows from it is done all the same, for whoever marked it may have been cut off before.
    """
    async with transaction(office.pool) as conn:
        cycle_id, log_id = await find(conn, some_id)
        row = await cycles.lock(conn, cycle_id)
        first = await cycles.respond(conn, row, log_id, now)
    async with transaction(office.pool) as conn:
        others = await steering.rest_others(conn, cycle_id, now)
    untold = await tell(office, [cycle_id], "response_received", ResponseReceived(log_id=log_id))
    untold += await tell(office, others, "send_next_now")
    words = _answered(row, first)
    if others:
        words += (
            f" {count(len(others), 'other cycle')} of it wait{'s' if len(others) == 1 else ''} for a week."
        )
    changed = first or bool(others)
    return Done(words=words, cycle_ids=(cycle_id, *others), changed=changed, untold=untold)


def _answered(row: cycles.Row, first: bool) -> str:
    """Says what a mark did to a cycle, whose row is as it was before."""
    if not first:
        return f"{row['id']} was marked as answered already, on {row['responded_at']:%d %b %Y, %H:%M} UTC."
    if row["status"] == "closed":
        return f"{row['id']} was closed already ({ENDED[row['outcome']]}); the reply is on its record."
    return f"{row['id']}: reply recorded; nothing more goes out in this thread."


async def pause(office: Office, some_id: str, now: datetime) -> Done:
    """Asks a cycle to wait; its clock runs on (R6)."""
    async with transaction(office.pool) as conn:
        cycle_id, _ = await find(conn, some_id)
        changed = await cycles.hold(conn, await cycles.lock(conn, cycle_id), "person", now)
    untold = await tell(office, [cycle_id], "pause")
    words = "is held until you resume it" if changed else "was held already"
    return Done(words=f"{cycle_id} {words}.", cycle_ids=(cycle_id,), changed=changed, untold=untold)


async def resume(office: Office, some_id: str, now: datetime, decision: Decision | None = None) -> Done:
    """Lets a held cycle go on; for an uncertain e-mail a person decides `sent` or `again` (R6, R10)."""
    async with transaction(office.pool) as conn:
        cycle_id, _ = await find(conn, some_id)
        row = await cycles.lock(conn, cycle_id)
        await _decide(conn, office, row, decision, now)
        await _refuse_unapproved(conn, office, row)
        row = await cycles.lock(conn, cycle_id)
        changed = await cycles.release(conn, row, office.rules, now)
        step = await cycles.next_step(conn, cycle_id)
    untold = await tell(office, [cycle_id], "resume")
    words = f"was not held ({row['status']})"
    if changed:
        words = "asks for a slot of the week again" if step.do == "await_slot" else "goes on"
    return Done(words=f"{cycle_id} {words}.", cycle_ids=(cycle_id,), changed=changed, untold=untold)


async def _refuse_unapproved(conn: Connection, office: Office, row: cycles.Row) -> None:
    """Refuses to let go what waits for approval; once the rules ask no more, a person's word is enough."""
    waiting = await drafts.waiting_of(conn, row["id"])
    if waiting is None:
        return
    if not office.rules.needs_approval(urgent=(await drafts.read(conn, waiting)).urgent):
        await drafts.sql.outdate.run(conn, cycle=row["id"], note="letters need no approval any more")
    elif row["held_reason"] == "approval":
        raise errors.Refused(
            f"{row['id']} waits for approval: `approvals {waiting}` shows the letter, "
            f"`approve {waiting}` lets it go, `refuse {waiting}` ends the thread"
        )


async def resume_company(office: Office, company_id: str, now: datetime) -> Done:
    """Lets every cycle of a company go on that rests because of what came in (R6)."""
    async with transaction(office.pool) as conn:
        resting = await steering.resume_company(conn, company_id, office.rules, now)
    untold = await tell(office, resting, "resume")
    words = f"{count(len(resting), 'cycle')} of {company_id} go{'es' if len(resting) == 1 else ''} on."
    if not resting:
        words = f"No cycle of {company_id} rests."
    return Done(words=words, cycle_ids=tuple(resting), changed=bool(resting), untold=untold)


async def _decide(
    conn: Connection, office: Office, row: cycles.Row, decision: Decision | None, now: datetime
) -> None:
    email = await queries("steering").uncertain_email.one(conn, cycle=row["id"])
    if decision is None:
        if row["status"] == "held" and row["held_reason"] == "uncertain":
            raise errors.Refused(
                f"{row['id']} holds an e-mail whose end is unknown: look into the mail server's log, then "
                f"`resume {row['id']} --sent` if it went out, or `--again` to send it again"
            )
        return
    if email is None:
        raise errors.Refused(f"{row['id']} has no uncertain e-mail to decide on")
    if decision == "again" and row["status"] == "closed":
        raise errors.Refused(
            f"{row['id']} is closed ({ENDED[row['outcome']]}): nothing goes out in it any more. Its pairs "
            "stay used, since a server may have accepted the e-mail"
        )
    if decision == "again":
        await sending.sql.allow_resend.run(conn, log=email["id"])
        return
    refused = dict(email["refused"])
    await sending.record(conn, email["id"], Accepted(refused), office.rules, email["uncertain_at"] or now)


async def stop(office: Office, some_id: str, now: datetime) -> Done:
    """Ends a cycle for good; nobody moves on (R8)."""
    async with transaction(office.pool) as conn:
        cycle_id, _ = await find(conn, some_id)
        row = await cycles.lock(conn, cycle_id)
        await cycles.close(conn, row, "stopped", now)
    if row["status"] == "closed":
        return Done(words=f"{cycle_id} was closed already ({ENDED[row['outcome']]}).", changed=False)
    untold = await tell(office, [cycle_id], "stop")
    return Done(words=f"{cycle_id} is stopped; nobody moves on.", cycle_ids=(cycle_id,), untold=untold)


async def withdraw(
    office: Office,
    candidate_id: str,
    now: datetime,
    status: Literal["withdrawn", "placed"] = "withdrawn",
) -> Done:
    """Takes a candidate out of every open cycle at once (R15)."""
    async with transaction(office.pool) as conn:
        touched = await steering.withdraw(conn, candidate_id, status, office.rules, now)
        stands = await steering.sql.candidate_status.value(conn, candidate=candidate_id)
    untold = await tell(office, touched, "candidate_withdrawn")
    words = f"{candidate_id} is {stands} and leaves {count(len(touched), 'open cycle')}."
    return Done(words=words, cycle_ids=tuple(touched), untold=untold)


async def close_role(
    office: Office, role_id: str, now: datetime, status: Literal["closed", "filled"] = "closed"
) -> Done:
    """Closes a role for good; its cycle ends at once and the candidates move on (R15)."""
    async with transaction(office.pool) as conn:
        touched = await steering.close_role(conn, role_id, status, office.rules, now)
        stands = await steering.sql.role_status.value(conn, role=role_id)
    untold = await tell(office, touched, "role_closed")
    words = f"{role_id} is {stands}; {count(len(touched), 'open cycle')} ended."
    return Done(words=words, cycle_ids=tuple(touched), untold=untold)


async def catch_up(office: Office, now: datetime) -> Done:
    """Brings every open cycle in line with the records, after a load (R15)."""
    async with transaction(office.pool) as conn:
        touched = await steering.catch_up(conn, office.rules, now)
    untold = await tell(office, touched, "candidate_withdrawn")
    return Done(
        words=f"{count(len(touched), 'open cycle')} changed with the records.",
        cycle_ids=tuple(touched),
        changed=bool(touched),
        untold=untold,
    )


PATIENCE = 10.0
"""Seconds for which somebody waits for an attempt in flight to end, or for Temporal to hear a word."""


async def hold_all(office: Office, now: datetime, *, look: float = 0.2, within: float | None = None) -> Done:
    """Hands nothing at all to a mail server from now on; returns when no attempt is in flight.

    With `within`, after so many seconds at the latest, and says then that one may still go.
    """
    async with transaction(office.pool) as conn:
        await sending.sql.set_hold_all.run(conn, on=True, now=now)
    clock = asyncio.get_running_loop().time
    began = clock()
    while True:
        since = now + timedelta(seconds=clock() - began) - sending.IN_FLIGHT
        async with transaction(office.pool) as conn:
            if not await sending.sql.in_flight.value(conn, since=since):
                return Done(words="Everything is held: nothing goes out until `release-all`.")
        if within is not None and clock() - began >= within:
            return Done(
                words="Everything is held until `release-all`; one e-mail was being handed over already "
                "and may still go out."
            )
        await asyncio.sleep(look)


async def release_all(office: Office, now: datetime) -> Done:
    """Lets e-mails go out again; each due one looks again within half a minute."""
    async with transaction(office.pool) as conn:
        await sending.sql.set_hold_all.run(conn, on=False, now=now)
    return Done(words="Released: what is due goes out within half a minute.")


async def nudge(office: Office, cycle_id: str | None, now: datetime, *, force: bool = False) -> Done:
    """Looks at what is overdue at once; with `force`, sends one active cycle's next follow-up now."""
    asks = False
    async with transaction(office.pool) as conn:
        if force:
            row = await _forceable(conn, cycle_id)
            asks = office.rules.needs_approval(urgent=row["urgent"])
        due = await queries("steering").overdue.all(conn, now=now, cycle=cycle_id)
    ids = [cycle_id] if force and cycle_id else [row["id"] for row in due]
    untold = await tell(office, ids, "send_next_now", SendNow(force=force))
    words = f"{count(len(ids), 'cycle')} nudged."
    if force:
        goes = "waits for approval" if asks else "goes out"
        words = f"{cycle_id}: its next follow-up {goes} now."
    return Done(words=words, cycle_ids=tuple(ids), changed=bool(ids), untold=untold)


async def _forceable(conn: Connection, cycle_id: str | None) -> cycles.Row:
    """Locks a cycle that has a follow-up to come; `errors.Refused` where there is none."""
    if cycle_id is None:
        raise errors.Refused("`--force` sends one cycle's next follow-up: name it with `--cycle ID`")
    row = await cycles.lock(conn, cycle_id)
    if row["status"] != "active" or row["stage"] is None:
        raise errors.Refused(
            f"{cycle_id} is {row['outcome'] or row['status']}: it has no follow-up to send now"
        )
    if row["stage"] == "follow_up_3":
        raise errors.Refused(f"{cycle_id} has sent its last follow-up")
    return row


async def cycle_of(office: Office, some_id: str) -> str:
    """Names a cycle by its own id or by the id of one of its e-mails; raises `errors.NotFound`."""
    async with snapshot(office.pool) as conn:
        return (await find(conn, some_id))[0]


async def find(conn: Connection, some_id: str) -> tuple[str, int | None]:
    """Finds a cycle by its own id or by the id of one of its e-mails; `errors.NotFound` otherwise."""
    found = None if "\0" in some_id else await queries("steering").cycle_of.one(conn, id=some_id)
    if found is None:
        raise errors.NotFound(f"there is no cycle and no e-mail {some_id!r}: `starter.py pending` lists them")
    return found["id"], found["log_id"]


async def tell(
    office: Office, cycle_ids: Sequence[str], kind: EventKind, payload: Model | None = None
) -> tuple[str, ...]:
    """Signals the workflows of cycles; returns those that could not be told now."""
    if office.client is None:
        return tuple(cycle_ids)
    told = await asyncio.gather(*(_tell(office, one, kind, payload) for one in cycle_ids))
    return tuple(one for one, heard in zip(cycle_ids, told, strict=True) if not heard)


async def _tell(office: Office, cycle_id: str, kind: EventKind, payload: Model | None) -> bool:
    """Returns whether the workflow heard it; one that has ended needs to hear nothing."""
    handle = office.temporal.get_workflow_handle(names.workflow_id(cycle_id))
    try:
        patience = timedelta(seconds=PATIENCE)
        await handle.signal(kind, *([] if payload is None else [payload]), rpc_timeout=patience)
    except RPCError as failed:
        return failed.status == RPCStatusCode.NOT_FOUND and not failed.message.startswith("Namespace ")
    return True


def count(number: int, noun: str) -> str:
    """Says a number with its noun, such as "1 cycle" and "2 cycles"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"

"""Taking an answer back: the database decides, then the cycle's workflow is started again."""

from __future__ import annotations

from datetime import datetime

from temporalio.service import RPCError

from db import bookings, reopening
from db.pool import transaction
from desk import reconcile, temporal
from desk.office import Office
from desk.steering import Done, find
from domain import errors, names
from domain.cadence import HELD


async def reopen(office: Office, some_id: str, now: datetime) -> Done:
    """Takes back an answer that was none, so that its cycle goes on (db/reopening.py).

    Needs Temporal: a workflow that has still to hear of the answer would mark it again. Raises
    `errors.TemporalDown`, `errors.NotFound`, and `errors.Refused` in words.
    """
    client = office.temporal
    async with transaction(office.pool) as conn:
        cycle_id, _ = await find(conn, some_id)
    try:
        if await reconcile.is_running(client, names.workflow_id(cycle_id)):
            raise errors.Refused(await _why_not(office, cycle_id))
    except RPCError as failed:
        raise temporal.down(failed) from failed
    async with transaction(office.pool) as conn:
        done = await reopening.reopen(conn, cycle_id, office.rules, now)
        (start,) = await bookings.starts(conn, [cycle_id])
    untold: tuple[str, ...] = ()
    if done.active:
        try:
            await reconcile.start_cycle(office, start, again=True)
        except RPCError:
            untold = (cycle_id,)
    return Done(words=_words(cycle_id, done), cycle_ids=(cycle_id,), untold=untold)


async def _why_not(office: Office, cycle_id: str) -> str:
    async with transaction(office.pool) as conn:
        row = await bookings.rows.find.one(conn, cycle=cycle_id)
    if row["responded_at"] is None:
        return f"{cycle_id} was never marked as answered: there is nothing to take back"
    return (
        f"the workflow of {cycle_id} has not taken note of the answer yet: try again in a moment; "
        "if no worker runs, start one, and `reconcile` tells whoever has not heard"
    )


def _words(cycle_id: str, done: reopening.Reopened) -> str:
    words = f"{cycle_id}: the answer is taken back; "
    if done.held is not None:
        until = f" until {done.until:%d %b %Y, %H:%M} UTC" if done.until else ""
        words += f"the thread is held{until}, as it was: {HELD[done.held]}."
    elif done.due is not None:
        words += f"the thread goes on, next on {done.due:%d %b %Y, %H:%M} UTC."
    else:
        words += f"it stays closed ({done.outcome})."
    if done.also:
        listed = ", ".join(map(str, done.also))
        words += f" Look at what else came in: message {listed} (`inbox show`)."
    if done.resting:
        words += f" These wait because somebody answered, until `resume ID`: {', '.join(done.resting)}."
    return words

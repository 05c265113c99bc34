"""Outcomes after a reply: the database decides, then workflows are told or started (R8, R15)."""

from __future__ import annotations

import asyncio
from datetime import datetime

from temporalio.common import SearchAttributePair, TypedSearchAttributes, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from db import outcomes
from db.pool import transaction
from desk.office import Office
from desk.steering import Done, find, tell
from domain import names
from domain.messages import DeclineStart
from domain.outcomes import PitchOutcome
from domain.wording import count
from workflows.attributes import CANDIDATES
from workflows.decline import Decline

AT_ONCE = 20
"""Workflows started at the same time: far below any server's limits."""


class Recorded(Done):
    """What recording an outcome did."""

    cycle_id: str
    candidate_id: str
    outcome: PitchOutcome
    moves_on: bool
    """The candidate's next roles are being looked for."""


async def record(
    office: Office, some_id: str, candidate_id: str, outcome: PitchOutcome, now: datetime
) -> Recorded:
    """Records what became of a candidate after a reply; the same again is harmless.

    Raises `errors.NotFound`, and `errors.Refused` for what `domain.outcomes.is_new` refuses.
    """
    async with transaction(office.pool) as conn:
        cycle_id, _ = await find(conn, some_id)
        done = await outcomes.record(conn, cycle_id, candidate_id, outcome, office.rules, now)
    untold = list(await tell(office, done.touched, "candidate_withdrawn"))
    if done.moves_on and not await start(office, cycle_id, candidate_id):
        untold.append(cycle_id)
    return Recorded(
        words=_words(office, cycle_id, candidate_id, outcome, done),
        cycle_ids=(cycle_id, *done.touched),
        changed=done.changed,
        untold=tuple(untold),
        cycle_id=cycle_id,
        candidate_id=candidate_id,
        outcome=outcome,
        moves_on=done.moves_on,
    )


async def start(office: Office, cycle_id: str, candidate_id: str) -> bool:
    """Starts the workflow that moves a declined candidate on, or finds it running; False if it cannot now.

    It may run again, harmlessly: the database knows what was booked.
    """
    if office.client is None:
        return False
    try:
        await office.client.start_workflow(
            Decline.run,
            DeclineStart(cycle_id=cycle_id, candidate_id=candidate_id),
            id=names.decline_workflow_id(cycle_id, candidate_id),
            task_queue=office.task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            search_attributes=TypedSearchAttributes([SearchAttributePair(CANDIDATES, [candidate_id])]),
            static_summary="A declined candidate moves on",
        )
    except WorkflowAlreadyStartedError:
        return True
    except RPCError:
        return False
    return True


async def take_up(office: Office) -> tuple[str, ...]:
    """Starts what moves declined candidates on wherever it was lost; names those workflows (R17)."""
    async with transaction(office.pool) as conn:
        lost = await outcomes.sql.not_moved_on.all(conn)
    gate = asyncio.Semaphore(AT_ONCE)

    async def again(cycle_id: str, candidate_id: str) -> bool:
        async with gate:
            return await start(office, cycle_id, candidate_id)

    begun = await asyncio.gather(*(again(*row) for row in lost))
    return tuple(names.decline_workflow_id(*row) for row, new in zip(lost, begun, strict=True) if new)


def _words(
    office: Office, cycle_id: str, candidate_id: str, outcome: PitchOutcome, done: outcomes.Recorded
) -> str:
    if not done.changed:
        again = " Next roles are looked for now." if done.moves_on else ""
        return f"{candidate_id} was {outcome} in {cycle_id} already.{again}"
    if outcome == "interview":
        days = office.rules.reply_expiry_days
        return f"{candidate_id} has an interview; {cycle_id} awaits an outcome for {days} days from now."
    if outcome == "placed":
        left = f"leaves {count(len(done.touched), 'open cycle')}" if done.touched else "was in no other cycle"
        return (
            f"{candidate_id} is placed and {left}. "
            f"If that fills the role: `close-role {done.role_id} --as filled`."
        )
    if done.moves_on:
        return f"{candidate_id} was declined and moves on to other roles now."
    return f"{candidate_id} was declined; nothing else follows: {_why_not()}"


def _why_not() -> str:
    return "who has moved on with the cycle does not do so again, and after `stop` nobody does."

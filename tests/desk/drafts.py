"""Letters that wait for approval, for tests of the desk: asked for by the real claim."""

from __future__ import annotations

from typing import Any

from db import sending
from db.pool import transaction
from db.sending import Claimed
from desk import approvals
from desk.office import Office
from domain.cadence import Next
from domain.drafts import Draft
from domain.letters import Accepted, Stage
from domain.rules import Rules
from tests.cast import NOW
from tests.scenes import HOUR, claim

ALL = Rules(approval="all")
DATA = "acme-robotics-data-analyst-r-data-1"


async def asked(office: Office, cycle: str = DATA, stage: Stage = "initial", **at: Any) -> Draft:
    """Has a cycle's letter asked for; returns the draft that waits."""
    step = await claim(office.pool, cycle, stage, rules=office.rules, **at)
    assert isinstance(step, Next) and step.do == "await_release" and step.why == "approval", step
    found = await approvals.waiting(office)
    return await approvals.draft(office, next(one.id for one in found.drafts if one.cycle_id == cycle))


async def cycle_row(office: Office, cycle: str = DATA) -> dict[str, Any]:
    """Reads a cycle's row."""
    return dict(await office.pool.fetchrow("select * from outreach_cycle where id = $1", cycle))


async def pitches(office: Office) -> dict[str, str]:
    """Reads the status of the data role's pitches, by candidate."""
    found = await office.pool.fetch(
        "select candidate_id, status from candidate_outreach_history where cycle_id = $1", DATA
    )
    return {one["candidate_id"]: one["status"] for one in found}


async def send_claimed(office: Office, claimed: Claimed) -> None:
    """Has a server accept a claimed letter."""
    async with transaction(office.pool) as conn:
        await sending.record(conn, claimed.log_id, Accepted({}), office.rules, NOW + HOUR)

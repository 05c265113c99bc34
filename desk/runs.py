"""Lists runs, and tells everything about one of them."""

from __future__ import annotations

from datetime import datetime

from db import runs as rows
from db import triggers
from desk.office import Office
from desk.snapshot import snapshot
from domain import errors, paging
from domain.runs import RunPage, RunRecord

_LIST = "runs"


async def runs(office: Office, now: datetime, cursor: str | None = None, most: int = paging.USUAL) -> RunPage:
    """Lists runs, the newest first; raises `errors.Refused` for a wrong cursor or `most`."""
    before = paging.place(_LIST, cursor, datetime, str)
    most = paging.bounded(most)
    async with snapshot(office.pool) as conn:
        found, more = await rows.page(conn, before=before, most=most)
    follows = None if more is None else paging.cursor(_LIST, *more)
    return RunPage(at=now, runs=tuple(found), next=follows)


async def run(office: Office, now: datetime, run_id: str) -> RunRecord:
    """Tells everything about one run; raises `errors.NotFound`, which says where one has only begun."""
    async with snapshot(office.pool) as conn:
        if await triggers.sql.is_to_plan.value(conn, run=paging.storable(run_id)):
            raise errors.NotFound(f"{run_id} has begun and has not planned yet: look again in a moment")
        return await rows.record(conn, run_id, now)

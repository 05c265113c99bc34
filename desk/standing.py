"""How things stand for whoever looks after them: what is held, who works, who may come in."""

from __future__ import annotations

from collections.abc import Mapping

from db import access, pending, suppressions, workers
from desk.office import Office
from desk.snapshot import snapshot
from desk.workers import ALIVE, differences
from domain.setup import Standing, Worker


async def standing(office: Office, told: Mapping[str, str]) -> Standing:
    """Reads it at one state of the database; `told` is what this server would tell a worker."""
    async with snapshot(office.pool) as conn:
        live = await workers.live(conn, office.task_queue, ALIVE)
        return Standing(
            hold_all=await pending.hold_all(conn),
            postgresql=await workers.sql.server.value(conn),
            workers=tuple(Worker(id=one.id, started_at=one.started_at) for one in live),
            differences=tuple(differences(told, live)),
            tokens=tuple(await access.tokens(conn)),
            suppressed=await suppressions.sql.total.value(conn),
        )

"""The day at a glance."""

from __future__ import annotations

from datetime import datetime

from db import today as rows
from desk import figures
from desk.office import Office
from desk.snapshot import snapshot
from domain import errors
from domain.today import Today


async def today(office: Office, now: datetime) -> Today:
    """Tells what went out and came in today, what is due in 24 hours, and what wants a person's eye.

    That Temporal cannot be asked is a warning here: the day is in the database.
    """
    async with snapshot(office.pool) as conn:
        found = await rows.today(conn, office.rules, now)
    try:
        said = await figures.no_run(office) if found["key"].waiting else []
    except errors.Unavailable as down:
        said = [str(down)]
    return Today(at=now, warnings=tuple(said), **found)

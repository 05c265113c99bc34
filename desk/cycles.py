"""Lists cycles for a person who looks for some of them."""

from __future__ import annotations

from datetime import datetime

from db import cycle_lines
from desk.office import Office
from desk.snapshot import snapshot
from domain import paging
from domain.cycles import CyclePage, Filters

_LIST = "cycles"


async def cycles(
    office: Office,
    now: datetime,
    filters: Filters | None = None,
    cursor: str | None = None,
    most: int = paging.USUAL,
) -> CyclePage:
    """Lists cycles, the newest first; a page loses and repeats none, whatever is started meanwhile.

    Raises `errors.NotFound` for an id that no record has, `errors.Refused` for a wrong cursor or `most`.
    """
    (before,) = paging.place(_LIST, cursor, int)
    most = paging.bounded(most)
    async with snapshot(office.pool) as conn:
        found, more = await cycle_lines.page(conn, filters or Filters(), now, before=before, most=most)
    follows = None if more is None else paging.cursor(_LIST, more)
    return CyclePage(at=now, cycles=tuple(found), next=follows)

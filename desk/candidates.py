"""Lists candidates with their momentum, and tells everything about one of them."""

from __future__ import annotations

from datetime import date, datetime

from db import candidates as rows
from desk.office import Office
from desk.snapshot import snapshot
from domain import paging
from domain.candidates import CandidatePage, CandidateRecord, Filters

_LIST = "candidates"


async def candidates(
    office: Office,
    now: datetime,
    filters: Filters | None = None,
    cursor: str | None = None,
    most: int = paging.USUAL,
) -> CandidatePage:
    """Lists candidates, urgent ones first, then by start; who is no longer to be had comes last.

    Raises `errors.Refused` for a wrong cursor or `most`.
    """
    after = paging.place(_LIST, cursor, int, date, str)
    most = paging.bounded(most)
    async with snapshot(office.pool) as conn:
        found, more = await rows.page(conn, office.rules, filters or Filters(), now, after=after, most=most)
    follows = None if more is None else paging.cursor(_LIST, *more)
    return CandidatePage(at=now, candidates=tuple(found), next=follows)


async def candidate(office: Office, now: datetime, candidate_id: str) -> CandidateRecord:
    """Tells everything about one candidate but their contact details; raises `errors.NotFound`."""
    async with snapshot(office.pool) as conn:
        return await rows.record(conn, office.rules, candidate_id, now)

"""Lists companies with what went to them and what came back, and tells everything about one of them."""

from __future__ import annotations

from datetime import datetime

from db import companies as rows
from desk.office import Office
from desk.snapshot import snapshot
from domain import paging
from domain.companies import CompanyPage, CompanyRecord, Filters

_LIST = "companies"


async def companies(
    office: Office,
    now: datetime,
    filters: Filters | None = None,
    cursor: str | None = None,
    most: int = paging.USUAL,
) -> CompanyPage:
    """Lists companies by name; raises `errors.Refused` for a wrong cursor or `most`."""
    after = paging.place(_LIST, cursor, str, str)
    most = paging.bounded(most)
    async with snapshot(office.pool) as conn:
        found, more = await rows.page(conn, office.rules, filters or Filters(), now, after=after, most=most)
    follows = None if more is None else paging.cursor(_LIST, *more)
    return CompanyPage(at=now, companies=tuple(found), next=follows)


async def company(office: Office, now: datetime, company_id: str) -> CompanyRecord:
    """Tells everything about one company; raises `errors.NotFound`."""
    async with snapshot(office.pool) as conn:
        return await rows.record(conn, office.rules, company_id, now)

"""Reads companies for a person: touches, replies, slots, and who waits for one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from db import cycle_lines, planning, received
from db.pool import Connection
from db.sql import queries
from domain import cycles, errors, paging
from domain.companies import CompanyLine, CompanyRecord, CompanyRole, Contact, Filters, Week
from domain.cycles import CycleLine
from domain.planning import order
from domain.rules import Rules

sql = queries("companies")

LATEST = 20
WEEKS = 26


async def page(
    conn: Connection, rules: Rules, filters: Filters, now: datetime, *, after: Sequence[Any], most: int
) -> tuple[list[CompanyLine], tuple[str, str] | None]:
    """Lists companies by name and the place after which more of them follow."""
    rows = await _rows(conn, rules, filters, now, after=after, most=most + 1)
    last = rows[most - 1] if len(rows) > most else None
    return [_line(row) for row in rows[:most]], None if last is None else (last["by_name"], last["id"])


async def record(conn: Connection, rules: Rules, company_id: str, now: datetime) -> CompanyRecord:
    """Reads one company in full; raises `errors.NotFound`."""
    wanted = paging.storable(company_id)
    rows = await _rows(conn, rules, Filters(), now, after=(None, None), most=1, id=wanted)
    if not rows:
        raise errors.NotFound(f"there is no company {company_id!r}")
    (row,) = rows
    terms = planning.terms(rules, rules.today(now))
    contacts = await sql.contacts.all(conn, company=wanted, most=paging.MOST)
    roles = await sql.roles.all(conn, company=wanted, most=paging.MOST, **terms)
    weeks = await sql.weeks.all(conn, company=wanted, most=WEEKS)
    latest, _ = await _cycles(conn, now, wanted, LATEST)
    return CompanyRecord(
        **_line(row).model_dump(),
        **{name: row[name] for name in ("website", "time_zone", "specialist_email")},
        suppressed_why=await sql.suppressed_why.value(conn, company=wanted),
        contacts=tuple(Contact.model_validate(dict(one)) for one in contacts),
        roles=tuple(CompanyRole.model_validate(dict(one)) for one in roles),
        cycles=tuple(latest),
        queue=await _queue(conn, rules, wanted, now) if row["waiting"] else (),
        weeks=tuple(Week.model_validate(dict(one)) for one in weeks),
        messages=tuple(await received.of_company(conn, wanted, LATEST)),
    )


async def _cycles(
    conn: Connection, now: datetime, company_id: str, most: int, **asked: Any
) -> tuple[list[CycleLine], int | None]:
    filters = cycles.Filters(company_id=company_id, **asked)
    return await cycle_lines.page(conn, filters, now, before=None, most=most)


async def _queue(conn: Connection, rules: Rules, company_id: str, now: datetime) -> tuple[CycleLine, ...]:
    """Sorts the waiting cycles as a run would (R4); what asks for no slot now comes last."""
    today = rules.today(now)
    waiting, _ = await _cycles(conn, now, company_id, paging.MOST, status="waiting")
    asking = await planning.asks(conn, rules, today, companies=[company_id])
    asks = sorted(
        (one for one in asking.asks if one.cycle_id and one.alone()), key=lambda one: order(one, today)
    )
    places = {one.cycle_id: place for place, one in enumerate(asks)}
    return tuple(sorted(waiting, key=lambda one: (places.get(one.id, len(places)), one.created_at)))


async def _rows(
    conn: Connection,
    rules: Rules,
    filters: Filters,
    now: datetime,
    *,
    after: Sequence[Any],
    most: int,
    id: str | None = None,
) -> list[Any]:
    name, last = after
    found: list[Any] = await sql.page.all(
        conn,
        **filters.model_dump(exclude={"q"}),
        pattern=paging.like(filters.q) if filters.q.strip() else None,
        weekly_limit=rules.weekly_limit,
        week=rules.week(now),
        after_name=name,
        after_id=last,
        id=id,
        most=most,
    )
    return found


def _line(row: Any) -> CompanyLine:
    values = {name: value for name, value in dict(row).items() if name in CompanyLine.model_fields}
    return CompanyLine(**values | {"weekly_limit": row["week_limit"]})

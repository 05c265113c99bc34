"""R6: when a company's sending window is open, by the clock on its own wall."""

from __future__ import annotations

from datetime import datetime

from db.pool import Connection
from db.sql import queries
from domain import calendar
from domain.rules import Rules
from domain.window import next_opening


async def opening(conn: Connection, company_id: str, moment: datetime, rules: Rules) -> datetime:
    """Names the first instant from `moment` on at which letters go out to a company.

    A company without a time zone of its own has the organisation's. Without a window: `moment` itself.
    """
    if rules.window is None:
        return moment
    named = await queries("sending").time_zone_of.value(conn, company=company_id)
    zone = calendar.named_zone(named) if named else rules.zone
    return next_opening(moment, rules.window, zone)

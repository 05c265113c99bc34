"""R16: the organisation's local dates and weeks, from instants in UTC."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_NO_PLACE = {"Factory", "localtime"}
"""What stands among the time zones of some machines and means nothing on others, PostgreSQL's included."""


def named_zone(name: str) -> ZoneInfo:
    """Returns the IANA time zone of a name, one that PostgreSQL knows as well; else raises ValueError."""
    if name not in _zones():
        raise ValueError(name)
    return ZoneInfo(name)


@cache
def _zones() -> set[str]:
    return available_timezones() - _NO_PLACE


def local_date(now: datetime, zone: ZoneInfo) -> date:
    """Names the organisation's date at an instant."""
    return now.astimezone(zone).date()


def week_start(day: date) -> date:
    """Names the Monday of a day's week; a week runs Monday to Sunday (R5)."""
    return day - timedelta(days=day.weekday())


def end_of_wait(now: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Names the instant at which `days` local days have passed since `now` (a day may have 23 hours)."""
    local = now.astimezone(zone)
    return datetime.combine(local.date() + timedelta(days=days), local.timetz()).astimezone(ZoneInfo("UTC"))


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Names the instant at which a local day begins."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(ZoneInfo("UTC"))

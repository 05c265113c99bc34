"""R6: the sending window: on which days and at what local hours letters go out, and the next opening."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = timedelta(days=1)
_EXPECTED = "expected days and hours such as Mon-Fri 09:00-17:00, or Mon,Wed-Thu 8:30-12:00"
_TEXT = re.compile(r"(?P<days>[a-z,\s-]+?)\s+(?P<opens>\d{1,2}:\d\d)\s*-\s*(?P<closes>\d{1,2}:\d\d)", re.I)
_LONGEST_CLOSED = 400
"""Days to look ahead: every weekday has a working day within a year, whatever the country's holidays."""

WORKING_DAYS = frozenset({1, 2, 3, 4, 5})
"""Monday to Friday, as ISO weekdays."""


class Window(BaseModel):
    """The days (ISO weekdays, 1 to 7) and the local hours at which letters go out.

    Open from `opens` until just before `closes`, by the clock on the wall; `closes` at 00:00 is the end of
    the day. A window over midnight is refused: what belongs to which day would be a matter of taste.
    `holidays` is a country (`GB`) or a part of one (`US-NY`) whose public holidays are closed days.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: frozenset[int]
    opens: time
    closes: time
    holidays: str | None = None

    @classmethod
    def parse(cls, text: str, holidays: str | None = None) -> Self:
        """Reads a setting such as `Mon-Fri 09:00-17:00`; raises ValueError with what was expected."""
        found = _TEXT.fullmatch(text.strip().replace("–", "-"))
        if found is None:
            raise ValueError(_EXPECTED)
        opens, closes = (
            _clock(found["opens"]),
            _clock("0:00" if found["closes"] == "24:00" else found["closes"]),
        )
        try:
            return cls(days=_days(found["days"]), opens=opens, closes=closes, holidays=holidays or None)
        except ValidationError as wrong:
            raise ValueError(str(wrong.errors()[0]["msg"]).removeprefix("Value error, ")) from None

    def __str__(self) -> str:
        closes = "24:00" if self.closes == time() else f"{self.closes:%H:%M}"
        return f"{_spelt(self.days)} {self.opens:%H:%M}-{closes}"

    def is_open(self, local: datetime) -> bool:
        """Tells whether letters go out at a local date and time."""
        clock = local.time()
        return (
            self.opens <= clock
            and (clock < self.closes or self.closes == time())
            and is_working_day(local.date(), self.holidays, self.days)
        )

    @field_validator("holidays")
    @classmethod
    def _known_country(cls, value: str | None) -> str | None:
        return None if value is None else country(value)

    @model_validator(mode="after")
    def _opens_at_all(self) -> Self:
        if not self.days or not self.days <= set(range(1, 8)):
            raise ValueError(f"{_EXPECTED}; ISO weekdays are 1 to 7, at least one")
        if self.opens.tzinfo or self.closes.tzinfo:
            raise ValueError(f"{_EXPECTED}; local hours, without a time zone")
        if self.closes != time() and self.opens >= self.closes:
            raise ValueError(f"{_EXPECTED}; it closes after it opens, on the same day (24:00 is its end)")
        if not any(is_working_day(day, self.holidays, self.days) for day in _days_from(date(2026, 1, 1))):
            raise ValueError(f"{_EXPECTED}; on these days it is always a holiday in {self.holidays}")
        return self


def next_opening(moment: datetime, window: Window | None, zone: ZoneInfo) -> datetime:
    """Names the first instant from `moment` on at which the window is open in `zone`; both are UTC.

    The clock on the wall decides: hours that a change to summer time skips do not exist, an opening in
    them begins when they are over; hours that come twice are open twice. Without a window, and inside of
    it, that is `moment` itself. Raises ValueError for a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment}: expected an instant with its time zone")
    moment = moment.astimezone(UTC)
    if window is None or window.is_open(moment.astimezone(zone)):
        return moment
    for day in _days_from(moment.astimezone(zone).date() - _DAY):
        # Two days at once: where a clock goes back over midnight, the later date has the earlier instant.
        begins = (at for one in (day, day + _DAY) for at in _beginnings(one, window, zone))
        if found := [at for at in begins if at >= moment and window.is_open(at.astimezone(zone))]:
            return min(found)
    raise ValueError(f"{window}: no opening within {_LONGEST_CLOSED} days of {moment:%Y-%m-%d}")


def working_day_after(
    day: date, n: int, holidays: str | None = None, days: frozenset[int] = WORKING_DAYS
) -> date:
    """Names the n-th working day after `day`, which itself does not count.

    `days` are ISO weekdays, `holidays` a country as in `Window`. Raises ValueError for an n below 1, and
    where no working day is left.
    """
    if n < 1:
        raise ValueError(f"{n}: expected a number of working days from 1 on")
    working = day
    for _ in range(n):
        following = (one for one in _days_from(working + _DAY) if is_working_day(one, holidays, days))
        found = next(following, None)
        if found is None:
            raise ValueError(f"no working day within {_LONGEST_CLOSED} days of {working}")
        working = found
    return working


def is_working_day(day: date, holidays: str | None = None, days: frozenset[int] = WORKING_DAYS) -> bool:
    """Tells whether a date is one of the weekdays and no public holiday of the country."""
    return day.isoweekday() in days and (holidays is None or day not in _public_holidays(holidays, day.year))


def country(code: str) -> str:
    """Reads a country or a part of one, such as GB or US-NY (ISO 3166); raises ValueError in words."""
    code = code.strip().upper()
    try:
        _public_holidays(code, 2026)
    except NotImplementedError as unknown:
        raise ValueError(f"expected a country such as GB or US-NY with known holidays ({unknown})") from None
    return code


@cache
def _public_holidays(code: str, year: int) -> frozenset[date]:
    """A year's public holidays, those included that a neighbouring year moves into it."""
    import holidays  # two tenths of a second, which only those with a country pay

    name, _, part = code.partition("-")
    years = range(max(year - 1, 1), min(year + 2, 9999))
    return frozenset(day for day in holidays.country_holidays(name, part or None, years) if day.year == year)


def _beginnings(day: date, window: Window, zone: ZoneInfo) -> Iterator[datetime]:
    """The instants of a local day at which the window may begin to be open: its hour, or a changed clock."""
    yield from (at for at in _turns(day, window, zone) if at.astimezone(zone).date() == day)


def _turns(day: date, window: Window, zone: ZoneInfo) -> Iterator[datetime]:
    for fold in (0, 1):
        yield datetime.combine(day, window.opens, zone).replace(fold=fold).astimezone(UTC)
    noon = datetime.combine(day, time(12), zone).astimezone(UTC)
    low, high = noon - timedelta(hours=18), noon + timedelta(hours=18)
    if _offset(low, zone) != _offset(high, zone):
        while high - low > timedelta(seconds=1):
            middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
            low, high = (middle, high) if _offset(middle, zone) == _offset(low, zone) else (low, middle)
        yield high


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta | None:
    return instant.astimezone(zone).utcoffset()


def _days_from(day: date) -> Iterator[date]:
    return (day + number * _DAY for number in range(_LONGEST_CLOSED))


def _clock(text: str) -> time:
    hour, minute = map(int, text.split(":"))
    if hour > 23 or minute > 59:
        raise ValueError(f"{_EXPECTED}; {text} is no time of day")
    return time(hour, minute)


def _days(text: str) -> frozenset[int]:
    """Reads `Mon-Fri`, `Mon,Wed-Thu` or `Sat-Mon`; names may be longer than three letters."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        low = _weekday(first)
        found.update((low - 1 + step) % 7 + 1 for step in range((_weekday(last or first) - low) % 7 + 1))
    return frozenset(found)


def _spelt(days: frozenset[int]) -> str:
    """Spells weekdays as `_days` reads them, those that follow each other as from-to."""
    parts: list[list[int]] = []
    for day in sorted(days):
        if parts and parts[-1][-1] == day - 1:
            parts[-1].append(day)
        else:
            parts.append([day])
    return ",".join("-".join(_NAMES[day - 1][:3] for day in sorted({part[0], part[-1]})) for part in parts)


def _weekday(text: str) -> int:
    name = text.strip().capitalize()
    for number, full in enumerate(_NAMES, start=1):
        if len(name) >= 3 and full.startswith(name):
            return number
    raise ValueError(f"{_EXPECTED}; {text.strip()!r} is no weekday")

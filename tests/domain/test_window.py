"""R6: the sending window, over clocks that change, holidays and every way of writing it wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.window import Window, country, is_working_day, next_opening, working_day_after

MINUTE = timedelta(minutes=1)
OFFICE = Window.parse("Mon-Fri 09:00-17:00")
LONDON = ZoneInfo("Europe/London")
ODD_ZONES = (
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour
    "America/Havana",  # forward at midnight, back at one
    "America/Sao_Paulo",  # back over midnight, until 2019
    "Africa/Cairo",  # at midnight, on Fridays
    "Asia/Tehran",
    "America/St_Johns",  # at one minute past midnight, until 2011: a day begins twice
    "Antarctica/Troll",  # two hours
    "Asia/Kathmandu",
    "Pacific/Apia",  # had no 30 December 2011
)


@cache
def changes(zone: ZoneInfo) -> list[datetime]:
    """The hours of 2006 to 2026 in which a zone's clock changes."""
    hours = [datetime(2006, 1, 1, tzinfo=UTC) + timedelta(hours=6 * number) for number in range(21 * 366 * 4)]
    offsets = [hour.astimezone(zone).utcoffset() for hour in hours]
    return [hour for hour, one, other in zip(hours, offsets, offsets[1:], strict=False) if one != other]


@st.composite
def moments(draw: st.DrawFn) -> tuple[datetime, ZoneInfo]:
    """Instants around a changing clock, and any others."""
    zone = ZoneInfo(draw(st.sampled_from(ODD_ZONES)))
    near = draw(st.sampled_from(changes(zone) or [datetime(2026, 3, 1, tzinfo=UTC)]))
    return near + timedelta(minutes=draw(st.integers(-2 * 24 * 60, 24 * 60))), zone


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """Windows of any length; those of the small hours meet the changing clocks."""
    top = draw(st.sampled_from([4 * 60, 24 * 60]))
    opens = draw(st.integers(0, top - 1))
    closes = draw(st.integers(opens + 1, top))
    days = draw(st.sets(st.integers(1, 7), min_size=3))
    return Window(days=frozenset(days), opens=clock(opens), closes=clock(closes))


def clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def reference(moment: datetime, window: Window, zone: ZoneInfo) -> datetime:
    """Minute by minute, by the clock on the wall."""
    last = window.closes.hour * 60 + window.closes.minute or 24 * 60
    while True:
        local = moment.astimezone(zone)
        minute = local.hour * 60 + local.minute
        if (
            local.isoweekday() in window.days
            and window.opens.hour * 60 + window.opens.minute <= minute < last
        ):
            return moment
        moment += MINUTE


@given(moments(), windows())
@example(
    (datetime(2009, 11, 1, 2, 0, tzinfo=UTC), ZoneInfo("America/St_Johns")), Window.parse("Mon-Sun 0:00-0:01")
)
@example((datetime(2011, 12, 29, 12, 0, tzinfo=UTC), ZoneInfo("Pacific/Apia")), OFFICE)
@settings(max_examples=60, deadline=None)
def test_it_is_what_watching_the_clock_gives(at: tuple[datetime, ZoneInfo], window: Window) -> None:
    moment, zone = at
    assert next_opening(moment, window, zone) == reference(moment, window, zone)


@given(moments(), windows(), st.timedeltas(timedelta(), timedelta(days=3)))
@settings(max_examples=150, deadline=None)
def test_it_is_open_never_earlier_stays_and_keeps_the_order(
    at: tuple[datetime, ZoneInfo], window: Window, later: timedelta
) -> None:
    moment, zone = at
    opening = next_opening(moment, window, zone)
    assert window.is_open(opening.astimezone(zone))
    assert opening >= moment and opening.tzinfo is UTC
    assert next_opening(opening, window, zone) == opening
    assert next_opening(moment + later, window, zone) >= opening


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-03-04T10:00:30.5+00:00", "2026-03-04T10:00:30.5+00:00"),
        ("2026-03-04T08:59:59+00:00", "2026-03-04T09:00:00+00:00"),
        ("2026-03-04T17:00:00+00:00", "2026-03-05T09:00:00+00:00"),
        ("2026-03-06T18:00:00+00:00", "2026-03-09T09:00:00+00:00"),
        ("2026-03-27T18:00:00+00:00", "2026-03-30T08:00:00+00:00"),  # summer time has begun
        ("2026-10-23T18:00:00+01:00", "2026-10-26T09:00:00+00:00"),  # and ended
    ],
)
def test_letters_wait_for_office_hours(moment: str, opening: str) -> None:
    assert next_opening(datetime.fromisoformat(moment), OFFICE, LONDON) == datetime.fromisoformat(opening)


def test_an_opening_in_a_skipped_hour_begins_after_it() -> None:
    window = Window.parse("Sun 01:30-06:00")
    night = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)  # London's clock goes from 01:00 to 02:00 at 01:00 UTC
    assert next_opening(night, window, LONDON) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_a_window_within_a_skipped_hour_does_not_open_that_day() -> None:
    window = Window.parse("Sun 01:15-01:45")
    night = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert next_opening(night, window, LONDON) == datetime(2026, 4, 5, 0, 15, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_open_twice() -> None:
    window = Window.parse("Sun 01:15-01:45")
    first = datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    assert next_opening(first - MINUTE, window, LONDON) == first
    assert next_opening(first + timedelta(minutes=31), window, LONDON) == first + timedelta(hours=1)


def test_holidays_are_closed() -> None:
    british = Window.parse("Mon-Fri 09:00-17:00", "gb")
    christmas = datetime(2026, 12, 24, 18, 0, tzinfo=UTC)
    # Friday 25, the weekend, and Monday 28 for Boxing Day, which falls on a Saturday
    assert next_opening(christmas, british, LONDON) == datetime(2026, 12, 29, 9, 0, tzinfo=UTC)
    assert next_opening(christmas, OFFICE, LONDON) == datetime(2026, 12, 25, 9, 0, tzinfo=UTC)


def test_a_holiday_is_the_local_one() -> None:
    window = Window.parse("Mon-Sun 00:00-24:00", "US-NY")
    eve = datetime(2026, 11, 26, 4, 59, tzinfo=UTC)
    york = ZoneInfo("America/New_York")
    assert next_opening(eve, window, york) == eve
    assert next_opening(eve + MINUTE, window, york) == datetime(2026, 11, 27, 5, 0, tzinfo=UTC), (
        "Thanksgiving"
    )


def test_a_holiday_that_moves_into_the_year_before_counts() -> None:
    assert not is_working_day(date(2021, 12, 31), "US"), "New Year's Day 2022 was a Saturday"


def test_without_a_window_nothing_waits() -> None:
    night = datetime(2026, 3, 7, 3, 0, tzinfo=UTC)
    assert next_opening(night, None, LONDON) == night


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        next_opening(datetime(2026, 3, 7, 3, 0), OFFICE, LONDON)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "days", "opens", "closes"),
    [
        ("Mon-Fri 09:00-17:00", {1, 2, 3, 4, 5}, time(9), time(17)),
        ("  mon , WED-thursday  8:30 - 12:05 ", {1, 3, 4}, time(8, 30), time(12, 5)),
        ("Sat–Mon 00:00–24:00", {6, 7, 1}, time(0), time(0)),
        ("Sun 23:59-24:00", {7}, time(23, 59), time(0)),
    ],
)
def test_a_window_is_read_as_people_write_it(text: str, days: set[int], opens: time, closes: time) -> None:
    window = Window.parse(text)
    assert (window.days, window.opens, window.closes) == (days, opens, closes)


@given(windows())
def test_its_text_reads_as_itself(window: Window) -> None:
    assert Window.parse(str(window)) == window


def test_its_text_is_short() -> None:
    assert str(Window.parse("Thu-Fri,Mon,Tue,Sun 9:00-24:00")) == "Mon-Tue,Thu-Fri,Sun 09:00-24:00"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "such as Mon-Fri 09:00-17:00"),
        ("09:00-17:00", "such as Mon-Fri"),
        ("Mon-Fri", "such as Mon-Fri"),
        ("Mon-Fry 09:00-17:00", "'Fry' is no weekday"),
        ("Mo 09:00-17:00", "'Mo' is no weekday"),
        ("Mon, 09:00-17:00", "'' is no weekday"),
        ("Mon 09:00-25:00", "25:00 is no time of day"),
        ("Mon 9:60-17:00", "9:60 is no time of day"),
        ("Mon 22:00-06:00", "closes after it opens, on the same day"),
        ("Mon 09:00-09:00", "closes after it opens"),
    ],
)
def test_a_wrong_window_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(ValueError, match="expected days and hours") as refused:
        Window.parse(text)
    assert why in str(refused.value)


@pytest.mark.parametrize("code", ["XX", "GB-XYZ", "Atlantis", "-"])
def test_an_unknown_country_is_refused_in_words(code: str) -> None:
    with pytest.raises(ValueError, match="expected a country such as GB or US-NY"):
        Window.parse("Mon-Fri 09:00-17:00", code)


def test_a_window_that_never_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Window(days=frozenset(), opens=time(9), closes=time(17))
    with pytest.raises(ValueError, match="1 to 7"):
        Window(days=frozenset({0, 1}), opens=time(9), closes=time(17))


def test_a_window_that_only_holidays_would_open_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    always = frozenset(date(year, 1, 1) + timedelta(days=n) for year in (2026, 2027) for n in range(365))
    monkeypatch.setattr("domain.window._public_holidays", lambda code, year: always)
    with pytest.raises(ValueError, match="always a holiday in GB"):
        Window.parse("Sun 09:00-17:00", "GB")


def test_countries_are_known_by_their_codes() -> None:
    assert [country(code) for code in ("gb", " us-ny", "DE-BY")] == ["GB", "US-NY", "DE-BY"]


@pytest.mark.parametrize(
    ("day", "n", "holidays", "working"),
    [
        (date(2026, 3, 9), 1, None, date(2026, 3, 10)),
        (date(2026, 3, 6), 1, None, date(2026, 3, 9)),  # a Friday
        (date(2026, 3, 7), 1, None, date(2026, 3, 9)),  # a Saturday
        (date(2026, 3, 6), 5, None, date(2026, 3, 13)),
        (date(2026, 12, 24), 1, "GB", date(2026, 12, 29)),
    ],
)
def test_a_working_day_after_passes_over_weekends_and_holidays(
    day: date, n: int, holidays: str | None, working: date
) -> None:
    assert working_day_after(day, n, holidays) == working


@given(
    st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(1, 30), st.sets(st.integers(1, 7), min_size=1)
)
def test_just_n_working_days_lie_up_to_the_nth(day: date, n: int, days: set[int]) -> None:
    working = working_day_after(day, n, None, frozenset(days))
    between = [day + timedelta(days=number) for number in range(1, (working - day).days + 1)]
    assert sum(one.isoweekday() in days for one in between) == n
    assert working.isoweekday() in days


@pytest.mark.parametrize(("n", "days"), [(0, {1}), (-1, {1}), (1, set())])
def test_no_working_day_is_refused(n: int, days: set[int]) -> None:
    with pytest.raises(ValueError, match="working day"):
        working_day_after(date(2026, 3, 9), n, None, frozenset(days))

"""What a person asks about what works: counts, rates, times; the same for command, endpoint and page."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from db import analytics as counted
from desk.office import Office
from desk.snapshot import snapshot
from domain import spreadsheets
from domain.analytics import Analytics, Period
from domain.analytics_table import HEADER, lines

LISTED = 50
"""Groups of one kind that are listed: a page's worth."""
EVERY = 1_000_000
"""Groups of one kind in a download."""


async def analytics(office: Office, now: datetime, period: Period, *, most: int = LISTED) -> Analytics:
    """Counts what became of a period's threads, at one state of the database."""
    async with snapshot(office.pool) as conn:
        return await counted.analytics_of(conn, office.rules, period, now, most)


async def csv(office: Office, now: datetime, period: Period) -> str:
    """Writes the same as one table in CSV, every group in it, safe to open in a spreadsheet."""
    return written(await analytics(office, now, period, most=EVERY))


def written(found: Analytics) -> str:
    """Writes what was counted as one table in CSV."""
    return spreadsheets.table(HEADER, lines(found))


@dataclass(slots=True)
class Lately:
    """Keeps what was counted while no thread has moved on, so that a second look costs nothing.

    What loads and time alone change (names, days to start, threads that grow older) is `LIFE` old at most.
    """

    LIFE = timedelta(seconds=30)
    PERIODS = 16

    _kept: dict[tuple[Period, int], tuple[int, date, Analytics]] = field(default_factory=dict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def csv(self, office: Office, now: datetime, period: Period) -> str:
        """Writes what `csv` does, or would have a moment ago."""
        return written(await self.analytics(office, now, period, most=EVERY))

    async def analytics(
        self, office: Office, now: datetime, period: Period, *, most: int = LISTED
    ) -> Analytics:
        """Returns what `analytics` does, or did a moment ago; who comes meanwhile waits for the same."""
        async with self._turn:
            async with snapshot(office.pool) as conn:
                version = await counted.version(conn)
                today = office.rules.today(now)
                known = self._kept.get((period, most))
                if known and known[:2] == (version, today) and abs(now - known[2].at) < self.LIFE:
                    return known[2]
                found = await counted.analytics_of(conn, office.rules, period, now, most)
            self._kept.pop((period, most), None)
            self._kept[period, most] = (version, today, found)
            if len(self._kept) > self.PERIODS:
                del self._kept[next(iter(self._kept))]
            return found

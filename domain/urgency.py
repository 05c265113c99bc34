"""R3: which candidates must be placed soon."""

from __future__ import annotations

from datetime import date, timedelta

DAYS_WITH_VISA = 120
DAYS_WITHOUT_VISA = 60


def days_to_start(start_date: date, today: date) -> int:
    """Counts the days from `today` (the organisation's local date) to the start; negative if past."""
    return (start_date - today).days


def is_urgent(*, visa_required: bool, start_date: date, today: date) -> bool:
    """Tells whether fewer than 120 days (visa needed) or 60 days (not needed) are left (R3)."""
    return days_to_start(start_date, today) < (DAYS_WITH_VISA if visa_required else DAYS_WITHOUT_VISA)


def urgent_before(today: date, *, visa_required: bool) -> date:
    """Names the day before which whoever starts is urgent on `today` (R3)."""
    return today + timedelta(days=DAYS_WITH_VISA if visa_required else DAYS_WITHOUT_VISA)

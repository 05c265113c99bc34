"""The settings that rules depend on, as one value that steps and queries are given (SPEC section 6)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from domain import calendar
from domain.window import Window

Approval = Literal["off", "urgent", "all"]
APPROVALS: tuple[Approval, ...] = ("off", "urgent", "all")
"""Each asks for more letters than the one before."""


class Rules(BaseModel):
    """What an organisation set; defaults are SPEC's."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    follow_up_interval: timedelta = timedelta(hours=48)
    weekly_limit: int = 1
    zone: ZoneInfo = ZoneInfo("UTC")
    min_match_score: float = 0.0
    max_live_pitches: int = 3
    max_wait_days: int = 14
    role_rest_days: int = 0
    reply_expiry_days: int = 21
    max_generations: int | None = None
    on_uncertain_send: Literal["resend", "hold"] = "resend"
    window: Window | None = None
    """When letters go out, by each company's own clock; None means at any time (R6)."""
    approval: Approval = "off"
    """Whose letters a person approves before they go out: nobody's, urgent cycles', everybody's."""

    def needs_approval(self, *, urgent: bool) -> bool:
        """Tells whether the letters of a cycle wait for a person's word."""
        return self.approval == "all" or (self.approval == "urgent" and urgent)

    def today(self, now: datetime) -> date:
        """Names the organisation's date at an instant (R16)."""
        return calendar.local_date(now, self.zone)

    def week(self, now: datetime) -> date:
        """Names the Monday of the organisation's week at an instant (R5)."""
        return calendar.week_start(self.today(now))

    def end_of_wait(self, now: datetime) -> datetime:
        """Names the instant at which a wait for a slot that begins now runs out (R8)."""
        return calendar.end_of_wait(now, self.max_wait_days, self.zone)

"""Whole cycles at the true 48 hours, in skipped time, on real services (R6)."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from domain.letters import STAGES
from tests.stage import Stage


async def test_a_silent_cycle_sends_four_letters_48_hours_apart(play: Stage) -> None:
    counts = await play.launch(roles=("r-data",))
    assert counts.planned == counts.started == 1
    acme = await play.thread("r-data")
    end = await acme.end()
    assert end.outcome == "no_response"
    emails = await acme.emails()
    assert [email["stage"] for email in emails] == list(STAGES)
    gaps = [later["sent_at"] - earlier["sent_at"] for earlier, later in pairwise(emails)]
    assert all(abs(gap - timedelta(hours=48)) < timedelta(seconds=5) for gap in gaps), gaps
    closed = (await acme.row())["closed_at"]
    assert abs(closed - play.monday - timedelta(hours=192)) < timedelta(seconds=20)

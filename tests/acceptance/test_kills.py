"""Workers that die in mid-cycle, over and over: every cycle ends as it would have (R10)."""

from __future__ import annotations

from tests.acceptance import kills
from tests.acceptance.theatre import Theatre


async def test_killed_workers_lose_no_stage_and_double_nothing_unmarked(theatre: Theatre) -> None:
    theatre.settings["OUTREACH_FOLLOW_UP_INTERVAL"] = "4s"

    tally = await kills.play(theatre, cycles=100, kills=6, within=150)

    await kills.endings(theatre)
    await kills.audit(theatre, tally)
    print(tally)
    assert tally.in_flight, "no kill found an e-mail in flight: this proved nothing"

"""Whole cycles at the true 48 hours, in skipped time, on real services (R6)."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

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


@pytest.mark.parametrize("letters", [1, 4])
async def test_a_step_that_finds_itself_too_early_returns_the_time_to_wait_for(
    play: Stage, letters: int
) -> None:
    """As when the clock stood still in an outage of Temporal (R7)."""
    acme = await play.underway(letters=letters)
    due = (await acme.row())["next_action_at"] + timedelta(hours=5)
    await play.pool.execute("update outreach_cycle set next_action_at = $1", due)
    await acme.forward(hours=49)
    assert (await acme.state()).at == due
    assert len(await acme.stages()) == letters
    assert (await acme.row())["status"] == "active"
    await acme.forward(hours=5)
    assert len(await acme.stages()) == 2 or (await acme.row())["outcome"] == "no_response"


async def test_a_follow_up_answers_the_letter_before_it_in_the_same_thread(play: Stage) -> None:
    acme = await play.underway(letters=3)
    ids = [email["message_id"] for email in await acme.emails()]
    first, *others = play.outbox.sent
    for number, message in enumerate(others, 1):
        assert message["Subject"] == f"Re: {first['Subject']}"
        assert message["In-Reply-To"] == ids[number - 1]
        assert str(message["References"]).split() == ids[:number]

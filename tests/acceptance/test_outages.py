"""Temporal and PostgreSQL away in mid-cycle, with letters in a server's hands: cycles go on (R6, R7, R10)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from tests.acceptance import ledger, worlds
from tests.acceptance.house import Switch
from tests.acceptance.theatre import Theatre

CYCLES = 5
"""No more than a worker talks to a mail server at once."""

INTERVAL = 2.0

End = Callable[[Switch], Awaitable[None]]


@pytest.mark.parametrize("end", [Switch.off, Switch.kill])
async def test_after_a_temporal_outage_follow_ups_come_late_and_one_at_a_time(
    theatre: Theatre, end: End
) -> None:
    await follow_ups_in_hand(theatre)

    await end(theatre.house.temporal)
    theatre.post.gate.set()
    await theatre.until(f"count(*) = {2 * CYCLES} from outreach_log where status = 'sent'")
    answered = await theatre.done("reply", await theatre.cycle("r000"))
    assert "could not be told" in answered.err
    await theatre.until(
        f"bool_and(now() > next_action_at + interval '{INTERVAL} seconds')"
        " from outreach_cycle where status = 'active'"
    )
    await theatre.house.temporal.on()

    await theatre.all_closed(within=60)
    assert await theatre.value("select outcome from outreach_cycle where role_id = 'r000'") == "responded"
    assert len(theatre.post.letters_to(worlds.address("c000"))) == 2
    await ledger.whole(theatre)
    await ledger.spaced(theatre, INTERVAL)
    assert not (await ledger.ledger(theatre)).uncertain


@pytest.mark.parametrize("end", [Switch.off, Switch.kill])
async def test_what_was_accepted_while_nothing_could_be_written_down_goes_out_again_marked(
    theatre: Theatre, end: End
) -> None:
    await follow_ups_in_hand(theatre)

    await end(theatre.house.postgres)
    theatre.post.gate.set()
    await theatre.wait_for(lambda: theatre.post.messages == 2 * CYCLES, "the follow-ups are accepted")
    await theatre.house.postgres.on()

    await theatre.all_closed(within=60)
    await ledger.whole(theatre)
    found = await ledger.ledger(theatre)
    assert len(found.uncertain) == CYCLES
    assert found.doubled == dict.fromkeys(found.uncertain, 1)


async def follow_ups_in_hand(theatre: Theatre) -> None:
    """A few threads whose first letter is out, and whose second a server has taken and not answered."""
    theatre.settings["OUTREACH_FOLLOW_UP_INTERVAL"] = f"{INTERVAL:g}s"
    await theatre.load(worlds.alike(CYCLES))
    theatre.post.shuts_after = CYCLES
    await theatre.worker()
    await theatre.done("launch")
    await theatre.wait_for(lambda: theatre.post.in_hand == CYCLES, "every follow-up is with the server")

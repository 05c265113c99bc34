"""What a person decided while Temporal was away is told by the sweep, and not to who has heard (R17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from db.pool import transaction
from db.sql import queries
from desk import reconcile, steering
from tests.stage import Stage


async def test_a_letter_that_a_server_put_off_after_a_release_is_not_handed_over_more_often(
    play: Stage,
) -> None:
    acme = await play.underway()
    play.outbox.down_until = play.monday + timedelta(days=6)
    await acme.forward(hours=48)
    await acme.told("pause")
    await acme.handle.signal("resume")
    await acme.backs_off()
    now = await acme.now() + timedelta(minutes=3)
    async with transaction(play.pool) as conn:
        found = await queries("steering").untold.all(conn, since=now - reconcile.LOOKS_BACK, before=now)
    assert [row["id"] for row in found] == [acme.id], "its row alone does not say that it has heard"
    assert await reconcile.retell(play.office, now) == 0


async def test_a_release_long_before_a_letter_is_due_is_told_once_it_is(play: Stage) -> None:
    acme = await play.underway()
    await acme.told("pause")
    await steering.resume(replace(play.office, client=None), acme.id, await acme.now())
    await acme.forward(hours=48)
    assert await acme.stages() == ["initial"], "nobody told its workflow"
    assert await reconcile.retell(play.office, await acme.now()) == 1
    await acme.forward(minutes=1)
    assert await acme.stages() == ["initial", "follow_up_1"]

"""What workers were told is known while they run, and no longer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db import workers as rows
from db.pool import Pool, transaction
from desk import workers
from desk.office import Office
from domain.rules import Approval, Rules
from tests.acceptance.programs import looks
from tests.cast import NOW
from tests.scenes import do

QUEUE = "outreach"


async def test_a_worker_says_what_it_was_told_for_as_long_as_it_runs(pool: Pool) -> None:
    office = Office(pool, Rules())
    async with workers.published(pool, QUEUE, {"A": "1"}) as one, workers.published(pool, "other", {}):
        (found,) = await workers.live(office)
        assert (found.id, found.told) == (one, {"A": "1"})
    assert await workers.live(office) == []


async def test_a_worker_that_was_killed_is_not_counted_for_long(pool: Pool) -> None:
    async with transaction(pool) as conn:
        await rows.beat(conn, "killed", QUEUE, {})
    assert len(await workers.live(Office(pool, Rules()))) == 1
    await do(pool, "update worker_settings set beat_at = now() - $1::interval", timedelta(minutes=2))
    assert await workers.live(Office(pool, Rules())) == []
    await do(pool, "update worker_settings set beat_at = now() - $1::interval", timedelta(days=2))
    async with workers.published(pool, QUEUE, {}):
        assert await pool.fetchval("select count(*) from worker_settings where id = 'killed'") == 0


async def test_a_worker_goes_on_giving_signs_of_life(pool: Pool) -> None:
    async with workers.published(pool, QUEUE, {}, every=0.01):
        began = await pool.fetchval("select beat_at from worker_settings")
        async for _ in looks(10):
            if await pool.fetchval("select beat_at from worker_settings") > began:
                return
    raise AssertionError("no second sign of life")


def test_a_difference_names_the_setting_and_both_values() -> None:
    worker = rows.Told("w", {"A": "1", "B": "", "NEW": "x"}, NOW)
    assert list(workers.differences({"A": "2", "B": "", "OLD": "y"}, [worker])) == [
        "A is 2 here, 1 for the worker w"
    ]


@pytest.mark.parametrize(
    ("here", "there", "looser"),
    [
        ("all", {"OUTREACH_APPROVAL": "urgent"}, ["OUTREACH_APPROVAL is all here, urgent for the worker w"]),
        ("urgent", {}, ["OUTREACH_APPROVAL is urgent here, off for the worker w"]),
        ("urgent", {"OUTREACH_APPROVAL": "all"}, []),
        ("off", {}, []),
    ],
)
def test_a_worker_that_would_let_letters_go_unapproved_is_named(
    here: Approval, there: dict[str, str], looser: list[str]
) -> None:
    assert list(workers.unapproved(here, [rows.Told("w", there, NOW)])) == looser

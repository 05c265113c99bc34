"""The sweep's schedule, and that what cannot be read hides nothing; the line to Temporal beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from temporalio.client import Client, ScheduleOverlapPolicy
from temporalio.testing import WorkflowEnvironment

from db.pool import Pool
from desk import inbox, sweeping
from desk.inbox import PostRoom
from desk.line import Line
from desk.office import Office
from domain import errors
from domain.inbound import Arrival
from domain.rules import Rules
from tests.acceptance.programs import looks
from tests.cast import NOW
from tests.mail.hook_services import RAW


async def test_a_sweep_comes_every_two_minutes_one_at_a_time(temporal: WorkflowEnvironment) -> None:
    for queue in ("one", "two"):
        await sweeping.ensure(temporal.client, queue)
    handle = temporal.client.get_schedule_handle(sweeping.ID)
    try:
        schedule = (await handle.describe()).schedule
        assert [one.every for one in schedule.spec.intervals] == [timedelta(minutes=2)]
        assert schedule.policy.overlap == ScheduleOverlapPolicy.SKIP
        assert getattr(schedule.action, "task_queue", "") == "two"
        await handle.pause()
        await sweeping.ensure(temporal.client, "two")
        assert (await handle.describe()).schedule.state.paused
    finally:
        await handle.delete()


async def test_messages_that_cannot_be_fetched_hide_nothing_behind_them(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fetch(email_id: str) -> bytes:
        raise errors.NotFound("Resend does not know this message")

    monkeypatch.setattr(inbox, "AT_ONCE", 2)
    room = PostRoom(Office(pool, Rules()), {"resend": fetch})
    gone = [Arrival(key=f"gone {number}", raw=b"", fetch="id") for number in range(2)]
    await inbox.keep(room, [*gone, Arrival(key="here", raw=RAW)], "resend", NOW)
    later = NOW + timedelta(minutes=2)
    assert (await inbox.sweep(room, later)).processed == 0
    assert (await inbox.sweep(room, later)).processed == 1
    rows = await pool.fetch("select status, error from inbox order by id")
    assert [row["status"] for row in rows] == ["stored", "stored", "unmatched"]
    assert "does not know" in rows[0]["error"]


async def test_the_line_has_a_client_while_temporal_answers(temporal: WorkflowEnvironment) -> None:
    tries = 0

    async def connect() -> Client:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise errors.TemporalDown("not yet")
        return temporal.client

    async with Line(connect, every=0.01).kept() as line:
        assert line.client is None
        async for _ in looks(within=10):
            if line.client is not None:
                break
        assert line.client is temporal.client
        assert tries == 3

"""Whole cycles at the true 48 hours, in skipped time, on real services."""

from __future__ import annotations

from datetime import timedelta

from temporalio.testing import WorkflowEnvironment

from db.pool import Pool
from tests.stage import stage


async def test_a_silent_cycle_sends_four_letters_48_hours_apart(
    temporal: WorkflowEnvironment, pool: Pool
) -> None:
    async with stage(temporal, pool, task_queue="silent") as play:
        counts = await play.launch("run", roles=("r-data",))
        assert counts.planned == counts.started == 1
        cycle_id = (await play.rows("select id from outreach_cycle"))[0]["id"]
        end = await play.end_of(cycle_id)
        assert end.outcome == "no_response"
        sent = await play.rows(
            "select stage, sent_at from outreach_log where cycle_id = $1 order by id", cycle_id
        )
        assert [row["stage"] for row in sent] == ["initial", "follow_up_1", "follow_up_2", "follow_up_3"]
        gaps = [later["sent_at"] - earlier["sent_at"] for earlier, later in zip(sent, sent[1:], strict=False)]
        assert all(abs(gap - timedelta(hours=48)) < timedelta(minutes=1) for gap in gaps), gaps

"""A whole story on real services: records, a launch, letters over SMTP, a reply, next roles."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest_asyncio

from tests.acceptance import ledger, worlds
from tests.acceptance.house import House
from tests.acceptance.theatre import Theatre, end, theatre
from tests.cast import ACME, BLUE, CAST, CEDAR

THREE_A_WEEK = replace(CAST, companies=[ACME.model_copy(update={"weekly_limit": 3}), BLUE, CEDAR])


@pytest_asyncio.fixture(name="fresh")
async def _fresh(house: House, tmp_path: Path) -> AsyncIterator[Theatre]:
    """A theatre on a database that nobody has migrated yet."""
    async with theatre(house, tmp_path, migrated=False) as stage:
        yield stage


async def test_records_become_threads_that_end_with_a_reply_or_with_the_next_roles(fresh: Theatre) -> None:
    await fresh.done("migrate")
    await fresh.done("load", str(worlds.write(fresh.folder / "crm", THREE_A_WEEK, datetime.now(UTC).date())))
    fresh.post.shuts_after = 2
    fresh.settings["OUTREACH_MAX_GENERATIONS"] = "2"
    worker = await fresh.worker()

    launched = await fresh.done("launch", "--role", "r-data", "--role", "r-port", "--wait", "--json")

    assert launched.json["started"] == 2
    assert launched.json["first_emails"] == {"sent": 2}
    [answered] = await fresh.rows("select id from outreach_log where role_id = 'r-port'")
    await fresh.done("reply", str(answered["id"]))
    fresh.post.gate.set()
    await fresh.all_closed(within=40)
    assert await outcomes(fresh) == {
        ("r-port", 1, "responded"),
        ("r-data", 1, "no_response"),
        ("r-fleet", 2, "no_response"),
        ("r-care", 2, "no_response"),
        ("r-web", 2, None),  # waits: Acme's data role, which Dara makes urgent, comes before it
    }

    again = await fresh.done("launch", "--wait", "--json")

    assert (again.json["started"], again.json["admitted"]) == (1, 1)
    await fresh.all_closed(within=40)
    assert ("r-web", 2, "no_response") in await outcomes(fresh)
    await ledger.whole(fresh)
    assert not (await ledger.ledger(fresh)).uncertain
    assert await end(worker) == 0
    await fresh.audit()


async def outcomes(stage: Theatre) -> set[tuple[str, int, str | None]]:
    """How the cycles stand: role, generation, outcome."""
    rows = await stage.rows("select role_id, generation, outcome from outreach_cycle")
    return {(row["role_id"], row["generation"], row["outcome"]) for row in rows}

"""Workers killed with SIGKILL, over and over, while cycles run; `make bench` plays it longer (R10)."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from desk import steering
from tests.acceptance import ledger, worlds
from tests.acceptance.house import house
from tests.acceptance.programs import looks
from tests.acceptance.theatre import Theatre, theatre

ANSWERING = 5
"""Every fifth company answers its first letter; the others stay silent to the end."""

IN_FLIGHT = "select count(*) > 0 from outreach_log where in_flight_since is not null"
OVER = "select count(*) > 0 and bool_and(status = 'closed') from outreach_cycle"
GONE = "not exists (select from pg_stat_activity where application_name = $1)"
"""Whatever a worker had asked of the database at its death has happened, or never will."""


@dataclass
class Tally:
    """What the kills did."""

    kills: int = 0
    in_flight: Counter[int] = field(default_factory=Counter)
    """At how many kills each e-mail was in flight, by outreach_log id."""
    uncertain: int = 0
    duplicates: int = 0
    cycles: int = 0
    letters: int = 0

    def __str__(self) -> str:
        return (
            f"{self.cycles} cycles, {self.letters} letters accepted, {self.kills} kills with "
            f"{self.in_flight.total()} e-mails in flight: {self.uncertain} uncertain, "
            f"{self.duplicates} accepted twice"
        )


async def play(stage: Theatre, *, cycles: int, kills: int, within: float) -> Tally:
    """Launches cycles and kills worker after worker; returns once every cycle has ended."""
    await stage.load(worlds.alike(cycles))
    stage.post.slowness = 0.1
    tally = Tally(cycles=cycles)
    answering = asyncio.create_task(_answer(stage, [f"r{one:03}" for one in range(0, cycles, ANSWERING)]))
    try:
        doomed = await stage.worker()
        launching = asyncio.create_task(stage.done("launch", within=within))
        for _ in range(kills):
            successor = await stage.worker()
            await stage.until(f"({IN_FLIGHT}) or ({OVER})", within=within)
            await doomed.kill()
            await stage.until(GONE, doomed.name)
            tally.kills += 1
            tally.in_flight.update(await _in_flight(stage))
            doomed = successor
        await launching
        await stage.until(f"count(*) = {cycles} from outreach_cycle")
        await stage.all_closed(within=within)
    finally:
        answering.cancel()
        await asyncio.gather(answering, return_exceptions=True)
    return tally


async def main(cycles: int = 400, kills: int = 20) -> None:
    """Plays it longer, on servers of its own, and prints what the kills did."""
    async with house() as servers:
        with tempfile.TemporaryDirectory(prefix="outreach-kills-") as folder:
            async with theatre(servers, Path(folder)) as stage:
                stage.settings["OUTREACH_FOLLOW_UP_INTERVAL"] = "10s"
                tally = await play(stage, cycles=cycles, kills=kills, within=600)
                await endings(stage)
                await audit(stage, tally)
                await stage.audit()
    print(tally)


async def _in_flight(stage: Theatre) -> list[int]:
    found = await stage.rows("select id from outreach_log where in_flight_since is not null")
    return [row["id"] for row in found]


async def _answer(stage: Theatre, roles: Sequence[str]) -> None:
    """Answers the first letter of these roles' companies, soon after it was accepted."""
    office = await stage.office()
    async for _ in looks(within=3600):
        unanswered = await stage.rows(
            "select l.id::text from outreach_log l join outreach_cycle y on y.id = l.cycle_id"
            " where l.status = 'sent' and y.responded_at is null and l.role_id = any($1::text[])",
            roles,
        )
        for row in unanswered:
            await steering.reply(office, row["id"], datetime.now(UTC))


async def audit(stage: Theatre, tally: Tally) -> None:
    """Nothing is doubtful, and nothing doubled, but what was in flight at a kill; at most once a kill."""
    found = await ledger.ledger(stage)
    unexplained = found.uncertain - tally.in_flight.keys()
    assert not unexplained, f"no kill explains that these are uncertain: {sorted(unexplained)}"
    for email, times in found.doubled.items():
        assert times <= tally.in_flight[email], f"e-mail {email}: doubled more often than killed"
    tally.letters, tally.uncertain = found.letters, len(found.uncertain)
    tally.duplicates = sum(found.doubled.values())


async def endings(stage: Theatre) -> None:
    """Every cycle ended as it would have without a kill, no stage missing."""
    cycles = await stage.rows(
        "select y.role_id, y.outcome, array_agg(l.stage::text order by l.id) as stages"
        " from outreach_cycle y join outreach_log l on l.cycle_id = y.id and l.status = 'sent' group by y.id"
    )
    stages = ["initial", "follow_up_1", "follow_up_2", "follow_up_3"]
    for cycle in cycles:
        answers = int(cycle["role_id"].removeprefix("r")) % ANSWERING == 0
        assert cycle["outcome"] == ("responded" if answers else "no_response"), cycle
        assert answers or cycle["stages"] == stages, cycle

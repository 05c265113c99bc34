"""Outcomes, answers taken back and suppressions race everything else; nothing is booked or sent twice."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import timedelta

import pytest

from db import bookings, others, outcomes, reopening, steering, suppressions
from db.pool import open_pool, transaction
from domain.outcomes import OUTCOMES
from domain.rules import Rules
from tests.db import invariants
from tests.db.acts import Play
from tests.db.test_concurrency import FIRMS, Act, Stampede, a_crowd
from tests.fill import fill


class Answers(Stampede):
    """The stampede in which partners answer a lot, and people say what became of it."""

    def acts(self) -> list[Act]:
        """Adds what people do about answers."""
        return [
            *super().acts(),
            (30, self.reply),
            (16, self.outcome),
            (12, self.move_on_alone),
            (5, self.reopen),
            (3, self.suppress),
            (2, self.lift),
            (2, self.resume_company),
        ]

    async def reply(self, play: Play) -> None:
        """Answers a cycle; the others of its company rest."""
        if cycle := await self._cycle(play, "stage is not null and status <> 'closed'"):
            await play.reply(cycle)
            async with transaction(play.pool) as conn:
                await others.rest(conn, cycle, play.now)

    async def outcome(self, play: Play) -> None:
        """Says what became of somebody who was answered."""
        if pitch := await self._pitch(play, "responded"):
            outcome = self.rnd.choices(OUTCOMES, [2, 1, 6])[0]
            async with transaction(play.pool) as conn:
                await outcomes.record(conn, *pitch, outcome, play.rules, play.now)

    async def move_on_alone(self, play: Play) -> None:
        """Moves somebody on who was declined, perhaps for the second time."""
        if pitch := await self._pitch(play, "declined"):
            async with transaction(play.pool) as conn:
                await bookings.move_on_alone(conn, play.rules, *pitch, play.now)

    async def reopen(self, play: Play) -> None:
        """Takes an answer back, while its pitches count as live: limits are not checked again."""
        lately = play.now - timedelta(days=play.rules.reply_expiry_days - 1)
        if cycle := await self._cycle(play, f"responded_at > '{lately}'"):
            async with transaction(play.pool) as conn:
                await reopening.reopen(conn, cycle, play.rules, play.now)

    async def suppress(self, play: Play) -> None:
        """Has nobody write to an address."""
        address = self._address()
        async with transaction(play.pool) as conn:
            await suppressions.suppress(conn, address, "asked", play.now)
        async with transaction(play.pool) as conn:
            await suppressions.follow(conn, address, play.now)

    async def lift(self, play: Play) -> None:
        """Lets an address be written to again."""
        async with transaction(play.pool) as conn:
            await suppressions.lift(conn, self._address(), play.now)

    async def resume_company(self, play: Play) -> None:
        """Lets a company's resting cycles go on."""
        async with transaction(play.pool) as conn:
            company = f"c{self.rnd.randrange(FIRMS):02}"
            await steering.resume_company(conn, company, play.rules, play.now)

    def _address(self) -> str:
        return f"shared{self.rnd.randrange(20)}@x.example"

    async def _pitch(self, play: Play, status: str) -> tuple[str, str] | None:
        found = await play.rows(
            "select cycle_id, candidate_id from candidate_outreach_history where status = $1"
            " order by random() limit 1",
            status,
        )
        return tuple(found[0]) if found else None


@pytest.mark.parametrize("seed", [1, 2])
async def test_answers_and_everything_else_at_once_break_no_promise(database_url: str, seed: int) -> None:
    rnd = random.Random(seed)
    pool = await open_pool(database_url, size=24)
    await fill(pool, a_crowd(rnd))
    answers = Answers(Play(pool, Rules(max_generations=6)), rnd, Counter())
    await asyncio.wait_for(answers.run(hands=20, each=50), timeout=90)
    await invariants.check(pool)
    alone = "select count(*) from candidate_outreach_history where moved_on_at is not null"
    assert await pool.fetchval(alone) > 10, answers.done
    assert answers.done["outcome"] > 30 and answers.done["reopen"] > 3, answers.done
    assert await _most_roles(pool) <= 3
    await pool.close()


async def _most_roles(pool: object) -> int:
    """Counts the most roles that anybody was given by one decline."""
    found: int = await pool.fetchval(  # type: ignore[attr-defined]
        "select coalesce(max(number), 0) from ("
        " select count(*) as number from candidate_outreach_history h"
        " join outreach_cycle y on y.parent_cycle_id = h.cycle_id and y.created_at = h.moved_on_at"
        " join candidate_outreach_history n on n.cycle_id = y.id and n.candidate_id = h.candidate_id"
        " group by h.cycle_id, h.candidate_id) counted"
    )
    return found

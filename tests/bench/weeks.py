"""Twelve weeks of daily runs over the brief's set, on skipped days: bookings, claims and records are the
application's own, no e-mail is handed to anybody.

Twelve threads in a hundred are answered, after a letter and a time that a seed draws. Slots that a cycle
without an urgent candidate took while an urgent one of the same company asked come of R4's walking once:
a role keeps its place among the urgent ones although others have used its urgent candidates up.
"""

from __future__ import annotations

import heapq
import itertools
import random
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from db import bookings, cycles, planning, sending, steering
from db.pool import Pool, open_pool, transaction
from db.sending import Order, Terms
from domain.cadence import Next
from domain.letters import STAGES, Accepted, Brand, Letter, LetterContext
from domain.messages import PageOfRun
from domain.rules import Rules
from tests.bench import overtaken
from tests.bench.planning import SETS, TODAY, filled
from tests.db import invariants

WEEKS = 12
REPLY_RATE = 0.12
SEED = 1
ONE_LETTER = Letter(subject="Interns for your role", text="…", html="…")


async def main() -> None:
    """Prints a table by week, and the slots taken from under an urgent cycle's nose."""
    async with filled(SETS[0]) as url:
        pool = await open_pool(url)
        play = Simulation(pool, Rules())
        began = time.perf_counter()
        await play.run()
        await invariants.check(pool)
        print(f"every promise held; {time.perf_counter() - began:.0f} s, {play.letters} letters")
        print(f"planning a run: median {statistics.median(play.planning) * 1000:.0f} ms")
        print(f"ending a cycle and booking next roles: median {statistics.median(play.ending) * 1000:.0f} ms")
        slots = await pool.fetchval("select sum(used) from email_limiter")
        print(f"slots taken while an urgent cycle of the same company asked: {play.overtaken} of {slots:,}")
        await pool.close()


class _Bios(dict[str, str]):
    """A text for every candidate."""

    def __missing__(self, key: str) -> str:
        return ""


def _same(_: LetterContext) -> Letter:
    return ONE_LETTER


@dataclass
class Simulation:
    """Events in order of time: runs at nine, letters and ends when they are due, replies when they come."""

    pool: Pool
    rules: Rules
    letters: int = 0
    events: list[tuple[datetime, int, str, str]] = field(default_factory=list)
    order: Any = field(default_factory=itertools.count)
    due: dict[str, datetime] = field(default_factory=dict)
    planning: list[float] = field(default_factory=list)
    ending: list[float] = field(default_factory=list)
    overtaken: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    async def run(self) -> None:
        """Plays the weeks, and prints a line at the end of each."""
        print(HEAD)
        first = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
        for day in range(WEEKS * 7):
            self._plan(first + timedelta(days=day), "run", f"run-{day:02}")
        for week in range(WEEKS):
            end = first + timedelta(days=7 * (week + 1), hours=-9)
            while self.events and self.events[0][0] < end:
                now, _, what, name = heapq.heappop(self.events)
                await getattr(self, f"_{what}")(name, now)
            print(await self._line(week, end), flush=True)

    def _plan(self, at: datetime, what: str, name: str) -> None:
        heapq.heappush(self.events, (at, next(self.order), what, name))

    async def _run(self, run_id: str, now: datetime) -> None:
        async with transaction(self.pool) as conn:
            await steering.catch_up(conn, self.rules, now)
        async with transaction(self.pool) as conn:
            began = time.perf_counter()
            plan = await planning.plan(conn, self.rules, self.rules.today(now))
            self.planning.append(time.perf_counter() - began)
            self.overtaken += await overtaken.in_a_run(conn, self.rules, plan, self.rules.today(now))
            counts = await bookings.book_run(conn, self.rules, run_id, now)
            found = await bookings.page(conn, PageOfRun(run_id=run_id, after=None, most=counts.planned + 1))
        self.seen["admitted"] += counts.admitted
        for cycle in (*(start.cycle_id for start in found.starts), *found.admitted):
            await self._follow(cycle, await self._step(cycle), now)

    async def _step(self, cycle: str) -> Next:
        async with self.pool.acquire() as conn:
            return await cycles.next_step(conn, cycle)

    async def _follow(self, cycle: str, step: Next, now: datetime) -> None:
        """Does what a cycle does next if its time has come, else notes when it will."""
        if step.do == "send" and (step.at is None or step.at <= now):
            await self._send(cycle, step, now)
        elif step.do == "end" and step.moves_on:
            await self._end(cycle, now)
        elif step.do != "end" and step.at is not None:
            self.due[cycle] = step.at
            self._plan(step.at, "due", cycle)

    async def _due(self, cycle: str, now: datetime) -> None:
        if self.due.get(cycle) == now:
            step = await self._step(cycle)
            if step.do == "send":
                await self._follow(cycle, step, now)
            elif step.do != "end":
                await self._end(cycle, now)

    async def _send(self, cycle: str, step: Next, now: datetime) -> None:
        assert step.stage is not None
        self.letters += 1
        terms = Terms(self.rules, Brand(), _Bios(), lambda _: f"<{self.letters}@beyond.example>", _same)
        async with transaction(self.pool) as conn:
            claimed = await sending.claim(conn, Order(cycle, step.stage, now), terms)
            if isinstance(claimed, sending.Claimed):
                after = await sending.record(conn, claimed.log_id, Accepted({}), self.rules, now)
                self._maybe_answer(cycle, step.stage, now)
        await self._follow(cycle, claimed if isinstance(claimed, Next) else after, now)

    def _maybe_answer(self, cycle: str, stage: str, now: datetime) -> None:
        """Whether, after which letter and when a thread is answered is drawn from the cycle's id alone."""
        rnd = random.Random(f"{SEED} {cycle}")
        if rnd.random() < REPLY_RATE and stage == rnd.choice(STAGES):
            self._plan(now + timedelta(minutes=rnd.randrange(10, 47 * 60)), "answer", cycle)

    async def _answer(self, cycle: str, now: datetime) -> None:
        async with transaction(self.pool) as conn:
            self.seen["answers"] += await cycles.respond(conn, await cycles.lock(conn, cycle), None, now)

    async def _end(self, cycle: str, now: datetime) -> None:
        began = time.perf_counter()
        async with transaction(self.pool) as conn:
            moved = await bookings.end(conn, self.rules, cycle, now)
            self.ending.append(time.perf_counter() - began)
            today = self.rules.today(now)
            self.overtaken += await overtaken.by_children(conn, self.rules, moved.children, today)
        for child in moved.children:
            await self._follow(child.cycle_id, child.next, now)

    async def _line(self, week: int, end: datetime) -> str:
        monday = TODAY + timedelta(days=7 * week)
        row = await self.pool.fetchrow(FIGURES, monday)
        live = await planning.live_pitches(self.pool, self.rules, self.rules.today(end))
        people = {one["id"] for one in await self.pool.fetch(AVAILABLE, self.rules.today(end))}
        without = len(people - {name for name, count in live.items() if count})
        line = (
            f"{week + 1:>4}{row['urgent']:>8}{row['other']:>7}"
            f"{row['gen1']:>7}{row['gen2']:>6}{row['gen3']:>6}{row['each'] or 0:>9.2f}"
            f"{self.seen['admitted']:>10}{self.seen['answers']:>9}{row['waiting']:>9}"
            f"{len(people):>12}{without:>10}"
        )
        self.seen.clear()
        return line


HEAD = (
    f"{'week':>4}{'urgent':>8}{'other':>7}{'gen 1':>7}{'2':>6}{'3+':>6}{'each':>9}{'admitted':>10}"
    f"{'answers':>9}{'waiting':>9}{'to be had':>12}{'no pitch':>10}"
)
FIGURES = """
    select count(*) filter (where l.urgent) as urgent, count(*) filter (where not l.urgent) as other,
           count(*) filter (where y.generation = 1) as gen1, count(*) filter (where y.generation = 2) as gen2,
           count(*) filter (where y.generation > 2) as gen3, avg(cardinality(l.candidate_ids)) as each,
           (select count(*) from outreach_cycle where status = 'waiting') as waiting
    from outreach_log l join outreach_cycle y on y.id = l.cycle_id
    where l.stage = 'initial' and l.status = 'sent' and y.slot_week = $1"""
AVAILABLE = "select id from candidate_now where status = 'available' and start_date >= $1"

"""Real concurrency on real connections: locks proved with barriers, slots fought for, and a stampede."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from db import bookings, cycles, sending, steering
from db.pool import Connection, Pool, open_pool, transaction
from db.sending import IN_FLIGHT, Claimed, HoldAll, Order
from db.sql import queries
from domain import errors
from domain.cadence import Next
from domain.letters import Accepted, AllRefused, Delivery, Outage, Uncertain
from domain.rules import Rules
from tests.cast import CAST, NOW, TODAY, Records, a_candidate, a_company, a_contact, a_match, a_role, days
from tests.db import invariants
from tests.db.acts import WEEK, Play
from tests.fill import fill

INTERVAL = timedelta(hours=48)
FIRMS, ROLES, PEOPLE = 16, 96, 120


@pytest.fixture
async def crowd(play: Play, database_url: str) -> AsyncIterator[Play]:
    """The play on forty connections."""
    pool = await open_pool(database_url, size=40)
    yield replace(play, pool=pool)
    await pool.close()


async def blocked(pool: Pool) -> None:
    """Returns once somebody waits for a lock that somebody else holds."""
    waits = "select count(*) from pg_stat_activity where cardinality(pg_blocking_pids(pid)) > 0"
    async with asyncio.timeout(20):
        while not await pool.fetchval(waits):  # noqa: ASYNC110 - PostgreSQL tells nobody
            await asyncio.sleep(0)


async def begun(play: Play) -> str:
    """Starts a thread whose first follow-up is due now."""
    cycle = await play.one("r-data")
    await play.send(cycle)
    play.now += INTERVAL
    return cycle


# The lock (R7).


async def test_a_reply_waits_for_a_claim_in_progress_and_has_then_crossed_the_e_mail(crowd: Play) -> None:
    cycle = await begun(crowd)
    async with transaction(crowd.pool) as conn:
        order = Order(cycle, "follow_up_1", crowd.now)
        claimed = await sending.claim(conn, order, crowd.terms(cycle, "follow_up_1"))
        reply = asyncio.create_task(crowd.reply(cycle))
        await blocked(crowd.pool)
        assert not reply.done()
    assert isinstance(claimed, Claimed)
    assert await reply
    assert (await crowd.email(cycle, "follow_up_1"))["status"] == "sending"
    assert (await crowd.record(claimed)).outcome == "responded"
    assert (await crowd.email(cycle, "follow_up_1"))["status"] == "sent"


async def test_a_claim_waits_for_a_reply_in_progress_and_then_sends_nothing(crowd: Play) -> None:
    cycle = await begun(crowd)
    async with transaction(crowd.pool) as conn:
        assert await cycles.respond(conn, await cycles.lock(conn, cycle), None, crowd.now)
        claim = asyncio.create_task(crowd.claim(cycle, "follow_up_1"))
        await blocked(crowd.pool)
        assert not claim.done()
    step = await claim
    assert isinstance(step, Next)
    assert step.outcome == "responded"
    assert await crowd.value("select count(*) from outreach_log") == 1


async def test_a_record_waits_for_a_stop_in_progress_and_then_gives_back(crowd: Play) -> None:
    cycle = await crowd.one("r-data")
    claimed = await crowd.claimed(cycle)
    async with transaction(crowd.pool) as conn:
        await cycles.close(conn, await cycles.lock(conn, cycle), "stopped", crowd.now)
        record = asyncio.create_task(crowd.record(claimed, Outage("smtp_421", "later")))
        await blocked(crowd.pool)
    assert (await record).outcome == "stopped"
    assert await crowd.used() == 0


async def test_replies_at_once_are_one_reply(crowd: Play) -> None:
    cycle = await begun(crowd)
    found = await asyncio.gather(*(crowd.reply(cycle) for _ in range(10)))
    assert sorted(found) == [False] * 9 + [True]


async def test_claims_and_replies_at_once_end_in_one_of_two_ways(crowd: Play) -> None:
    for role in ("r-data", "r-port", "r-fleet", "r-care"):
        cycle = await crowd.one(role, run_id=f"run-{role}")
        await crowd.send(cycle)
        crowd.now += INTERVAL
        claims = [crowd.claim(cycle, "follow_up_1") for _ in range(4)]
        *found, first = await asyncio.gather(*claims, crowd.reply(cycle))
        assert first
        claimed = [one for one in found if isinstance(one, Claimed)]
        assert len(claimed) <= 1
        assert await crowd.value("select count(*) from outreach_log where cycle_id = $1", cycle) == 1 + len(
            claimed
        )
        for one in claimed:
            await crowd.record(one)
        await invariants.check(crowd.pool)


async def test_a_withdrawal_waits_for_a_booking_and_reaches_the_cycles_it_made(crowd: Play) -> None:
    async with transaction(crowd.pool) as conn:
        await bookings.book_run(conn, crowd.rules, "run-1", crowd.now)
        withdrawal = asyncio.create_task(crowd.withdraw("ada"))
        await blocked(crowd.pool)
    assert await withdrawal == [
        "acme-robotics-data-analyst-r-data-1",
        "cedar-clinic-care-coordinator-r-care-1",
    ]
    left = await crowd.rows("select status from candidate_outreach_history where candidate_id = 'ada'")
    assert [row["status"] for row in left] == ["released", "released"]


@pytest.mark.parametrize("change", ["withdraw", "close_role", "catch_up", "run"])
async def test_whatever_locks_several_cycles_waits_for_the_booking_before_it(
    crowd: Play, change: str
) -> None:
    names = {"withdraw": ("ada",), "close_role": ("r-data",)}.get(change, ())
    async with transaction(crowd.pool) as conn:
        await queries("planning").lock_bookings.run(conn)
        later = asyncio.create_task(getattr(crowd, change)(*names))
        await blocked(crowd.pool)
        assert not await crowd.value("select count(*) from pg_locks where locktype = 'tuple'")
    await later


async def test_a_run_locks_waiting_cycles_before_slots(crowd: Play) -> None:
    """Whoever holds a waiting cycle may take or give back a slot of its company: no deadlock comes of it."""
    cycle = await crowd.one("r-data")
    crowd.now += WEEK
    await crowd.execute("update company set weekly_limit = 0 where id = 'acme'")
    await crowd.refused(cycle)
    await crowd.execute("update company set weekly_limit = 2 where id = 'acme'")
    async with transaction(crowd.pool) as conn:
        await cycles.lock(conn, cycle)
        run = asyncio.create_task(crowd.run("run-2"))
        await blocked(crowd.pool)
        assert await _take(conn, "acme", 1, week=crowd.rules.week(crowd.now))
    assert (await run).admitted == 1
    assert await crowd.used() == 2
    await crowd.execute("update email_limiter set used = 1 where company_id = 'acme' and used = 2")


# hold-all.


async def test_hold_all_waits_for_a_claim_in_progress_and_then_sees_it_in_flight(crowd: Play) -> None:
    cycle = await crowd.one("r-data")
    async with transaction(crowd.pool) as conn:
        claimed = await sending.claim(conn, Order(cycle, "initial", NOW), crowd.terms(cycle, "initial"))
        hold = asyncio.create_task(sending.sql.set_hold_all.run(crowd.pool, on=True, now=NOW))
        await blocked(crowd.pool)
        assert not hold.done()
    await hold
    assert await sending.sql.in_flight.value(crowd.pool, since=NOW - IN_FLIGHT) == 1
    assert isinstance(claimed, Claimed)
    await crowd.record(claimed)
    assert await sending.sql.in_flight.value(crowd.pool, since=NOW - IN_FLIGHT) == 0
    crowd.now += INTERVAL
    with pytest.raises(HoldAll):
        await crowd.claim(cycle, "follow_up_1")


async def test_a_claim_waits_for_hold_all_in_progress_and_is_then_held(crowd: Play) -> None:
    cycle = await crowd.one("r-data")
    async with transaction(crowd.pool) as conn:
        await sending.sql.set_hold_all.run(conn, on=True, now=NOW)
        claim = asyncio.create_task(crowd.claim(cycle))
        await blocked(crowd.pool)
        assert not claim.done()
    with pytest.raises(HoldAll):
        await claim
    assert await crowd.value("select count(*) from outreach_log") == 0


async def test_hold_all_is_not_starved_by_a_stream_of_claims(crowd: Play) -> None:
    await crowd.run()
    names = [row["id"] for row in await crowd.rows("select id from outreach_cycle")]
    over = asyncio.Event()

    async def keep_claiming(cycle: str) -> None:
        while not over.is_set():
            try:
                claimed = await crowd.claimed(cycle, again=True)
            except HoldAll:
                return
            await crowd.record(claimed, Outage("smtp_421", "later"))

    claims = [asyncio.create_task(keep_claiming(name)) for name in names for _ in range(3)]
    await asyncio.wait_for(sending.sql.set_hold_all.run(crowd.pool, on=True, now=NOW), timeout=10)
    over.set()
    await asyncio.gather(*claims, return_exceptions=True)
    assert await sending.sql.in_flight.value(crowd.pool, since=NOW - IN_FLIGHT) == 0
    with pytest.raises(HoldAll):
        await crowd.claim(names[0], again=True)


# Weekly slots (R5).


async def test_weekly_slots_are_never_oversold(crowd: Play) -> None:
    """Thirty-two connections fight for five slots of one company, three rounds each."""

    async def fight() -> int:
        won = 0
        for _ in range(3):
            async with transaction(crowd.pool) as conn:
                won += len(await _take(conn, "blue", 1))
        return won

    await crowd.execute("update company set weekly_limit = 5 where id = 'blue'")
    wins = await asyncio.gather(*(fight() for _ in range(32)))
    assert sum(wins) == await crowd.used("blue") == 5
    await crowd.execute("delete from email_limiter")


async def _take(conn: Connection, company: str, count: int, week: date = TODAY) -> list[Any]:
    found: list[Any] = await queries("cycles").take_slots.all(
        conn, week=week, weekly_limit=1, companies=[company], counts=[count]
    )
    return found


@pytest.mark.parametrize(("limit", "count", "expected"), [(0, 1, 0), (1, 1, 1), (2, 3, 0), (3, 3, 1)])
async def test_slots_are_taken_together_or_not_at_all(
    play: Play, limit: int, count: int, expected: int
) -> None:
    await play.execute("update company set weekly_limit = $1 where id = 'acme'", limit)
    async with transaction(play.pool) as conn:
        assert len(await _take(conn, "acme", count)) == expected
    assert await play.used() == (count if expected else 0)
    await play.execute("delete from email_limiter")


async def test_first_e_mails_of_a_new_week_fight_for_its_slots_and_the_rest_wait(crowd: Play) -> None:
    """Twelve cycles of one company slept through their week; the new one has three slots."""
    roles = [a_role(f"r-{number}", "blue") for number in range(12)]
    matches = [a_match("ada", role.id) for role in roles]
    await fill(crowd.pool, Records(roles=roles, matches=matches))
    await crowd.execute("update company set weekly_limit = 12 where id = 'blue'")
    await crowd.on(max_live_pitches=12).run(roles=[role.id for role in roles])
    names = [row["id"] for row in await crowd.rows("select id from outreach_cycle")]
    await crowd.execute("update company set weekly_limit = 3 where id = 'blue'")
    crowd.now += WEEK
    found = await asyncio.gather(*(crowd.claim(name) for name in names))
    assert Counter(one.do if isinstance(one, Next) else "claimed" for one in found) == {
        "claimed": 3,
        "await_slot": 9,
    }
    assert (await crowd.used("blue"), await crowd.used("blue", TODAY)) == (3, 0)
    await invariants.check(crowd.pool, max_live=12)
    for name in names:
        await crowd.close(name)


# Everything at once.


Act = tuple[int, Callable[[Play], Awaitable[object]]]


@dataclass
class Stampede:
    """Many hands on one database: each picks something to do, at a time of its own."""

    play: Play
    rnd: random.Random
    done: Counter[str]

    async def run(self, hands: int, each: int) -> None:
        """Lets so many hands do so many things each."""
        await asyncio.gather(*(self._hand(each) for _ in range(hands)))

    def acts(self) -> list[Act]:
        """Lists what a hand may do, and how often."""
        return [
            (60, self.send),
            (8, self.run_once),
            (16, self.move_on),
            (4, self.reply),
            (1, self.stop),
            (3, self.hold),
            (6, self.release),
            (1, self.withdraw),
            (1, self.close_role),
            (2, self.catch_up),
            (3, self.limit),
        ]

    async def _hand(self, each: int) -> None:
        acts = self.acts()
        weights = [weight for weight, _ in acts]
        for _ in range(each):
            self.play.now += timedelta(minutes=self.rnd.randint(0, 90))
            (_, act), *_ = self.rnd.choices(acts, weights)
            try:
                await act(replace(self.play))
            except (errors.Conflict, errors.Refused) as refused:
                self.done[type(refused).__name__] += 1
            else:
                self.done[act.__name__] += 1

    async def send(self, play: Play) -> None:
        """Claims what a cycle is to send, and has it end in one of the ways there are."""
        cycle = await self._cycle(play, "status in ('active', 'held')")
        step = await play.step(cycle) if cycle else None
        if not cycle or not step or not step.stage:
            return
        play.now = max(play.now, step.at or play.now)
        claimed = await play.claim(cycle, step.stage, again=self.rnd.random() < 0.1)
        if isinstance(claimed, Claimed) and self.rnd.random() < 0.97:
            await asyncio.sleep(self.rnd.choice([0, 0, 0.005]))
            await play.record(claimed, self._delivery(claimed))

    def _delivery(self, claimed: Claimed) -> Delivery:
        addresses = [one.email for one in claimed.envelope.recipients]
        bad: list[Delivery] = [
            Outage("smtp_421", "later"),
            Uncertain("lost"),
            Accepted({addresses[0]: "550"}) if len(addresses) > 1 else Accepted({}),
            AllRefused(dict.fromkeys(addresses, "550")),
        ]
        return self.rnd.choices(bad, [8, 8, 1, 1])[0] if self.rnd.random() < 0.2 else Accepted({})

    async def run_once(self, play: Play) -> None:
        """Books a run."""
        await play.run(f"run-{self.rnd.randrange(10**9)}")

    async def move_on(self, play: Play) -> None:
        """Ends what has come to its end, or moves its candidates on."""
        where = "stage = 'follow_up_3' or status = 'waiting' or (status = 'closed' and moved_on_at is null)"
        cycle = await self._cycle(play, where)
        if cycle:
            step = await play.step(cycle)
            await play.move_on(cycle, max(play.now, step.at or play.now))

    async def reply(self, play: Play) -> None:
        """Answers a cycle."""
        if cycle := await self._cycle(play, "stage is not null"):
            await play.reply(cycle)

    async def stop(self, play: Play) -> None:
        """Stops a cycle."""
        if cycle := await self._cycle(play, "status <> 'closed'"):
            await play.close(cycle)

    async def hold(self, play: Play) -> None:
        """Holds a cycle."""
        if cycle := await self._cycle(play, "status <> 'closed'"):
            await play.hold(cycle)

    async def release(self, play: Play) -> None:
        """Releases a cycle."""
        if cycle := await self._cycle(play, "status = 'held'"):
            await play.release(cycle)

    async def withdraw(self, play: Play) -> None:
        """Withdraws a candidate."""
        await play.withdraw(f"p{self.rnd.randrange(PEOPLE):03}")

    async def close_role(self, play: Play) -> None:
        """Closes a role."""
        await play.close_role(f"r{self.rnd.randrange(ROLES):03}")

    async def catch_up(self, play: Play) -> None:
        """Brings cycles in line with the records."""
        await play.catch_up()

    async def limit(self, play: Play) -> None:
        """Changes a company's limit."""
        company = f"c{self.rnd.randrange(FIRMS):02}"
        limit = self.rnd.choice([None, 0, 1, 2, 3])
        await play.execute("update company set weekly_limit = $2 where id = $1", company, limit)

    async def _cycle(self, play: Play, where: str) -> str | None:
        found: str | None = await play.value(
            f"select id from outreach_cycle where {where} order by random() limit 1"
        )
        return found


def a_crowd(rnd: random.Random) -> Records:
    """Makes a world with more to do than slots, and shared addresses."""
    companies = [a_company(f"c{number:02}", weekly_limit=rnd.choice([None, 2])) for number in range(FIRMS)]
    contacts = [
        a_contact(f"{one.id}-{place}", one.id, email=f"shared{(number * 2 + place) % 20}@x.example")
        for number, one in enumerate(companies)
        for place in range(2)
    ]
    roles = [a_role(f"r{number:03}", companies[number % FIRMS].id) for number in range(ROLES)]
    starts = [days(rnd.choice([7, 30, 200, 400])) for _ in range(PEOPLE)]
    people = [a_candidate(f"p{number:03}", start_date=start) for number, start in enumerate(starts)]
    matches = [a_match(one.id, role.id, rnd.random()) for one in people for role in rnd.sample(roles, 12)]
    return Records(CAST.specialists, companies, contacts, roles, people, matches)


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_stampede_breaks_no_promise_and_locks_nobody_in(database_url: str, seed: int) -> None:
    """Runs, next roles, claims, records, replies and withdrawals race each other for some seconds."""
    rnd = random.Random(seed)
    pool = await open_pool(database_url, size=24)
    await fill(pool, a_crowd(rnd))
    stampede = Stampede(Play(pool, Rules(max_generations=6)), rnd, Counter())
    await asyncio.wait_for(stampede.run(hands=20, each=50), timeout=90)
    await invariants.check(pool)
    outcomes = await pool.fetch(
        "select coalesce(outcome, status) as end, count(*) from outreach_cycle group by 1"
    )
    assert stampede.done["send"] > 400, stampede.done
    assert len(outcomes) >= 6, outcomes
    assert await pool.fetchval("select max(generation) from outreach_cycle") >= 3
    await pool.close()


async def test_catching_up_twice_at_once_is_harmless(crowd: Play) -> None:
    await crowd.run()
    await crowd.execute("update candidate set status = 'withdrawn'")
    found = await asyncio.gather(*(crowd.catch_up() for _ in range(4)))
    assert sorted(len(one) for one in found) == [0, 0, 0, 4]
    async with transaction(crowd.pool) as conn:
        assert await steering.catch_up(conn, crowd.rules, crowd.now) == []

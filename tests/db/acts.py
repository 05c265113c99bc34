"""A play on the database alone: runs, claims, deliveries and replies at moments that a test names."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from db import bookings, cycles, sending, steering
from db.pool import Pool, transaction
from db.sending import Claimed, Order, Terms
from domain.cadence import Next
from domain.letters import STAGES, Accepted, AllRefused, Brand, Delivery, Letter, LetterContext, Stage
from domain.messages import Event, EventKind, MovedOn, RunCounts
from domain.rules import Rules
from tests.cast import NOW

WEEK = timedelta(days=7)
_letters = itertools.count(1)


def plain(context: LetterContext) -> Letter:
    """Renders a letter that shows what it was given."""
    names = ", ".join(one.first_name for one in context.profiles)
    subject = context.subject or f"{names} for {context.role_title}"
    if context.stage != "initial":
        subject = f"Re: {subject}"
    return Letter(subject=subject, text=f"{context.stage}: {names}", html="")


class Anyone(dict[str, str]):
    """Bios for whoever is asked for."""

    def __missing__(self, key: str) -> str:
        """Returns a bio that names its candidate."""
        return f"About {key}."


@dataclass
class Play:
    """The database's part in a story; `now` is the moment at which things happen unless a test says."""

    pool: Pool
    rules: Rules = field(default_factory=Rules)
    now: datetime = NOW

    def on(self, **changes: Any) -> Play:
        """Plays on under other rules."""
        return replace(self, rules=self.rules.model_copy(update=changes))

    async def run(self, run_id: str = "run-1", **asked: Any) -> RunCounts:
        """Books a run."""
        async with transaction(self.pool) as conn:
            return await bookings.book_run(conn, self.rules, run_id, self.now, **asked)

    async def one(self, role: str = "r-data", run_id: str = "run-1") -> str:
        """Books a run for one role, and names its cycle."""
        await self.run(run_id, roles=[role])
        found: str = await self.value(
            "select id from outreach_cycle where role_id = $1 and status <> 'closed'", role
        )
        return found

    def terms(self, cycle_id: str, stage: Stage) -> Terms:
        """What a claim needs, with a Message-ID that was never used before."""
        message_id = f"<{cycle_id}.{stage}.{next(_letters)}@beyond.example>"
        return Terms(self.rules, Brand(), Anyone(), lambda _: message_id, plain)

    async def claim(self, cycle_id: str, stage: Stage = "initial", **order: Any) -> Claimed | Next:
        """Claims an e-mail now."""
        asked = Order(cycle_id, stage, self.now, **order)
        async with transaction(self.pool) as conn:
            return await sending.claim(conn, asked, self.terms(cycle_id, stage))

    async def claimed(self, cycle_id: str, stage: Stage = "initial", **order: Any) -> Claimed:
        """Claims an e-mail now, and is sure to get it."""
        found = await self.claim(cycle_id, stage, **order)
        assert isinstance(found, Claimed), found
        return found

    async def refused(self, cycle_id: str, stage: Stage = "initial", **order: Any) -> Next:
        """Claims an e-mail now, and is sure not to get it."""
        found = await self.claim(cycle_id, stage, **order)
        assert isinstance(found, Next), found
        return found

    async def record(self, claimed: Claimed, delivery: Delivery | None = None) -> Next:
        """Records how an attempt ended: accepted, unless told otherwise."""
        async with transaction(self.pool) as conn:
            delivery = Accepted({}) if delivery is None else delivery
            return await sending.record(conn, claimed.log_id, delivery, self.rules, self.now)

    async def send(self, cycle_id: str, *stages: Stage) -> Next:
        """Sends stages, each when it is due; all are accepted."""
        step = await self.step(cycle_id)
        for stage in stages or ("initial",):
            self.now = max(self.now, step.at or self.now)
            step = await self.record(await self.claimed(cycle_id, stage))
        return step

    async def silence(self, cycle_id: str) -> MovedOn:
        """Plays a thread to its end without an answer, and moves its candidates on."""
        await self.send(cycle_id, *STAGES)
        return await self.move_on(cycle_id, at=(await self.step(cycle_id)).at)

    async def undeliverable(self, cycle_id: str) -> Next:
        """Has every recipient of the first e-mail refused for good."""
        claimed = await self.claimed(cycle_id)
        everyone = {one.email: "550 no such user" for one in claimed.envelope.recipients}
        return await self.record(claimed, AllRefused(everyone))

    async def move_on(self, cycle_id: str, at: datetime | None = None) -> MovedOn:
        """Closes a cycle whose time has come and books next roles."""
        self.now = at or self.now
        async with transaction(self.pool) as conn:
            return await bookings.end(conn, self.rules, cycle_id, self.now)

    async def settle(self, cycle_id: str, *kinds: EventKind, log_id: int | None = None) -> Next:
        """Has a workflow tell what it was told."""
        events = [Event(kind=kind, log_id=log_id) for kind in kinds]
        async with transaction(self.pool) as conn:
            return await steering.settle(conn, cycle_id, events, self.rules, self.now)

    async def reply(self, cycle_id: str, log_id: int | None = None) -> bool:
        """Records a person's reply."""
        async with transaction(self.pool) as conn:
            return await cycles.respond(conn, await cycles.lock(conn, cycle_id), log_id, self.now)

    async def close(self, cycle_id: str, outcome: Any = "stopped") -> None:
        """Closes a cycle."""
        async with transaction(self.pool) as conn:
            await cycles.close(conn, await cycles.lock(conn, cycle_id), outcome, self.now)

    async def hold(self, cycle_id: str) -> bool:
        """Holds a cycle for a person."""
        async with transaction(self.pool) as conn:
            return await cycles.hold(conn, await cycles.lock(conn, cycle_id), "person", self.now)

    async def release(self, cycle_id: str) -> bool:
        """Releases a cycle."""
        async with transaction(self.pool) as conn:
            return await cycles.release(conn, await cycles.lock(conn, cycle_id), self.rules, self.now)

    async def withdraw(self, candidate: str, status: str = "withdrawn") -> list[str]:
        """Takes a candidate out of every open cycle."""
        async with transaction(self.pool) as conn:
            return await steering.withdraw(conn, candidate, status, self.rules, self.now)

    async def close_role(self, role: str, status: str = "closed") -> list[str]:
        """Closes a role for good."""
        async with transaction(self.pool) as conn:
            return await steering.close_role(conn, role, status, self.rules, self.now)

    async def catch_up(self) -> list[str]:
        """Brings cycles in line with the records."""
        async with transaction(self.pool) as conn:
            return await steering.catch_up(conn, self.rules, self.now)

    async def step(self, cycle_id: str) -> Next:
        """Names what a cycle does next."""
        async with transaction(self.pool) as conn:
            return await cycles.next_step(conn, cycle_id)

    async def cycle(self, cycle_id: str) -> dict[str, Any]:
        """Reads a cycle's row."""
        return dict(await self.pool.fetchrow("select * from outreach_cycle where id = $1", cycle_id))

    async def email(self, cycle_id: str, stage: Stage = "initial") -> dict[str, Any]:
        """Reads an e-mail's row."""
        found = "select * from outreach_log where cycle_id = $1 and stage = $2"
        return dict(await self.pool.fetchrow(found, cycle_id, stage))

    async def pitches(self, cycle_id: str) -> dict[str, str]:
        """Reads the status of a cycle's pitches, by candidate."""
        found = "select candidate_id, status from candidate_outreach_history where cycle_id = $1 order by 1"
        return {row["candidate_id"]: row["status"] for row in await self.pool.fetch(found, cycle_id)}

    async def used(self, company: str = "acme", week: date | None = None) -> int:
        """Counts a company's slots used in a week, by default this one."""
        found = "select used from email_limiter where company_id = $1 and week_start = $2"
        return await self.pool.fetchval(found, company, week or self.rules.week(self.now)) or 0

    async def value(self, query: str, *values: Any) -> Any:
        """Reads one value."""
        return await self.pool.fetchval(query, *values)

    async def rows(self, query: str, *values: Any) -> Sequence[Any]:
        """Reads rows."""
        found: Sequence[Any] = await self.pool.fetch(query, *values)
        return found

    async def execute(self, statement: str, *values: Any) -> None:
        """Changes records behind the application's back."""
        await self.pool.execute(statement, *values)

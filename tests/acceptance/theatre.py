"""The real thing for one test: worker processes, commands, a mail server, a database and a namespace."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
from temporalio.client import Client, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter

from db.pool import Pool, open_pool
from desk import steering
from desk.office import Office
from desk.snapshot import snapshot
from domain import names
from domain.rules import Rules
from tests.acceptance import programs
from tests.acceptance.house import House
from tests.acceptance.post import PostOffice
from tests.acceptance.programs import Outcome, Program, looks
from tests.cast import Records
from tests.db import invariants
from tests.fill import fill

INTERVAL = "1s"
"""What 48 hours are on this stage."""

KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT")


class Theatre:
    """What a test acts on: everything it starts is ended with it, by id."""

    def __init__(self, house: House, folder: Path, database_url: str, namespace: str) -> None:
        self.house = house
        self.folder = folder
        self.database_url = database_url
        self.namespace = namespace
        self.post = PostOffice(folder / "mail")
        self.settings: dict[str, str] = {}
        self.programs: list[Program] = []
        self._pool: Pool | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What its programs see: the real settings' names, and nothing of the developer's own."""
        return {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            "HOME": str(self.folder),
            "COLUMNS": "300",
            "DATABASE_URL": self.database_url,
            "TEMPORAL_ADDRESS": self.house.address,
            "TEMPORAL_NAMESPACE": self.namespace,
            "OUTREACH_MAIL_URL": self.post.url,
            "OUTREACH_FOLLOW_UP_INTERVAL": INTERVAL,
            "OUTREACH_HOME": str(self.folder / "home"),
            **self.settings,
        }

    async def open(self) -> None:
        """Opens the mail server's doors and the test's own way into the database."""
        await self.post.start()
        self._pool = await open_pool(self.database_url, size=4)

    async def close(self) -> None:
        """Kills what still runs."""
        for program in self.programs:
            await program.kill()
        await self.post.stop()
        if self._pool is not None:
            self._pool.terminate()

    async def audit(self) -> None:
        """Ends everything, as a power cut would, and holds the database to every promise it makes."""
        for program in self.programs:
            await program.kill()
        async with snapshot(self.pool) as connection:
            await invariants.check(connection)

    async def load(self, records: Records) -> None:
        """Puts records into the database, as if today were the cast's day."""
        async with self.pool.acquire() as connection:
            await fill(connection, records, today=datetime.now(UTC).date())

    async def worker(self, *, ready: bool = True, **settings: str) -> Program:
        """Starts a worker; returns once it takes work, unless it is not to be `ready`."""
        log = self.folder / f"worker-{len(self.programs)}.log"
        named = {"DATABASE_URL": f"{self.database_url}&application_name={log.stem}"}
        started = Program(["worker.py"], self.environment | named | settings, log)
        self.programs.append(started)
        await started.start()
        if ready:
            await started.says("worker ready")
        return started

    async def command(self, *arguments: str, within: float = 60, **settings: str) -> Outcome:
        """Runs a command of `starter.py` to its end."""
        try:
            return await programs.run(
                ["starter.py", *arguments], self.environment | settings, self.folder, within=within
            )
        except TimeoutError as late:
            raise AssertionError(f"{late}\n{await self._standing()}") from None

    async def done(self, *arguments: str, within: float = 60, **settings: str) -> Outcome:
        """Runs a command that is to succeed."""
        outcome = await self.command(*arguments, within=within, **settings)
        assert outcome.code == 0, f"{' '.join(arguments)} ended with {outcome.code}: {outcome.said}"
        return outcome

    @property
    def pool(self) -> Pool:
        """The test's own connections."""
        assert self._pool is not None, "the theatre is not open"
        return self._pool

    async def client(self) -> Client:
        """A client of the test's namespace."""
        return await Client.connect(
            self.house.address, namespace=self.namespace, data_converter=pydantic_data_converter
        )

    async def workflow(self, cycle_id: str) -> WorkflowHandle[Any, Any]:
        """The workflow of a cycle."""
        return (await self.client()).get_workflow_handle(names.workflow_id(cycle_id))

    async def office(self) -> Office:
        """The desk's own view, for a test that answers hundreds of letters."""
        return Office(self.pool, Rules(), await self.client())

    async def force(self, cycle_id: str) -> None:
        """Sends an active cycle's next follow-up now, as `follow-ups --force --cycle ID` does."""
        await steering.nudge(await self.office(), cycle_id, datetime.now(UTC), force=True)

    async def sent(self, cycle_id: str, stage: str, *, within: float = 30) -> None:
        """Returns once a cycle's e-mail has been accepted, and its cycle waits for the next thing."""
        await self.until(
            "exists (select from outreach_log l join outreach_cycle y on y.id = l.cycle_id"
            " where y.id = $1 and l.stage = $2 and l.status = 'sent' and y.stage = $2)",
            cycle_id,
            stage,
            within=within,
        )

    async def cycle(self, role_id: str) -> str:
        """The id of a role's latest cycle."""
        found = "select id from outreach_cycle where role_id = $1 order by ordinal desc limit 1"
        return str(await self.value(found, role_id))

    async def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """Reads rows from the database."""
        return [dict(row) for row in await self.pool.fetch(query, *values)]

    async def value(self, query: str, *values: Any) -> Any:
        """Reads one value from the database."""
        return await self.pool.fetchval(query, *values)

    async def until(self, condition: str, *values: Any, within: float = 30) -> None:
        """Returns once `select condition` is true; fails with where everything stands otherwise."""
        async for _ in looks(within):
            if await self._holds(condition, values):
                return
        standing = await self._standing()
        raise AssertionError(f"not within {within:g} s: {condition} {values or ''}\n{standing}")

    async def wait_for(self, happened: Callable[[], bool], what: str, *, within: float = 30) -> None:
        """Returns once this has happened outside the database."""
        async for _ in looks(within):
            if happened():
                return
        raise AssertionError(f"not within {within:g} s: {what}\n{await self._standing()}")

    async def all_closed(self, *, within: float = 30) -> None:
        """Returns once every cycle has ended and moved on, but for those that wait for a slot."""
        await self.until(
            "count(*) > 0 and bool_and(status in ('closed', 'waiting')) from outreach_cycle", within=within
        )

    async def _holds(self, condition: str, values: Iterable[Any]) -> bool:
        with contextlib.suppress(asyncpg.PostgresConnectionError, asyncpg.InterfaceError, OSError):
            return bool(await self.value(f"select {condition}", *values))
        return False  # the server is away: look again

    async def _standing(self) -> str:
        cycles = await self.rows(
            "select id, status, stage, outcome, waiting_for, next_action_at, held_reason, "
            "(select array_agg(concat_ws(' ', stage, status, attempts, in_flight_since, error) order by l.id)"
            " from outreach_log l where l.cycle_id = y.id) as emails "
            "from outreach_cycle y where status <> 'closed' order by id limit 10"
        )
        logs = [f"{one.pid}: …{one.output[-3000:]}" for one in self.programs]
        return "\n".join([*(str(one) for one in cycles), *logs])


@contextlib.asynccontextmanager
async def theatre(house: House, folder: Path, *, migrated: bool = True) -> AsyncIterator[Theatre]:
    """Opens a theatre in a house, and ends everything that was started in it."""
    await house.open()
    stage = Theatre(house, folder, await house.database(migrated=migrated), await house.namespace())
    try:
        await stage.open()
        yield stage
    finally:
        await stage.close()


async def end(program: Program) -> int:
    """Ends a worker in order, as Ctrl-C does; returns its exit code."""
    program.send(signal.SIGINT)
    return await program.ended()

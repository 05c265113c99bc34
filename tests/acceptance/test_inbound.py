"""No reply is ever lost: whatever dies between its arrival and the end of its cycle (issue 3; R7, R17)."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest_asyncio
from temporalio.client import WorkflowExecutionStatus

from db.sql import queries
from tests.acceptance import worlds
from tests.acceptance.partners_post import answer, delivered, posted, serve, sweep, swept
from tests.acceptance.programs import looks
from tests.acceptance.theatre import Theatre
from tests.mail.badimap import NAME, PASSWORD, BadImap

CYCLES = 3
STORED = "count(*) = $1 from inbox where status = 'stored'"
UNTOLD = "count(*) = $1 from inbox where status = 'attached' and told_at is null"


@pytest_asyncio.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(timeout=30) as opened:
        yield opened


@pytest_asyncio.fixture
async def pitched(theatre: Theatre) -> AsyncIterator[Theatre]:
    """Threads whose first letter is out; the next ones are hours away."""
    theatre.settings["OUTREACH_FOLLOW_UP_INTERVAL"] = "1h"
    await launched(theatre, CYCLES)
    yield theatre


async def launched(theatre: Theatre, cycles: int) -> None:
    await theatre.load(worlds.alike(cycles))
    await theatre.worker()
    await theatre.done("launch", "--wait")


def companies(count: int = CYCLES) -> list[str]:
    return [f"c{number:03}" for number in range(count)]


async def all_answered(theatre: Theatre, *, within: float = 60) -> None:
    """Every cycle has ended as responded, and its workflow knows."""
    await theatre.until("bool_and(outcome = 'responded') from outreach_cycle", within=within)
    for row in await theatre.rows("select id from outreach_cycle"):
        workflow = await theatre.workflow(row["id"])
        assert (await asyncio.wait_for(workflow.result(), within))["outcome"] == "responded"
        assert (await workflow.describe()).status == WorkflowExecutionStatus.COMPLETED


@asynccontextmanager
async def held_up(theatre: Theatre, statement: str) -> AsyncIterator[None]:
    """Holds what a statement locks for as long as the block lasts."""
    async with theatre.pool.acquire() as conn, conn.transaction():
        await conn.execute(statement)
        yield


async def test_a_reply_stops_its_thread_within_a_second_and_a_repeated_one_changes_nothing(
    pitched: Theatre, client: httpx2.AsyncClient
) -> None:
    server = await serve(pitched)
    reply = answer(pitched, "c001")
    assert (await posted(client, server.url, reply)).json() == {"items": 1, "new": 1}
    await pitched.until("outcome = 'responded' from outreach_cycle where role_id = 'r001'", within=5)
    await pitched.until("told_at is not null from inbox", within=10)
    assert (await posted(client, server.url, reply)).json() == {"items": 1, "new": 0}
    assert await pitched.value("select count(*) from outreach_cycle where outcome is null") == CYCLES - 1
    server.program.send(signal.SIGTERM)
    assert await server.program.ended() == 0
    assert "Traceback" not in server.program.output


async def test_replies_stored_by_a_process_that_was_killed_are_processed_by_the_sweep(
    pitched: Theatre, client: httpx2.AsyncClient
) -> None:
    server = await serve(pitched)
    async with held_up(pitched, "select from outreach_cycle for update"):
        for company in companies():
            assert (await posted(client, server.url, answer(pitched, company))).status_code == 200
        await pitched.until(STORED, CYCLES)
        await server.program.kill()
    assert await pitched.value("select count(*) from outreach_cycle where outcome is null") == CYCLES

    await sweep(pitched)

    await all_answered(pitched)


async def test_replies_understood_by_a_process_that_was_killed_are_told_by_the_sweep(
    pitched: Theatre, client: httpx2.AsyncClient
) -> None:
    server = await serve(pitched)
    await pitched.house.temporal.off()
    for company in companies():
        assert (await posted(client, server.url, answer(pitched, company))).status_code == 200
    await pitched.until(UNTOLD, CYCLES, within=60)
    await server.program.kill()
    await pitched.house.temporal.on()
    workflow = await pitched.workflow(await pitched.cycle("r000"))
    assert (await workflow.describe()).status == WorkflowExecutionStatus.RUNNING

    await sweep(pitched)

    await all_answered(pitched)


async def test_replies_stop_their_threads_during_a_planning_and_what_follows_is_done_by_the_sweep(
    pitched: Theatre, client: httpx2.AsyncClient
) -> None:
    server = await serve(pitched)
    async with held_up(pitched, queries("planning").lock_bookings.text):
        for company in companies():
            assert (await posted(client, server.url, answer(pitched, company))).status_code == 200
        await all_answered(pitched)
        await server.program.kill()
    assert await pitched.value("select count(*) from inbox where told_at is null") == CYCLES

    await sweep(pitched)

    await pitched.until("bool_and(told_at is not null) from inbox")
    await pitched.until("bool_and(sent_at is not null) from notice")


async def test_replies_that_come_while_temporal_is_away_stop_their_threads_once_it_is_back(
    pitched: Theatre, client: httpx2.AsyncClient
) -> None:
    server = await serve(pitched)
    await pitched.house.temporal.off()
    for company in companies():
        assert (await posted(client, server.url, answer(pitched, company))).status_code == 200
    await pitched.until(UNTOLD, CYCLES, within=60)
    async for _ in looks(within=15):
        if (health := await client.get(f"{server.url}/health")).status_code == 503:
            break
    assert health.json()["temporal"] == "away"
    early = await serve(pitched)
    assert (await posted(client, early.url, answer(pitched, "c000"))).json()["new"] == 0

    await pitched.house.temporal.on()
    await swept(pitched)

    await all_answered(pitched)


async def test_a_service_is_asked_to_come_again_while_postgresql_is_away(
    pitched: Theatre, client: httpx2.AsyncClient
) -> None:
    server = await serve(pitched)
    reply = answer(pitched, "c000")
    await pitched.house.postgres.off()
    away = await posted(client, server.url, reply)
    assert (away.status_code, away.headers["retry-after"]) == (503, "30")
    await pitched.house.postgres.on()
    await delivered(client, server, reply)
    await pitched.until("outcome = 'responded' from outreach_cycle where role_id = 'r000'")
    assert await pitched.value("select count(*) from inbox") == 1


async def test_whatever_fails_while_replies_arrive_every_thread_ends_answered(
    theatre: Theatre, client: httpx2.AsyncClient
) -> None:
    theatre.settings["OUTREACH_FOLLOW_UP_INTERVAL"] = "1h"
    await launched(theatre, 24)
    server = await serve(theatre)
    posting = [
        asyncio.create_task(delivered(client, server, answer(theatre, company))) for company in companies(24)
    ]
    for outage in (theatre.house.temporal, theatre.house.postgres):
        await server.program.kill()
        await outage.kill()
        await outage.on()
        server.program, server.url = (fresh := await serve(theatre)).program, fresh.url
    await asyncio.gather(*posting)
    assert await theatre.value("select count(*) from inbox") == 24

    await swept(theatre)

    await all_answered(theatre)


async def test_a_mailbox_is_heard_and_what_nobody_heard_is_found_by_the_sweep(theatre: Theatre) -> None:
    async with BadImap() as imap:
        login = f"{NAME}:{PASSWORD}".replace("@", "%40").replace(" ", "%20")
        login = login.replace('"', "%22").replace("\\", "%5C")
        theatre.settings["OUTREACH_MAILBOX_URL"] = f"imap://{login}@127.0.0.1:{imap.port}/INBOX"
        theatre.settings["OUTREACH_FOLLOW_UP_INTERVAL"] = "1h"
        await launched(theatre, 2)
        server = await serve(theatre)
        await asyncio.wait_for(imap.idling.wait(), 20)

        imap.arrives(answer(theatre, "c000"))
        await theatre.until("outcome = 'responded' from outreach_cycle where role_id = 'r000'")
        await server.program.kill()
        imap.arrives(answer(theatre, "c001"))
        await sweep(theatre)

        await all_answered(theatre)
        assert await theatre.value("select last_uid from mailbox_position") == 2
        assert await theatre.value("select count(*) from inbox") == 2


async def test_a_port_that_is_taken_is_named_with_its_setting(theatre: Theatre) -> None:
    server = await serve(theatre)
    taken = await theatre.command("serve", OUTREACH_LISTEN=server.url.removeprefix("http://"))
    assert taken.code == 1
    assert "OUTREACH_LISTEN" in taken.err and "in use" in taken.err
    open_to_all = await theatre.command("serve", OUTREACH_LISTEN="0.0.0.0:0")
    assert open_to_all.code == 1
    assert "OUTREACH_API_TOKEN" in open_to_all.err

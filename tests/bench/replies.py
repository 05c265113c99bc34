"""From a stored reply to its stopped cycle: 500 replies to 2,000 open cycles, on `up` as it runs for real.

Each reply travels as a mail service brings it. The clock starts before it is stored, and stops when Temporal
has closed the cycle's workflow; both are instants of this machine.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from temporalio.client import Client

import worker
from db.pool import Pool, open_pool
from domain import names
from embedded.home import Home, Services
from tests.acceptance import programs, worlds
from tests.acceptance.programs import Program
from tests.acceptance.theatre import KEPT
from tests.fill import fill

CYCLES = 2_000
REPLIES = 500
A_SECOND = 5
"""Replies a second in the steady part; in the other all come at once, over so many connections:"""
CONNECTIONS = 20
LOOKS_A_SECOND = 2
"""Few: to count closed workflows costs the server that is measured."""
AUTH = ("hook", "bench")


async def main() -> None:
    """Prints p50 and p99, replies coming steadily and then all at once."""
    with tempfile.TemporaryDirectory(prefix="outreach-replies-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        environment = {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            "HOME": name,
            "OUTREACH_HOME": str(folder / "home"),
            "OUTREACH_LISTEN": "127.0.0.1:0",
            "OUTREACH_HOOK_POSTMARK_AUTH": ":".join(AUTH),
        }
        up = Program(["starter.py", "up"], environment, folder / "up.log")
        await up.start()
        try:
            await up.says("Ready", within=120)
            services = Home(folder / "home").running()
            assert services is not None
            await _measure(services, environment, folder)
        finally:
            await up.kill()


async def _measure(services: Services, environment: dict[str, str], folder: Path) -> None:
    pool = await open_pool(services.database_url, size=4)
    client = await worker.connect(services.temporal_address)
    async with pool.acquire() as conn:
        await fill(conn, worlds.alike(CYCLES), today=datetime.now(UTC).date())
    launched = await programs.run(
        ["starter.py", "launch", "--wait", "--json"], environment, folder, within=1800
    )
    assert launched.code == 0, launched.said
    letters = await pool.fetch(
        "select cycle_id, message_id, recipients[1] as who from outreach_log order by id"
    )
    assert len(letters) == CYCLES
    async with httpx2.AsyncClient(
        base_url=str(services.web_url), limits=httpx2.Limits(max_connections=CONNECTIONS), timeout=120
    ) as http:
        steady, burst = letters[:REPLIES], letters[REPLIES : 2 * REPLIES]
        await _answer(http, steady, pause=1 / A_SECOND)
        _print(f"{REPLIES} replies, {A_SECOND} a second", await _times(client, pool, steady))
        began = time.perf_counter()
        await _answer(http, burst, pause=0)
        times = await _times(client, pool, burst)
        took = time.perf_counter() - began
        _print(f"{REPLIES} replies at once ({REPLIES / took:.0f}/s)", times)
    await pool.close()


async def _answer(http: httpx2.AsyncClient, letters: Sequence[Any], *, pause: float) -> None:
    posting = []
    for letter in letters:
        posting.append(asyncio.create_task(_post(http, letter)))
        await asyncio.sleep(pause)
    await asyncio.gather(*posting)


async def _post(http: httpx2.AsyncClient, letter: Any) -> None:
    raw = (
        f"From: {letter['who']}\r\nTo: sofia@beyond.example\r\nSubject: Re: interns\r\n"
        f"Message-ID: <answer-{letter['cycle_id']}@partner.example>\r\n"
        f"In-Reply-To: {letter['message_id']}\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\nGladly. Could we talk on Thursday at ten?\r\n"
    )
    body = {"RawEmail": raw, "OriginalRecipient": "sofia@beyond.example"}
    answer = await http.post("/hooks/inbound/postmark", json=body, auth=AUTH)
    assert answer.status_code == 200, answer.text


async def _times(client: Client, pool: Pool, letters: Sequence[Any]) -> list[timedelta]:
    """How long each took, once all have ended."""
    cycles = [letter["cycle_id"] for letter in letters]
    ended = {}
    for _ in range(600 * LOOKS_A_SECOND):
        await asyncio.sleep(1 / LOOKS_A_SECOND)
        query = "WorkflowType = 'OutreachCycle' AND ExecutionStatus = 'Completed'"
        if (await client.count_workflows(query)).count % REPLIES == 0:
            ended = {one.id: one.close_time async for one in client.list_workflows(query)}
            if all(names.workflow_id(cycle) in ended for cycle in cycles):
                break
    rows = await pool.fetch(
        "select i.cycle_id, i.received_at from inbox i join outreach_cycle y on y.id = i.cycle_id"
        " where y.outcome = 'responded' and y.id = any($1::text[])",
        cycles,
    )
    assert len(rows) == len(cycles)
    return sorted(ended[names.workflow_id(row["cycle_id"])] - row["received_at"] for row in rows)


def _print(what: str, times: Sequence[timedelta]) -> None:
    p50, p99 = (times[int(len(times) * part)].total_seconds() * 1000 for part in (0.50, 0.99))
    print(f"{what}, {CYCLES} open cycles: stored to stopped p50 {p50:.0f} ms, p99 {p99:.0f} ms", flush=True)

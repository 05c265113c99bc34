"""The OpenAPI document is kept: whatever is asked is answered as it says, and nothing breaks.

Schemathesis makes requests of the document, right ones and wrong ones, for ids that are there and others, and
sends them to the running server.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from temporalio.testing import WorkflowEnvironment

from db.pool import Pool
from desk import access, schedule
from desk.inbox import PostRoom
from desk.office import Office
from desk.received import add
from desk.reconcile import is_running
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import RULES, book, send
from tests.web.front import Front

CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 10
"""Requests made of each operation."""
QUEUE = "schemathesis"
STRANGE = (
    b"From: someone@else.example\r\nSubject: Hello\r\nMessage-ID: <1@else.example>\r\n\r\nWho is this?\r\n"
)


@pytest_asyncio.fixture
async def busy(pool: Pool, temporal: WorkflowEnvironment) -> AsyncIterator[Front]:
    """A server with a token, on the cast with threads that began, and a Temporal without a worker."""
    await fill(pool)
    for one in await book(pool):
        await send(pool, one)
    office = Office(pool, RULES, temporal.client, QUEUE)
    await add(PostRoom(office, {}), [STRANGE], NOW)
    await schedule.put(temporal.client, RULES, QUEUE)
    await access.give(office, "ana", "write", "a-token", NOW)
    async with Front(pool, office=office).open() as served:
        yield served
    await schedule.delete(temporal.client)
    for row in await pool.fetch("select run_id from run_trigger"):
        if await is_running(temporal.client, row["run_id"]):
            await temporal.client.get_workflow_handle(row["run_id"]).terminate()


async def test_whatever_is_asked_is_answered_as_the_document_says(busy: Front) -> None:
    headers = {"Authorization": "Bearer a-token"}
    document = (await busy.client.get("/openapi.json", headers=headers)).json()
    there = await _ids(busy.pool)
    schema = schemathesis.openapi.from_dict(document)
    seen: Counter[int] = Counter()
    for found in schema.get_all_operations():
        seen += await asyncio.to_thread(_ask, found.ok(), busy.url, headers, there)
    assert set(seen) >= {200, 202, 404, 409, 422}, "right requests and wrong ones were made"
    assert seen[200] > sum(seen.values()) / 4, "what is right is understood"


def _ask(operation: Any, url: str, headers: dict[str, str], there: dict[str, list[str]]) -> Counter[int]:
    """Sends requests of one operation and counts the answers; raises what is against the document."""
    seen: Counter[int] = Counter()
    ids = there.get(operation.path.removeprefix("/api/outreach/").split("/")[0], [])
    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    has_input = bool(operation.path_parameters or operation.query or operation.body)

    @seed(4)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(right, wrong) if has_input else right, id=st.sampled_from(ids or [None]))
    def check(case: Any, id: str | None) -> None:
        if id is not None and "id" in case.path_parameters and case.meta.generation.mode.is_positive:
            case.path_parameters["id"] = id
        answer = case.call(base_url=url, headers=headers)
        seen[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    check()
    return seen


async def _ids(pool: Pool) -> dict[str, list[str]]:
    """Names what is there, by noun."""
    threads = [row["id"] for row in await pool.fetch("select id from outreach_cycle order by id")]
    messages = [str(row["id"]) for row in await pool.fetch("select id from inbox order by id")]
    return {
        "cycles": threads,
        "response": [*threads, "1"],
        "candidates": ["ada", "bela", "hana"],
        "companies": ["acme", "blue"],
        "roles": ["r-data", "r-port", "r-old"],
        "runs": ["run-1"],
        "messages": messages,
    }

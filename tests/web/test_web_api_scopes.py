"""Every route of the document asks for a token, and for one that may write where something is changed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest_asyncio

from db.pool import Pool
from desk import access
from tests.cast import NOW
from tests.web import examples
from tests.web.front import Front

SAFE = ("get", "head", "options")
BRIEF = {
    ("post", "/api/outreach/trigger/"),
    ("get", "/api/outreach/status/"),
    ("get", "/api/outreach/analytics/"),
    ("post", "/api/outreach/follow-up/trigger/"),
    ("get", "/api/outreach/follow-up/pending/"),
    ("post", "/api/outreach/response/{id}/"),
}


@pytest_asyncio.fixture
async def locked(pool: Pool) -> AsyncIterator[Front]:
    """A server where Ana may write and Rea may read."""
    async with Front(pool).open() as served:
        await access.give(served.office, "ana", "write", "ana-token", NOW)
        await access.give(served.office, "rea", "read", "rea-token", NOW)
        yield served


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def document(front: Front) -> dict[str, Any]:
    found: dict[str, Any] = (await front.client.get("/openapi.json", headers=bearer("rea-token"))).json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def filled(path: str) -> str:
    """Puts ids that nothing has into a path."""
    return path.replace("{id}", "999").replace("{stage}", "initial")


async def test_the_briefs_six_are_there(locked: Front) -> None:
    assert {(method, path) for method, path, _ in operations(await document(locked))} >= BRIEF


async def test_every_route_asks_for_a_token(locked: Front) -> None:
    for method, path, _ in operations(await document(locked)):
        for headers in ({}, bearer("wrong")):
            answer = await locked.client.request(method, filled(path), headers=headers)
            assert answer.status_code == 401, (method, path)


async def test_a_token_to_look_with_changes_nothing_anywhere(locked: Front) -> None:
    for method, path, _ in operations(await document(locked)):
        answer = await locked.client.request(method, filled(path), headers=bearer("rea-token"))
        assert (answer.status_code == 403) is (method not in SAFE), (method, path, answer.text)


async def test_a_token_to_write_with_is_let_in_everywhere(locked: Front) -> None:
    for method, path, _ in operations(await document(locked)):
        answer = await locked.client.request(method, filled(path), headers=bearer("ana-token"))
        assert answer.status_code not in (401, 403), (method, path)


async def test_every_operation_is_summed_up_described_and_sorted(locked: Front) -> None:
    for method, path, operation in operations(await document(locked)):
        assert operation["summary"], path
        assert operation["description"], path
        assert operation["tags"], path
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        assert body is None or body["examples"], (method, path)


async def test_the_examples_are_what_the_server_answers(front: Front) -> None:
    kept = json.loads(examples.FILE.read_text("utf-8"))
    assert await examples.answers(front) == kept, "`python -m tests.web.examples` writes them anew"
    shown = (await front.client.get("/openapi.json")).json()["paths"]
    path = "/api/outreach/status/"
    answer = shown[path]["get"]["responses"]["200"]["content"]["application/json"]
    assert answer["example"] == kept[f"get {path}"]


async def test_what_goes_wrong_stands_under_its_own_media_type(locked: Front) -> None:
    found = await document(locked)
    for method, path, operation in operations(found):
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"], (method, path, status)
    assert "HTTPValidationError" not in found["components"]["schemas"]

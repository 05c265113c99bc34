"""The health page: true, bounded, without a word about anybody."""

from __future__ import annotations

import tomllib
from pathlib import Path

from temporalio.testing import WorkflowEnvironment

from db import migrate
from db.pool import Pool
from desk.office import Office
from domain import health
from domain.rules import Rules
from tests.scenes import do
from tests.web.front import Front


async def test_all_is_well_when_everything_answers(pool: Pool, temporal: WorkflowEnvironment) -> None:
    front = Front(pool)
    front.office = Office(pool, Rules(), temporal.client)
    async with front.open():
        answer = await front.client.get("/health")
        assert answer.status_code == 200
        assert answer.json() == {
            "ok": True,
            "database": "answers",
            "temporal": "answers",
            "mailbox": "not set",
            "unfinished": 0,
            "unmatched": 0,
            "versions": {"outreach": health.VERSION, "schema_revision": migrate.head()},
        }
        head = await front.client.head("/health")
        assert (head.status_code, head.content) == (200, b"")


async def test_what_is_away_is_named_and_answered_with_503(front: Front) -> None:
    answer = await front.client.get("/health", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["temporal"]) == (503, "away")
    assert int(answer.headers["retry-after"]) > 0
    await front.pool.close()
    async with Front(front.pool).open() as other:
        answer = await other.client.get("/health")
        assert answer.status_code == 503
        assert (answer.json()["database"], answer.json()["unfinished"]) == ("away", None)


async def test_an_older_schema_is_told_apart(front: Front) -> None:
    await do(front.pool, "update alembic_version set version_num = '0001'")
    assert (await front.client.get("/health")).json()["database"] == "old schema"


async def test_a_browser_gets_a_page(front: Front) -> None:
    answer = await front.client.get("/health", headers={"Accept": "text/html,application/xhtml+xml"})
    assert answer.headers["content-type"].startswith("text/html")
    assert "something is away" in answer.text
    assert "Waiting for a person" in answer.text


async def test_every_answer_has_careful_headers_and_tells_nothing_of_the_server(front: Front) -> None:
    for path in ("/health", "/api/nothing", "/live/nothing", "/hooks/inbound/nobody"):
        answer = await front.client.get(path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers
        if path != "/health":
            assert answer.headers["content-type"] == "application/problem+json"


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    assert project["project"]["version"] == health.VERSION

"""Answers of the server on the named cast, for the document: `python -m tests.web.examples` writes them.

They are real ones, shortened: of a list one line, of a text its beginning.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from db import migrate
from db.pool import open_pool
from embedded.home import temporary_home
from embedded.postgres import Postgres
from tests.fill import fill
from tests.scenes import DAY, book, send
from tests.web.front import Front

FILE = Path(__file__).parents[2] / "web" / "api" / "examples.json"
CYCLE = "acme-robotics-data-analyst-r-data-1"
API = "/api/outreach"
ASKED: tuple[tuple[str, str, str, Any], ...] = (
    ("get", "/status/", "/status/", None),
    ("get", "/analytics/", "/analytics/", None),
    ("post", "/trigger/", "/trigger/", {"dry_run": True, "max_roles": 1, "role": ["r-web", "r-fleet"]}),
    ("get", "/follow-up/pending/", "/follow-up/pending/?most=1", None),
    ("post", "/follow-up/trigger/", "/follow-up/trigger/", {"dry_run": True}),
    ("get", "/cycles/", "/cycles/?most=1", None),
    ("get", "/cycles/{id}/", f"/cycles/{CYCLE}/", None),
    ("post", "/cycles/{id}/pause/", f"/cycles/{CYCLE}/pause/", None),
    ("post", "/cycles/{id}/resume/", f"/cycles/{CYCLE}/resume/", None),
    ("post", "/response/{id}/", f"/response/{CYCLE}/", None),
    (
        "post",
        "/cycles/{id}/outcomes/",
        f"/cycles/{CYCLE}/outcomes/",
        {"candidate_id": "ada", "outcome": "interview"},
    ),
    ("get", "/candidates/", "/candidates/?most=1", None),
    ("get", "/candidates/{id}/", "/candidates/ada/", None),
    ("get", "/companies/", "/companies/?most=1", None),
    ("get", "/companies/{id}/", "/companies/acme/", None),
    ("get", "/runs/", "/runs/?most=1", None),
    ("get", "/runs/{id}/", "/runs/run-1/", None),
    ("get", "/roles/{id}/letters/{stage}/", "/roles/r-data/letters/initial/", None),
    ("get", "/messages/", "/messages/?most=1", None),
    ("get", "/approvals/", "/approvals/?most=1", None),
)


async def answers(front: Front) -> dict[str, Any]:
    """Asks the server, and keeps what it answers by method and path."""
    await fill(front.pool)
    for one in await book(front.pool):
        await send(front.pool, one)
    front.now += 3 * DAY
    found = {}
    for method, path, asked, body in ASKED:
        options = {} if body is None else {"json": body}
        answer = await front.client.request(method, f"{API}{asked}", **options)
        assert answer.status_code == 200, (asked, answer.text)
        found[f"{method} {API}{path}"] = _short(answer.json())
    return found


def _short(value: Any) -> Any:
    if isinstance(value, str):
        return value if len(value) <= 120 else f"{value[:100].rstrip()} …"
    if isinstance(value, list):
        return [_short(one) for one in value[:2]]
    return {name: _short(one) for name, one in value.items()} if isinstance(value, dict) else value


async def main() -> None:
    """Writes the file."""
    async with temporary_home() as home, Postgres(home.path, durable=False) as server:
        await migrate.upgrade(server.url)
        pool = await open_pool(server.url)
        async with Front(pool).open() as front:
            FILE.write_text(json.dumps(await answers(front), indent=1, ensure_ascii=False) + "\n", "utf-8")
        await pool.close()


if __name__ == "__main__":
    asyncio.run(main())

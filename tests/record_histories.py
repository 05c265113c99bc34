"""Records the stories' histories anew: `python -m tests.record_histories [STORY …]`."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
from temporalio.testing import WorkflowEnvironment

from db import migrate
from db.pool import open_pool
from domain.rules import Rules
from embedded.home import temporary_home
from embedded.postgres import Postgres
from tests.stage import stage
from tests.stories import RULES, RUNS, STORIES
from tests.temporal_env import skipping_env
from workflows import attributes

FOLDER = Path(__file__).parent / "histories"

_OF_THIS_MACHINE = {"identity": "recorded", "stackTrace": ""}


async def record(names: list[str]) -> None:
    """Plays stories on servers of their own and writes what their workflows did."""
    async with (
        temporary_home() as home,
        Postgres(home.path, durable=False) as postgres,
        await skipping_env(attributes.ALL) as env,
    ):
        for name in names:
            await _record(name, env, await _database(postgres.url, f"story_{name}".replace("-", "_")))


async def _database(server: str, name: str) -> str:
    connection = await asyncpg.connect(server)
    await connection.execute(f"create database {name}")
    await connection.close()
    url = urlsplit(server)._replace(path=f"/{name}").geturl()
    await migrate.upgrade(url)
    return url


async def _record(name: str, env: WorkflowEnvironment, database_url: str) -> None:
    pool = await open_pool(database_url)
    try:
        async with stage(env, pool, rules=RULES.get(name, Rules())) as play:
            await _write(name, (await STORIES[name](play)).handle)
            if name in RUNS:
                await _write(f"{name}.run", play.client.get_workflow_handle(RUNS[name]))
    finally:
        await pool.close()


async def _write(name: str, handle: Any) -> None:
    history = await handle.fetch_history()
    text = json.dumps(cleaned(history.to_json_dict()), separators=(",", ":"))
    (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    print(f"{name}: {len(history.events)} events")


def cleaned(tree: Any) -> Any:
    """Leaves out what a history says of the machine that made it."""
    if isinstance(tree, list):
        return [cleaned(value) for value in tree]
    if not isinstance(tree, dict):
        return tree
    if tree.get("kind") == "TASK_QUEUE_KIND_STICKY":
        return {**tree, "name": "sticky"}
    return {key: _OF_THIS_MACHINE.get(key, cleaned(value)) for key, value in tree.items()}


if __name__ == "__main__":
    logging.getLogger("temporalio").setLevel(logging.ERROR)  # outages are part of the stories
    logging.getLogger("outreach").setLevel(logging.ERROR)
    asyncio.run(record(sys.argv[1:] or list(STORIES)))

"""The embedded Temporal server keeps its state in the home, and lives as long as its users."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
import urllib.request
from collections.abc import Awaitable, Callable
from datetime import timedelta
from importlib import metadata
from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import Client
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes
from temporalio.worker import Worker

from domain import errors
from embedded import temporal
from embedded.temporal import TemporalServer
from tests.embedded.conftest import Command, alive, ended, server_of
from tests.temporal_env import skipping_env

Start = Callable[[str, Path], Awaitable[Command]]

COMPANY = SearchAttributeKey.for_keyword("OutreachCompany")
ACME = TypedSearchAttributes([SearchAttributePair(COMPANY, "acme")])

OWNER = """
from embedded.temporal import TemporalServer
async def main(folder):
    async with TemporalServer(folder) as server:
        print(server.address)
        await asyncio.sleep(600)
"""


@workflow.defn
class Patience:
    """Waits for two days."""

    @workflow.run
    async def run(self) -> str:
        await workflow.sleep(timedelta(hours=48))
        return "patient"


def page(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def server(folder: Path) -> TemporalServer:
    return TemporalServer(folder, search_attributes={"OutreachCompany": "Keyword"}, durable=False)


async def test_workflows_and_their_search_attributes_survive_a_restart(folder: Path) -> None:
    async with server(folder) as first:
        client = await Client.connect(first.address)
        await client.start_workflow(Patience.run, id="cycle-1", task_queue="nobody", search_attributes=ACME)
        process = server_of(folder / "temporal")
        assert "<html" in await asyncio.to_thread(page, first.ui_url)
    assert not alive(process)
    async with server(folder) as second:
        client = await Client.connect(second.address)
        found = await client.get_workflow_handle("cycle-1").describe()
        assert found.typed_search_attributes[COMPANY] == "acme"


async def test_a_killed_owner_takes_the_server_along(folder: Path, command: Start) -> None:
    owner = await command(OWNER, folder)
    assert (await owner.says()).startswith("127.0.0.1:")
    process = server_of(folder / "temporal")
    await owner.signal(signal.SIGKILL)
    assert await ended(process)


async def test_a_given_port_that_is_taken_is_refused_with_its_number(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(errors.Refused, match=f"port {port} "):
            await TemporalServer(folder, port=port).start()


async def test_a_server_that_does_not_come_up_says_why(folder: Path) -> None:
    (folder / "temporal" / "temporal.db").mkdir(parents=True)
    with pytest.raises(errors.TemporalDown, match=r"(?s)does not start in .*database"):
        await TemporalServer(folder).start()


def test_a_command_on_path_comes_before_the_installed_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))
    assert Path(temporal.find_cli()).parent != folder
    own = folder / "temporal"
    own.touch(mode=0o755)
    assert temporal.find_cli() == str(own)


def test_without_any_command_the_error_says_how_to_get_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(metadata, "files", missing)
    with pytest.raises(errors.Unavailable, match="make setup"):
        temporal.find_cli()


async def test_two_days_pass_in_seconds_where_time_is_skipped() -> None:
    started = time.monotonic()
    async with (
        await skipping_env([COMPANY]) as env,
        Worker(env.client, task_queue="patience", workflows=[Patience]),
    ):
        answer = await env.client.execute_workflow(
            Patience.run, id="patience", task_queue="patience", search_attributes=ACME
        )
    assert answer == "patient"
    assert time.monotonic() - started < 60

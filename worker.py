"""The composition root of a worker: settings to pool, transport, model and steps (STYLE 14).

`python worker.py` runs until it is told to stop (Ctrl-C or SIGTERM); then it finishes the attempts it
has begun, within its grace period.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.alive import Alive
from activities.bios import Biographer
from activities.cycles import CycleSteps
from activities.failures import Discreet
from activities.inbox import InboxSteps
from activities.letters import LetterSteps
from activities.notices import NoticeSteps
from activities.reconcile import ReconcileSteps
from activities.runs import RunSteps
from bios.model import Refiner
from bios.replies import ReplyReader
from console import logs
from db import migrate
from db.pool import Pool, open_pool
from desk import sweeping, temporal
from desk.inbox import PostRoom
from desk.mailbox import Letterbox
from desk.office import Office
from desk.workers import published
from domain import errors, names
from domain.notices import Links
from mail import outgoing
from mail.hooks.net import Net
from mail.letters import Letters
from mail.notices import Notices
from mail.redirect import Redirected
from mail.transport import Transport
from settings import Settings, load, temporal_profile
from workflows import attributes
from workflows import steps as workflow_steps
from workflows.cycle import OutreachCycle
from workflows.decline import Decline
from workflows.notice import Notice
from workflows.run import OutreachRun
from workflows.sweep import InboxSweep

log = logging.getLogger("outreach.worker")

GRACE = workflow_steps.SENDING + timedelta(seconds=15)
"""Above the sending time-out: an attempt that was begun is finished."""

CACHED_WORKFLOWS = 20_000
"""Above the number of open cycles: below it every wake-up replays a history (64 KB a cached cycle)."""

WORKFLOWS = (OutreachRun, OutreachCycle, Decline, Notice, InboxSweep)

HAND_OVERS = ("send_letter", "send_notice")

RUNNER = SandboxedWorkflowRunner(
    restrictions=SandboxRestrictions.default.with_passthrough_modules("domain", "pydantic", "annotated_types")
)


async def connect(address: str | None = None) -> Client:
    """Connects to the embedded server at `address`, or to the one that Temporal's own settings name.

    Raises `errors.TemporalDown` that names the address and says what to do.
    """
    return await temporal.connect({} if address else temporal_profile().to_client_connect_config(), address)


def transport_of(settings: Settings) -> Transport:
    """Builds the way e-mail leaves by; `errors.BadSetting` if none is set."""
    server = settings.mail_server
    if server is None:
        raise errors.BadSetting(
            "OUTREACH_MAIL_URL is not set: expected smtp://user:password@host:587 or a mail service's (see "
            "docs/settings.md), or run `starter.py up`, which catches every e-mail in a folder"
        )
    transport = outgoing.transport(server)
    return Redirected(transport, settings.redirect_all_to) if settings.redirect_all_to else transport


def letterbox_of(settings: Settings) -> Letterbox | None:
    """Builds the door to the mailbox, or None where none is set."""
    return Letterbox(settings.mailbox) if settings.mailbox else None


def refiner_of(settings: Settings) -> Refiner | None:
    """Builds the language model's door, or None without a key (R13)."""
    if settings.openai_api_key is None:
        return None
    return Refiner(
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=settings.openai_base_url,
        model=settings.openai_model,
    )


def steps(
    settings: Settings, pool: Pool, client: Client, transport: Transport, refiner: Refiner | None, net: Net
) -> Sequence[Callable[..., Any]]:
    """Lists the activities, each with what it needs."""
    rules = settings.rules
    letters = LetterSteps(
        pool=pool,
        rules=rules,
        brand=settings.brand,
        letters=Letters(),
        transport=transport,
        biographer=Biographer(pool, refiner),
        way_back=settings.way_back,
    )
    reader = ReplyReader(refiner) if refiner else None
    links = Links(web_ui=settings.temporal_ui, namespace=client.namespace)
    cycle, run = CycleSteps(pool, rules), RunSteps(pool, rules)
    office = Office(pool, rules, client, settings.task_queue)
    return [
        letters.send_letter,
        NoticeSteps(pool, rules, settings.brand, Notices(), transport, reader, links).send_notice,
        cycle.settle,
        cycle.move_on,
        run.plan_run,
        run.page_of_run,
        run.finish_run,
        ReconcileSteps(office).reconcile,
        InboxSteps(PostRoom(office, net.fetchers), letterbox_of(settings)).sweep_inbox,
    ]


@asynccontextmanager
async def running(settings: Settings, client: Client, database_url: str) -> AsyncIterator[None]:
    """Runs a worker for as long as the context lasts, then lets its attempts finish."""
    async with AsyncExitStack() as stack:
        pool = await open_pool(database_url, size=20)
        stack.push_async_callback(pool.close)
        async with pool.acquire() as connection:
            await migrate.check(connection)
        transport = transport_of(settings)
        stack.push_async_callback(transport.close)
        refiner = refiner_of(settings)
        if refiner is not None:
            stack.push_async_callback(refiner.close)
        net = Net(settings.resend_key)
        stack.push_async_callback(net.close)
        await register_attributes(client)
        await sweeping.ensure(client, settings.task_queue)
        activities = steps(settings, pool, client, transport, refiner, net)
        await stack.enter_async_context(published(pool, settings.task_queue, settings.told))
        workers = built(client, settings.task_queue, activities, mail_rate=settings.mail_rate)
        for worker in workers:
            await stack.enter_async_context(worker)
        yield


def built(
    client: Client,
    task_queue: str,
    activities: Sequence[Callable[..., Any]],
    *,
    grace: timedelta = GRACE,
    mail_rate: float | None = None,
) -> tuple[Worker, Worker]:
    """Builds the worker of our workflows and these activities, and the one of hand-overs to a mail server.

    Hand-overs have a task queue of their own, so that `mail_rate` (e-mails a second) holds over all workers
    and slows nothing else.
    """
    handing_over = [one for one in activities if one.__name__ in HAND_OVERS]
    common: dict[str, Any] = {
        "interceptors": [Discreet(), Alive()],
        "max_concurrent_activities": 20,
        "graceful_shutdown_timeout": grace,
    }
    return (
        Worker(
            client,
            task_queue=task_queue,
            workflows=WORKFLOWS,
            activities=[one for one in activities if one not in handing_over],
            workflow_runner=RUNNER,
            max_cached_workflows=CACHED_WORKFLOWS,
            **common,
        ),
        Worker(
            client,
            task_queue=names.mail_queue(task_queue),
            activities=handing_over,
            max_task_queue_activities_per_second=mail_rate,
            **common,
        ),
    )


async def register_attributes(client: Client) -> None:
    """Registers the search attributes, or says which are missing: one would fail every workflow task."""
    try:
        found = await client.operator_service.list_search_attributes(
            ListSearchAttributesRequest(namespace=client.namespace)
        )
    except RPCError as failed:
        raise temporal.down(failed) from failed
    present = {*found.custom_attributes, *found.system_attributes}
    missing = {
        key.name: IndexedValueType.ValueType(int(key.indexed_value_type))
        for key in attributes.ALL
        if key.name not in present
    }
    if not missing:
        return
    try:
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(namespace=client.namespace, search_attributes=missing)
        )
    except RPCError as refused:
        if refused.status == RPCStatusCode.ALREADY_EXISTS:
            return
        raise errors.TemporalDown(
            f"these search attributes are missing and could not be registered ({refused.message}): "
            f"{', '.join(sorted(missing))}; add them with `temporal operator search-attribute create`"
        ) from refused


async def run(settings: Settings) -> None:
    """Runs a worker until SIGINT or SIGTERM."""
    if settings.database_url is None:
        raise errors.BadSetting(
            "DATABASE_URL is not set: `starter.py up` runs embedded services and a worker"
        )
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    client = await connect()
    async with running(settings, client, settings.database_url.get_secret_value()):
        log.info("worker ready on task queue %s; Ctrl-C stops it", settings.task_queue)
        await stopping.wait()
        log.info("finishing what was begun")


def main() -> int:
    """Runs a worker from the command line; returns its exit code."""
    argparse.ArgumentParser(
        description="Runs a worker until Ctrl-C or SIGTERM; docs/settings.md names its settings."
    ).parse_args()
    logs.for_a_server(logging.INFO)
    try:
        asyncio.run(run(load()))
    except errors.OutreachError as wrong:
        print(wrong, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # Temporal's threads may crash an interpreter that tears down under them (sdk-python#300)

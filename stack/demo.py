"""`demo`: the whole story on embedded services, with sample records and an interval of seconds."""

from __future__ import annotations

import asyncio
import csv
import logging
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

import worker
from db import records
from db.pool import Pool, open_pool
from desk.office import Office
from domain.letters import Stage
from domain.listen import Listen
from domain.messages import RunCounts, RunRequest
from embedded.home import temporary_home
from sample import small
from settings import HOOKS, Settings
from stack.cinema import Cinema
from stack.partners import Manner, Partners
from stack.postbox import postbox
from stack.services import Running, services
from stack.summary import summary
from stack.view import View
from stack.web import web_of
from workflows.run import OutreachRun

INTERVAL = timedelta(seconds=3)
ANSWERS: dict[str, tuple[Stage, Manner]] = {
    "r03": ("initial", "reply"),
    "r08": ("follow_up_1", "reply"),
    "r16": ("follow_up_2", "reply"),
    "r24": ("follow_up_3", "reply"),
    "r06": ("follow_up_1", "away"),
    "r20": ("follow_up_1", "opt_out"),
    "r11": ("initial", "bounce"),
}
"""Which letter the sample roles' companies answer, and how; the others stay silent."""
FIRST_RUN = 14
"""The first run plans this many roles; the second plans the rest and admits the cycles that wait."""
SECOND_RUN_AFTER = 17.0
MORE_WANTED = ("solace", "atelier")
"""Companies that want more than their limit of one: a second run admits their waiting cycles."""
LONGEST = 80.0
"""Seconds after which the story is told even if a cycle is still open."""


_INTRODUCTION = Panel(
    Text.assemble(
        "A dozen sample companies, two dozen open roles, forty interns. The best three for each role are ",
        "pitched by e-mail; follow-ups go out every ",
        (f"{INTERVAL.seconds} seconds", "bold"),
        " instead of every 48 hours. Some partners answer by e-mail: a reply stops the thread and has the ",
        "company's other threads wait, an out-of-office notice holds the next letter, an address that ",
        "bounces or opts out is not written to again. The interns of silent companies move on to their next ",
        "best roles. No company gets more first e-mails than its week allows: some next cycles wait until a ",
        "second run admits them.",
    ),
    title="Outreach, the whole story",
    border_style="cyan",
)


async def demo(settings: Settings, console: Console, *, leave: bool) -> None:
    """Plays the story, prints a summary, and stays up for inspection unless `leave`.

    Cancelled at any moment it ends everything it started; the caught e-mails stay in their folder.
    """
    console.print(_INTRODUCTION)
    async with temporary_home(keep={"mail"}) as home, AsyncExitStack() as stack:
        stack.enter_context(_logging_to(home.path / "worker.log"))
        with console.status("Starting PostgreSQL, Temporal and a mail catcher …"):
            running = await stack.enter_async_context(
                services(home, _of_the_demo(settings), durable=False, all_embedded=True)
            )
            pool = await open_pool(running.database_url)
            stack.push_async_callback(pool.close)
            folder = home.path / "records"
            await _load(pool, folder)
            await stack.enter_async_context(
                worker.running(running.settings, running.client, running.database_url)
            )
            await stack.enter_async_context(postbox(running))
            address = await stack.enter_async_context(web_of(running))
            running = replace(running, services=replace(running.services, web_url=address))
            home.publish(running.services)
        console.print(
            Text.assemble("Watch it in a browser while it happens: ", (address, "bold cyan")), soft_wrap=True
        )
        await _tell(running, pool, folder, console, stays=not leave)
        if not leave:
            console.print(
                Text.assemble("Everything stays up for you to look at. ", ("Ctrl-C", "bold"), " ends it.")
            )
            await asyncio.Event().wait()


@contextmanager
def _logging_to(path: Path) -> Iterator[None]:
    """Keeps what a worker logs out of the picture, in a file of the demo's home."""
    handler = logging.FileHandler(path, encoding="utf-8")
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


def _of_the_demo(settings: Settings) -> Settings:
    """Nothing of the real world is used, whatever is set: no database, mail server or language model."""
    return settings.model_copy(
        update={
            "database_url": None,
            "mail_url": None,
            "redirect_all_to": None,
            "openai_api_key": None,
            "mail_rate": None,
            "mailbox_url": None,
            "listen": Listen(port=0),
            **{f"hook_{name}": None for name in (*HOOKS, "resend_api_key")},
            "inbound_domain": None,
            "base_url": None,
            "sending_window": None,
            "follow_up_interval": INTERVAL,
            "weekly_limit": 1,
            "max_generations": 3,
            "time_zone": ZoneInfo("UTC"),
        }
    )


async def _load(pool: Pool, folder: Path) -> None:
    small.write(folder, datetime.now(UTC).date())
    async with pool.acquire() as connection:
        await records.load(connection, folder)


async def _tell(running: Running, pool: Pool, folder: Path, console: Console, *, stays: bool) -> None:
    """Plays two runs and what follows from them, on the screen, and sums it up."""
    office = Office(pool, running.settings.rules, running.client, running.settings.task_queue)
    assert running.catcher is not None
    running.catcher.listen_to(Partners(pool, running.catcher, ANSWERS).read)
    cinema = Cinema(pool, console)
    story = asyncio.create_task(_story(office, folder, cinema.view))
    try:
        await cinema.show(story, LONGEST)
    finally:
        story.cancel()
    console.print(await summary(pool, running, stays=stays))


async def _story(office: Office, folder: Path, view: View) -> None:
    view.note(f"A first run of {FIRST_RUN} roles begins.")
    await _launch(office, "first", RunRequest(max_roles=FIRST_RUN))
    await asyncio.sleep(SECOND_RUN_AFTER)
    names = await _raise_limits(office.pool, folder)
    view.note(f"{names} take two first e-mails a week from now on; a second run begins.")
    await _launch(office, "second", RunRequest())


async def _raise_limits(pool: Pool, folder: Path) -> str:
    """Loads the companies again with a higher limit for some, as a CRM would; names them."""
    sheet = folder / "companies.csv"
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    raised = [row for row in rows if row["id"] in MORE_WANTED]
    for row in raised:
        row["weekly_limit"] = "2"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    async with pool.acquire() as connection:
        await records.load(connection, folder)
    return " and ".join(row["name"] for row in raised)


async def _launch(office: Office, name: str, request: RunRequest) -> RunCounts:
    run_id = f"run-{datetime.now(UTC):%Y-%m-%d}-{name}"
    return await office.temporal.execute_workflow(
        OutreachRun.run, request, id=run_id, task_queue=office.task_queue, static_summary=f"The {name} run"
    )

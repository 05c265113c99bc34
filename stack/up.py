"""`up`: the services and a worker for real use on one machine, until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import worker
from desk import schedule
from embedded.home import Home
from settings import Settings
from stack.postbox import postbox
from stack.services import Running, services
from stack.web import checked, web_of


async def up(settings: Settings, say: Callable[[str], None]) -> None:
    """Runs everything on `OUTREACH_HOME`, says where it answers, and ends it all when cancelled."""
    checked(settings)
    home = Home(settings.home)
    async with home.hold():
        say(f"Starting services in {home.path} …")
        async with (
            services(home, settings) as running,
            worker.running(running.settings, running.client, running.database_url),
            postbox(running),
            web_of(running, any_port="listen" not in settings.model_fields_set) as address,
        ):
            home.publish(replace(running.services, web_url=address))
            for line in _addresses(running, address, await _schedule(running)):
                say(line)
            try:
                await running.keep(say)
            finally:
                say("Stopping: what was begun is finished first.")


async def _schedule(running: Running) -> str:
    """Creates the daily run if there is none, one that a person paused or changed stays; says when it is."""
    daily = await schedule.ensure(running.client, running.settings.rules, running.settings.task_queue)
    when = f"at {daily.at} ({daily.time_zone})"
    if not daily.next_runs:
        return f"{when}, paused; `starter.py schedule resume` lets it go on"
    following = daily.next_runs[0].astimezone(running.settings.time_zone)
    return (
        f"{when}, next on {following:%a} {following.day} {following:%b}; `starter.py schedule pause` stops it"
    )


def _addresses(running: Running, web: str, daily: str) -> list[str]:
    found = running.services
    mail = found.mail_folder or running.settings.mail_server
    return [
        f"  Dashboard         {web}",
        f"  Temporal Web UI   {found.temporal_ui_url or found.temporal_address}",
        f"  Hooks, health     {web}/hooks/…, {web}/health",
        f"  E-mail            {'caught in ' if found.mail_folder else 'sent by '}{mail}",
        f"  Daily run         {daily}",
        "Ready: open the dashboard in a browser. In another terminal: `starter.py load DIR`, "
        "`starter.py launch --dry-run`; Ctrl-C stops.",
    ]

"""Shows the story while it happens: frames on a terminal, plain lines anywhere else."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from rich.console import Console
from rich.live import Live

from db.pool import Pool, transaction
from db.sql import queries
from stack.view import View

FRAME = 0.25
"""Seconds between two looks at the database."""


class Cinema:
    """Reads the database a few times a second and shows what stands there."""

    def __init__(self, pool: Pool, console: Console) -> None:
        self.pool = pool
        self.console = console
        self.view = View("Outreach demo")
        self._seen = 0

    async def show(self, story: asyncio.Task[None], longest: float) -> None:
        """Shows until the story is told and no cycle has anything to do now, or for `longest` seconds."""
        end = asyncio.get_running_loop().time() + longest
        with Live(console=self.console, auto_refresh=False, transient=True) as live:
            while True:
                lines = await self._look()
                if self.console.is_terminal:
                    live.update(self.view.render(datetime.now(UTC), self.console), refresh=True)
                else:
                    for line in lines:
                        self.console.print(line, soft_wrap=True)
                if story.done():
                    story.result()
                    if not any(cycle["status"] == "active" for cycle in self.view.cycles):
                        return
                if asyncio.get_running_loop().time() > end:
                    return
                await asyncio.sleep(FRAME)

    async def _look(self) -> list[object]:
        async with transaction(self.pool, isolation="repeatable_read", readonly=True) as conn:
            self.view.cycles = await queries("story").cycles.all(conn)
            events = await queries("story").events.all(conn, after=self._seen)
            counts = await queries("story").counts.one(conn)
        self.view.emails, self.view.replies = counts["emails"], counts["replies"]
        if events:
            self._seen = events[-1]["id"]
        return list(self.view.happened(events))

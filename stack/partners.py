"""The demo's partner companies: who answers, and after which letter. They read what the catcher keeps."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db.pool import transaction
from db.sql import queries
from desk import steering
from desk.office import Office
from domain.letters import Stage
from embedded import catcher

READS_FOR = 0.6
"""Seconds a partner takes to read a letter and answer."""


@dataclass(slots=True)
class Partners:
    """Answers like people: some at once, some after the second reminder, most never."""

    office: Office
    answers: Mapping[str, Stage]
    """Which letter each role's company answers, by role id; the others stay silent."""
    replies: int = 0

    async def read(self, path: Path) -> None:
        """Reads one letter that was caught, and perhaps answers it."""
        message = catcher.read(path)
        async with transaction(self.office.pool) as conn:
            email = await queries("story").of_message.one(conn, message_id=str(message["Message-ID"]))
        if email is None or self.answers.get(email["role_id"]) != email["stage"]:
            return
        await asyncio.sleep(READS_FOR)
        done = await steering.reply(self.office, str(email["id"]), datetime.now(UTC))
        self.replies += done.changed

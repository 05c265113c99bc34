"""A large world that the server itself fills in: two years of outreach, the same every time (large.sql).

Fifty thousand cycles need more roles than the brief's set has: each has one open cycle at most, and nobody
is pitched for a role twice.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.cast import NOW

_SCRIPT = Path(__file__).with_suffix(".sql")


@dataclass(frozen=True)
class Size:
    """How much of everything; `rounds` is how many cycles a role has had."""

    companies: int = 300
    roles: int = 2_200
    open: int = 2_000
    """Roles with an open cycle."""
    candidates: int = 2_700
    available: int = 2_100
    """Candidates who are to be had; a multiple of three, since each is in three open cycles at most."""
    rounds: int = 23
    replies: int = 4_200
    """Replies that are kept in the inbox."""


SMALL = Size(companies=40, roles=60, open=50, candidates=90, available=60, rounds=4, replies=40)


async def fill(conn: Any, now: datetime = NOW, size: Size = Size()) -> None:
    """Fills a migrated, empty database; takes half a minute for the default size.

    `conn` is one connection, outside a transaction; a world can be made in a database once.
    """
    asked = {name: str(value) for name, value in asdict(size).items()} | {"now": now.isoformat()}
    for name, value in asked.items():
        await conn.fetchval("select set_config($1, $2, false)", f"large.{name}", value)
    await conn.execute(f"begin;\n{_SCRIPT.read_text(encoding='utf-8')}\ncommit;", timeout=600)
    await conn.execute("vacuum analyze", timeout=600)  # as the server does by itself, in time

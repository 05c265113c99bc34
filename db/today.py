"""Reads a day: what went out, what came in, what comes, what is wrong; the first of each, and how many."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from db import inbox, pending, received
from db.pool import Connection
from db.sql import queries
from domain import calendar
from domain.rules import Rules
from domain.today import Key, SentLine

sql = queries("today")

MOST = 50
AHEAD = timedelta(hours=24)


async def today(conn: Connection, rules: Rules, now: datetime) -> dict[str, Any]:
    """Reads the organisation's day so far, by the names of `domain.today.Today`'s fields."""
    since = calendar.midnight(rules.today(now), rules.zone)
    counts = dict(await sql.counts.one(conn, since=since))
    due, coming = await pending.due(conn, now, AHEAD, MOST)
    attention, wanting = await pending.wanting(conn, now, MOST)
    sent = await sql.sent.all(conn, since=since, most=MOST)
    arrived = await sql.arrived.all(conn, since=since, most=MOST)
    unmatched = (await inbox.sql.standing.one(conn))["unmatched"]
    return {
        "date": rules.today(now),
        "hold_all": await pending.hold_all(conn),
        "key": Key(**counts, due=due, attention=attention, unmatched=unmatched),
        "sent": tuple(SentLine.model_validate(dict(row)) for row in sent),
        "arrived": tuple(received.received(row) for row in arrived),
        "due": tuple(coming),
        "attention": tuple(wanting),
    }

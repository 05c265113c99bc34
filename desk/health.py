"""Asks every part how it is, within seconds; the reasons of what is away are in the log."""

from __future__ import annotations

import asyncio
import logging

from db import inbox, migrate
from db.pool import transaction
from desk.office import Office
from domain import errors
from domain.health import Health, Standing, Versions

log = logging.getLogger("outreach.health")

PATIENCE = 3.0


async def health(office: Office, mailbox: Standing = "not set") -> Health:
    """Reads how things stand; raises nothing. The office's client is None while Temporal is away."""
    database, counts = await _database(office)
    temporal: Standing = "answers" if office.client is not None else "away"
    return Health(
        ok=database == temporal == "answers" and mailbox != "away",
        database=database,
        temporal=temporal,
        mailbox=mailbox,
        versions=Versions(schema_revision=migrate.head()),
        **counts,
    )


async def _database(office: Office) -> tuple[Standing, dict[str, int]]:
    try:
        async with asyncio.timeout(PATIENCE), transaction(office.pool) as conn:
            await migrate.check(conn)
            return "answers", dict(await inbox.sql.standing.one(conn))
    except errors.NotMigrated as old:
        log.warning("%s", old)
        return "old schema", {}
    except (errors.OutreachError, TimeoutError) as away:
        log.warning("%s", away or f"PostgreSQL does not answer within {PATIENCE:.0f} s")
        return "away", {}

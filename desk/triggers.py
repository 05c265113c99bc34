"""Starts a run for a program: once for each key that it gives, and never beside another run."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from temporalio.service import RPCError

from db import triggers
from db.pool import transaction
from desk import launch, temporal
from desk.office import Office
from desk.reconcile import is_running
from desk.snapshot import snapshot
from domain import errors
from domain.letters import Model

LONG = timedelta(days=7)
"""A run that was begun longer ago is looked for in Temporal's list of running ones alone."""


class Asked(Model):
    """What a run is asked for; None means every role, and as many as there are slots for."""

    roles: tuple[str, ...] | None = None
    max_roles: int | None = None


class Triggered(Model):
    """A run that goes on by itself; `changed` is False where an earlier request began it."""

    run_id: str
    words: str
    changed: bool = True
    warnings: tuple[str, ...] = ()


class KeyUsed(errors.UserError):
    """A key came again with another request: it names the first one for ever."""


async def trigger(
    office: Office,
    own: Mapping[str, str],
    asked: Asked,
    caller: str,
    key: str | None,
    now: datetime,
) -> Triggered:
    """Starts a run, or finds the one that this caller's key began; `own` is what whoever asks was told.

    The key is kept before the run begins, so that a request that was cut off can be sent again. Raises
    `errors.Refused` where another run is going (its words say which) or no role is loaded,
    `errors.NotFound` for an unknown role, `KeyUsed`, and `errors.TemporalDown`.
    """
    known = await _known(office, asked, caller, key)
    if known is not None:
        return _told(known, changed=False)
    closed = await launch.check(office, asked.roles)
    warnings = await launch.warnings(office, own, closed)
    run = launch.run_id(now, secrets.token_hex(4))
    async with transaction(office.pool) as conn:
        run, first = await triggers.reserve(conn, run, caller, key, asked.model_dump(mode="json"), now)
    _same(first, asked, key)
    changed = await _begin(office, run, asked, caller, now)
    return _told(run, changed=changed, warnings=warnings)


async def _known(office: Office, asked: Asked, caller: str, key: str | None) -> str | None:
    """Names the run that a key began and that has planned already: Temporal need not be asked for it."""
    if key is None:
        return None
    async with snapshot(office.pool) as conn:
        row = await triggers.sql.find.one(conn, caller=caller, key=key)
        if row is None:
            return None
        _same(row["asked"], asked, key)
        run: str = row["run_id"]
        return run if await triggers.sql.is_booked.value(conn, run=run) else None


def _same(first: Mapping[str, object], asked: Asked, key: str | None) -> None:
    if dict(first) != asked.model_dump(mode="json"):
        raise KeyUsed(f"the key {key!r} was used for another request: take a new key for this one")


async def _begin(office: Office, run: str, asked: Asked, caller: str, now: datetime) -> bool:
    """Starts a run unless it was before; whoever else starts one waits meanwhile, and then finds it."""
    async with transaction(office.pool) as conn:
        await triggers.sql.lock_starts.run(conn)
        if await triggers.sql.is_booked.value(conn, run=run):
            return False
        rows = await triggers.sql.unfinished.all(conn, run=run, since=now - LONG)
        try:
            if await is_running(office.temporal, run):
                return False
            going = await _going(office, [row["run_id"] for row in rows], run)
        except RPCError as failed:
            raise temporal.down(failed) from failed
        if going is not None:
            raise errors.Refused(f"{going} is going: try again once it has started its cycles")
        await launch.start(office, run, roles=asked.roles, max_roles=asked.max_roles, by=caller)
    return True


async def _going(office: Office, perhaps: list[str], run: str) -> str | None:
    """Names a run that is going; Temporal's list lags behind, so each is asked about by name."""
    queue = office.task_queue.replace("\\", "\\\\").replace("'", "\\'")
    query = f"WorkflowType = 'OutreachRun' AND ExecutionStatus = 'Running' AND TaskQueue = '{queue}'"
    listed = [found.id async for found in office.temporal.list_workflows(query, page_size=20, limit=20)]
    for one in dict.fromkeys((*listed, *perhaps)):
        if one != run and await is_running(office.temporal, one):
            return one
    return None


def _told(run: str, *, changed: bool, warnings: tuple[str, ...] = ()) -> Triggered:
    words = f"{run} {'plans and starts cycles now' if changed else 'was begun by this request before'}."
    return Triggered(run_id=run, words=words, changed=changed, warnings=warnings)

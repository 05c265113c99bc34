"""What a person asks the desk: how it goes, what is pending and why, everything about one cycle."""

from __future__ import annotations

from datetime import datetime

from db import dossier, figures, inbox, pending
from desk import received, steering
from desk.office import Office
from desk.snapshot import snapshot
from domain import errors, paging
from domain.dossier import Dossier
from domain.figures import Figures
from domain.letters import Model
from domain.pending import Pending, PendingPage, Task, TaskPage


class PendingList(Model):
    """What is due, stuck, waiting, and why; urgent first, then by time."""

    at: datetime
    hold_all: bool
    warnings: tuple[str, ...] = ()
    pending: tuple[Pending, ...]


class FollowUps(Model):
    """The pending follow-up tasks; urgent first, then by time."""

    at: datetime
    hold_all: bool
    tasks: tuple[Task, ...]

    @property
    def overdue(self) -> int:
        """Counts those whose time has come."""
        return sum(task.overdue for task in self.tasks)


async def status(office: Office, now: datetime) -> Figures:
    """Counts where outreach stands."""
    async with snapshot(office.pool) as conn:
        return await figures.figures(conn, office.rules, now)


async def pendings(office: Office, now: datetime) -> PendingList:
    """Lists what every open cycle waits for, and warns of what nobody will take up."""
    async with snapshot(office.pool) as conn:
        lines = await pending.lines(conn, now)
        hold_all = await pending.hold_all(conn)
        unmatched = (await inbox.sql.standing.one(conn))["unmatched"]
    waiting = any(line.kind == "waiting" for line in lines)
    warnings = [] if not hold_all else ["everything is held: nothing goes out until `release-all`"]
    if unmatched:
        warnings.append(received.unmatched(unmatched))
    if waiting:
        warnings += await no_run(office)
    return PendingList(at=now, hold_all=hold_all, warnings=tuple(warnings), pending=tuple(lines))


async def no_run(office: Office) -> list[str]:
    """Warns if cycles wait for a slot and no run will give slots out (R8)."""
    if office.client is None:
        return ["cycles wait for a slot; whether a run is scheduled could not be checked without Temporal"]
    from desk import schedule

    daily = await schedule.show(office.client)
    if daily is None:
        return ["cycles wait for a slot and no run is scheduled: `schedule set`, or `launch` now"]
    if daily.paused:
        return ["cycles wait for a slot and the daily run is paused: `schedule resume`, or `launch` now"]
    return []


async def pending_page(
    office: Office, now: datetime, cursor: str | None = None, most: int = paging.USUAL
) -> PendingPage:
    """Lists what open cycles wait for, page by page, in the order of `pendings`.

    Raises `errors.Refused` for a wrong cursor or `most`.
    """
    after = paging.place("pending", cursor, bool, datetime, str)
    most = paging.bounded(most)
    async with snapshot(office.pool) as conn:
        lines, more = await pending.page(conn, now, after=after, most=most)
        hold_all = await pending.hold_all(conn)
    follows = None if more is None else paging.cursor("pending", *more)
    return PendingPage(at=now, hold_all=hold_all, pending=tuple(lines), next=follows)


async def follow_up_page(
    office: Office,
    now: datetime,
    cycle_id: str | None = None,
    cursor: str | None = None,
    most: int = paging.USUAL,
) -> TaskPage:
    """Lists pending follow-up tasks, page by page, in the order of `follow_ups`.

    Raises `errors.NotFound` for an unknown cycle, `errors.Refused` for a wrong cursor or `most`.
    """
    after = paging.place("follow-ups", cursor, bool, datetime, str)
    most = paging.bounded(most)
    async with snapshot(office.pool) as conn:
        if cycle_id is not None:
            cycle_id, _ = await steering.find(conn, cycle_id)
        tasks, more = await pending.task_page(conn, now, cycle_id, after=after, most=most)
        hold_all = await pending.hold_all(conn)
    follows = None if more is None else paging.cursor("follow-ups", *more)
    return TaskPage(at=now, hold_all=hold_all, tasks=tuple(tasks), next=follows)


async def follow_ups(office: Office, now: datetime, cycle_id: str | None = None) -> FollowUps:
    """Lists the pending follow-up tasks, of one cycle or of all."""
    async with snapshot(office.pool) as conn:
        if cycle_id is not None:
            cycle_id, _ = await steering.find(conn, cycle_id)
        tasks = await pending.tasks(conn, now, cycle_id)
        return FollowUps(at=now, hold_all=await pending.hold_all(conn), tasks=tuple(tasks))


async def show(office: Office, some_id: str, *, web_ui: str | None = None) -> Dossier:
    """Tells everything about a cycle, by its own id or by the id of one of its e-mails.

    `web_ui` is the address of Temporal's Web UI. Raises `errors.NotFound`.
    """
    async with snapshot(office.pool) as conn:
        cycle_id, email_id = await steering.find(conn, some_id)
        found = await dossier.dossier(conn, cycle_id, email_id)
    if web_ui is None:
        return found
    namespace = office.client.namespace if office.client else "default"
    page = f"{web_ui.rstrip('/')}/namespaces/{namespace}/workflows/{found.workflow_id}"
    return found.model_copy(update={"web_ui": page})


async def letter(office: Office, cycle_id: str, log_id: int) -> str:
    """Returns the HTML of one of a cycle's e-mails, as it was rendered; raises `errors.NotFound`."""
    async with snapshot(office.pool) as conn:
        html = await dossier.html(conn, cycle_id, log_id)
    if html is None:
        raise errors.NotFound(f"{cycle_id} has no e-mail {log_id}")
    return html

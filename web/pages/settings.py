"""Settings and health: what is connected, what is held, when runs begin, who may come in."""

from __future__ import annotations

import asyncio
import platform
from collections.abc import Awaitable, Callable
from datetime import datetime, time
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from desk import reconcile, schedule, standing, steering, suppressions
from desk.office import Office
from desk.schedule import Daily
from desk.steering import Done
from domain import errors
from domain.setup import Standing
from web import fields, paper
from web.house import House
from web.pages.acts import act

PATIENCE = 3.0
"""Seconds that the page waits for Temporal or PostgreSQL before it says that they are away."""
SUPPRESSED = 20
"""Addresses of a page."""
HOME = "/settings"

Address = Annotated[str, Form(max_length=320)]


def router(house: House) -> APIRouter:
    """Makes the page, and what its forms do."""
    routes = APIRouter()
    _reading(routes, house)
    _scheduling(routes, house)
    _holding(routes, house)
    _suppressing(routes, house)
    return routes


def _reading(routes: APIRouter, house: House) -> None:
    @routes.get(HOME)
    async def settings(
        request: Request, address: fields.Words = "", cursor: fields.Cursor = None
    ) -> Response:
        """Shows how things stand; what is away is named, and the rest is shown all the same."""
        health = await house.health()
        found = await _standing(house) if health.database == "answers" else None
        suppressed = await suppressions.listed(house.office, address, cursor, SUPPRESSED) if found else None
        daily, scheduled = await _daily(house)
        return paper.page(
            request,
            "settings.html",
            house.clock,
            health=health,
            setup=house.setup,
            found=found,
            suppressed=suppressed,
            daily=daily,
            scheduled=scheduled,
            address=address,
            first=cursor is None,
            temporal_ui=house.temporal_ui,
            python=platform.python_version(),
            away=found is None or not scheduled,
        )


async def _standing(house: House) -> Standing | None:
    try:
        async with asyncio.timeout(PATIENCE):
            return await standing.standing(house.office, house.told)
    except (errors.Unavailable, TimeoutError):
        return None


async def _daily(house: House) -> tuple[Daily | None, bool]:
    """Reads the schedule; the second value tells whether Temporal answered."""
    client = house.office.client
    if client is None:
        return None, False
    try:
        async with asyncio.timeout(PATIENCE):
            return await schedule.show(client), True
    except (errors.OutreachError, TimeoutError):
        return None, False


def _scheduling(routes: APIRouter, house: House) -> None:
    @routes.post(f"{HOME}/schedule/pause")
    async def pause() -> Response:
        """Pauses the daily run."""
        words = "The daily run is paused: no new cycle begins until it goes on. Open threads are not touched."
        return await act(HOME, _said(house.office, schedule.pause, words))

    @routes.post(f"{HOME}/schedule/resume")
    async def resume() -> Response:
        """Lets the daily run go on."""
        return await act(HOME, _said(house.office, schedule.resume, "The daily run goes on."))

    @routes.post(f"{HOME}/schedule/time")
    async def put(at: Annotated[time, Form()]) -> Response:
        """Sets the time of the daily run, or creates it."""
        office = house.office

        async def work(client: Any) -> Daily:
            return await schedule.put(client, office.rules, office.task_queue, at)

        return await act(HOME, _said(office, work, f"The daily run begins at {at:%H:%M}."))

    @routes.post(f"{HOME}/reconcile")
    async def mend() -> Response:
        """Compares database and workflows, and mends what fell between them."""
        return await act(HOME, _mended(house.office, house.now()))


async def _said(office: Office, work: Callable[[Any], Awaitable[Daily]], words: str) -> Done:
    """Does something about the schedule; without Temporal the refusal is for whoever pressed the button."""
    await work(office.temporal)
    return Done(words=words)


async def _mended(office: Office, now: datetime) -> Done:
    found = await reconcile.reconcile(office, now)
    parts = (
        (found.restarted, "started again where they were"),
        (found.told, "told what they had not heard"),
        (found.moved_on, "declined candidates move on now"),
        (found.without_row, "workflows without a row: look at them in the Temporal Web UI"),
    )
    words = "; ".join(f"{len(ids)} {what}" for ids, what in parts if ids)
    return Done(words=words or "Database and workflows agree.")


def _holding(routes: APIRouter, house: House) -> None:
    @routes.post(f"{HOME}/hold-all")
    async def hold_all(sure: Annotated[str, Form()] = "") -> Response:
        """Has nothing at all go out, once somebody has said that this is meant."""
        if sure != "yes":
            return paper.back(HOME, "Nothing was changed: tick the box to say that you mean it.", wrong=True)
        return await act(HOME, steering.hold_all(house.office, house.now(), within=steering.PATIENCE))

    @routes.post(f"{HOME}/release-all")
    async def release_all() -> Response:
        """Lets e-mails go out again."""
        return await act(HOME, steering.release_all(house.office, house.now()))


def _suppressing(routes: APIRouter, house: House) -> None:
    @routes.post(f"{HOME}/suppressed/add")
    async def suppress(address: Address, reason: Annotated[str, Form(max_length=200)] = "") -> Response:
        """Has nobody write to an address any more."""
        return await act(HOME, suppressions.suppress(house.office, address, reason.strip(), house.now()))

    @routes.post(f"{HOME}/suppressed/lift")
    async def lift(address: Address) -> Response:
        """Lets an address be written to again."""
        return await act(HOME, suppressions.unsuppress(house.office, address, house.now()))

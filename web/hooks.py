"""What mail services POST: authenticated, stored in one transaction, answered, and only then understood.

A 2xx answer means that it is stored; anything else has the service send it again, and a repeated delivery
stores nothing twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from desk import inbox
from domain import errors, inbound
from domain.inbound import Arrival, Confirmation, HookItem, ServiceEvent
from mail import hooks
from mail.hooks import Hook
from web.house import House
from web.limits import Bodies

log = logging.getLogger("outreach.hooks")


def router(house: House) -> APIRouter:
    """Makes the hooks' two addresses. They lead to the same place: what comes is known by what it is."""
    routes = APIRouter(include_in_schema=False)
    bodies = Bodies(house.limits)
    reading = asyncio.Lock()
    """One after the other: reading takes several times a body's memory, and is no faster side by side."""

    @routes.post("/hooks/inbound/{service}")
    @routes.post("/hooks/events/{service}")
    async def take(service: str, request: Request) -> Response:
        """Stores what a mail service hands over."""
        hook = _hook(house, service)
        headers = dict(request.headers)
        async with bodies.read(request, hook.admit(headers)) as body:
            asked = inbound.Request(headers, body, path=request.url.path, query=request.url.query)
            word = await hook.authenticate(asked, house.now())
            async with reading:
                items = await asyncio.to_thread(hook.read, asked)
            new = await _stored(house, hook, items, word)
        for one in items:
            if isinstance(one, Confirmation):
                await house.confirm(one.url)
                log.warning("%s: the subscription is confirmed", hook.name)
        house.take(new)
        return JSONResponse({"items": len(items), "new": len(new)})

    return routes


def _hook(house: House, service: str) -> Hook:
    hook = house.hooks.get(service)
    if hook is None:
        raise errors.NotFound(hooks.needed(service))
    return hook


async def _stored(house: House, hook: Hook, items: Sequence[HookItem], word: str) -> list[int]:
    told = [one for one in items if isinstance(one, Arrival | ServiceEvent)]
    if not told:
        return []
    try:
        async with asyncio.timeout(house.limits.storing):
            return await inbox.keep(house.room(), told, hook.name, house.now(), word)
    except TimeoutError:
        raise errors.DatabaseDown("PostgreSQL did not store it in time") from None

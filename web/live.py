"""`/live`: tells open pages that something has changed, by server-sent events (HTML, section 9.2)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from desk.pulse import Pulse
from domain.access import Caller
from web.house import House

ALIVE = 15.0
"""Seconds after which a line is sent in any case, so that a connection that was cut is noticed."""
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def router(house: House) -> APIRouter:
    """Makes the stream; one look a second at the database serves however many pages are open."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/live")
    async def live(request: Request) -> Response:
        """Says once where things stand, then whenever that changes."""
        lines = _lines(house.pulse, house.closing, request.state.may_stay)
        return StreamingResponse(lines, media_type="text/event-stream", headers=HEADERS)

    return routes


async def _lines(
    pulse: Pulse, closing: asyncio.Event, may_stay: Callable[[], Awaitable[Caller | None]]
) -> AsyncIterator[str]:
    """Ends with the server, so that a stop never waits for open pages, and with whoever listens."""
    seen = ""
    yield "retry: 2000\n\n"
    while not closing.is_set() and await may_stay():
        now = await pulse.changed(seen, within=ALIVE, unless=closing)
        yield f"data: {now}\n\n" if now != seen else ": still here\n\n"
        seen = now

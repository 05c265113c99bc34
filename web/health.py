"""`/health`: whether everything that is needed answers; as JSON, or as a page for a browser."""

from __future__ import annotations

import asyncio
import time
from html import escape

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from domain.health import Health
from web.house import House
from web.problems import LATER

FRESH = 1.0
"""Seconds for which one look serves everybody who asks: the page is open to all."""

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Outreach: {title}</title>
<h1>Outreach: {title}</h1>
<table>
{rows}
</table>
</html>
"""


class Looks:
    """Looks at most once a second, however many ask."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._lock = asyncio.Lock()
        self._seen: Health | None = None
        self._at = 0.0

    async def look(self) -> Health:
        """Returns how things stood within the last second."""
        async with self._lock:
            if self._seen is None or time.monotonic() - self._at > FRESH:
                self._seen = await self._house.health()
                self._at = time.monotonic()
            return self._seen


def router(house: House) -> APIRouter:
    """Makes the health page: 200 when all answers, 503 when something does not."""
    routes = APIRouter(include_in_schema=False)
    looks = Looks(house)

    @routes.get("/health")
    @routes.head("/health")
    async def health(request: Request) -> Response:
        """Says how the parts are."""
        found = await looks.look()
        status = 200 if found.ok else 503
        headers = {"Vary": "Accept"} | ({} if found.ok else {"Retry-After": str(LATER)})
        if "text/html" in request.headers.get("accept", ""):
            return HTMLResponse(page(found), status, headers=headers)
        return JSONResponse(found.model_dump(mode="json"), status, headers=headers)

    return routes


def page(found: Health) -> str:
    """Writes the page for a person."""
    words = {
        "Database": found.database,
        "Temporal": found.temporal,
        "Mailbox": found.mailbox,
        "Waiting to be processed": _count(found.unfinished),
        "Waiting for a person": _count(found.unmatched),
        "Version": f"{found.versions.outreach}, schema {found.versions.schema_revision}",
    }
    rows = "\n".join(f"<tr><th align=left>{escape(name)}<td>{escape(value)}" for name, value in words.items())
    return _PAGE.format(title="all is well" if found.ok else "something is away", rows=rows)


def _count(number: int | None) -> str:
    return "unknown" if number is None else str(number)

"""What browsers load besides pages: our own few files, and those of the API's documentation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import fastapi_offline
from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from web import paper
from web.house import House

DOCS = Path(fastapi_offline.__file__).parent / "static"
DOCS_CSP = paper.CSP.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""Swagger UI styles its parts in place."""


class Kept(StaticFiles):
    """Files that a browser may keep: their address changes with them."""

    def file_response(self, *given: Any, **named: Any) -> Response:
        """Adds how long they may be kept, in seconds."""
        answer = super().file_response(*given, **named)
        answer.headers["Cache-Control"] = "public, max-age=86400"
        return answer


def add(app: FastAPI) -> None:
    """Serves them under `/static/`."""
    app.mount("/static/docs", Kept(directory=DOCS))
    app.mount("/static", Kept(directory=paper.HERE / "static"))


def router(house: House) -> APIRouter:
    """Makes `/docs`, which shows the OpenAPI document, and the icon's well-known address."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/docs")
    async def docs(request: Request) -> Response:
        """Shows the API, to read and to try."""
        made = paper.page(request, "docs.html", house.clock)
        made.headers["Content-Security-Policy"] = DOCS_CSP
        return made

    @routes.get("/favicon.ico")
    async def icon() -> Response:
        """Answers browsers that do not read the page's own word for it."""
        return FileResponse(paper.HERE / "static" / "icon.svg", media_type="image/svg+xml")

    return routes

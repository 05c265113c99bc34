"""Runs: what each planned, started, and passed over for which reason."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from desk import runs as desk
from domain.reasons import REASONS
from web import paper
from web.house import House

SHOWN = 300
"""Roles passed over that a page lists; the others are counted."""


def router(house: House) -> APIRouter:
    """Makes the two pages."""
    routes = APIRouter()

    @routes.get("/runs")
    async def runs(request: Request, after: Annotated[str, Query(max_length=500)] = "") -> Response:
        """Lists runs, the newest first."""
        found = await desk.runs(house.office, house.now(), after or None)
        next = f"/runs?after={found.next}" if found.next else ""
        first = "/runs" if after else ""
        return paper.page(request, "runs.html", house.clock, found=found, first=first, next=next)

    @routes.get("/runs/{run_id}")
    async def run(request: Request, run_id: str) -> Response:
        """Shows what a run did, and why roles were passed over."""
        found = await desk.run(house.office, house.now(), run_id)
        return paper.page(request, "run.html", house.clock, run=found, why=REASONS, shown=SHOWN)

    return routes

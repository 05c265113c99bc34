"""Today: what went out, what came in, what is due, what is stuck and why."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk import figures
from web import paper
from web.house import House


def router(house: House) -> APIRouter:
    """Makes the page."""
    routes = APIRouter()

    @routes.get("/")
    async def today(request: Request) -> Response:
        """Shows the day."""
        found = await figures.status(house.office, house.now())
        return paper.page(request, "today.html", house.clock, figures=found)

    return routes

"""Today: what went out, what came in, what is due, what is stuck and why."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk import approvals
from desk import today as desk
from web import paper
from web.house import House
from web.pages.acts import sentence


def router(house: House) -> APIRouter:
    """Makes the page."""
    routes = APIRouter()

    @routes.get("/")
    async def today(request: Request) -> Response:
        """Shows the day."""
        found = await desk.today(house.office, house.now())
        letters = await approvals.waiting(house.office, most=1)
        warnings = [sentence(one) for one in found.warnings]
        return paper.page(
            request, "today.html", house.clock, today=found, approvals=letters.total, warnings=warnings
        )

    return routes

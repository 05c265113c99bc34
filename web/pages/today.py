"""Today: what went out, what came in, what is due, what is stuck and why."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk import approvals, received
from desk import today as desk
from domain.today import Today
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
        return paper.page(
            request, "today.html", house.clock, today=found, approvals=letters.total, warnings=_other(found)
        )

    return routes


def _other(found: Today) -> list[str]:
    """Leaves of the day's warnings those that the page has no line of its own for."""
    own = (received.unmatched(found.key.unmatched), "everything is held")
    return [sentence(one) for one in found.warnings if not one.startswith(own)]

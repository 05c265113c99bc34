"""How outreach stands, in figures."""

from __future__ import annotations

from fastapi import APIRouter

from desk import figures
from domain.figures import Figures
from web.api.answers import Asks
from web.house import House


def router(house: House) -> APIRouter:
    """Makes the routes."""
    routes = APIRouter(tags=["figures"])

    @routes.get("/status/")
    async def status(asks: Asks) -> Figures:
        """Counts cycles, e-mails, replies, slots of the week and candidates at this instant."""
        return await figures.status(house.office, house.now())

    return routes

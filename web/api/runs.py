"""Runs: what each planned, started and passed over."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from desk import runs
from domain.runs import RunPage, RunRecord
from web import fields
from web.api.answers import Asks
from web.house import House


def router(house: House) -> APIRouter:
    """Makes the routes."""
    routes = APIRouter(prefix="/runs", tags=["runs"])

    @routes.get("/", summary="List runs")
    async def listed(
        asks: Asks,
        request: Request,
        response: Response,
        cursor: fields.Cursor = None,
        most: fields.Most = fields.A_PAGE,
    ) -> RunPage:
        """Lists runs, the newest first."""
        found = await runs.runs(house.office, house.now(), cursor, most)
        fields.linked(request, response, found.next)
        return found

    @routes.get("/{id}/", summary="Show a run")
    async def one(asks: Asks, id: fields.Id) -> RunRecord:
        """Tells what a run planned, how far it is, and why roles were passed over.

        One that has begun and not planned yet is not found (404) for a moment.
        """
        return await runs.run(house.office, house.now(), id)

    return routes

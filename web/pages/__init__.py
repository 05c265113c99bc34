"""The dashboard: one file a page, each with its template of the same name in `web/templates/`."""

from __future__ import annotations

from fastapi import APIRouter

from web.house import House
from web.pages import candidates, companies, cycle, cycles, launch, runs, today


def router(house: House) -> APIRouter:
    """Makes every page."""
    routes = APIRouter(include_in_schema=False)
    for room in (today, cycles, cycle, candidates, companies, runs, launch):
        routes.include_router(room.router(house))
    return routes

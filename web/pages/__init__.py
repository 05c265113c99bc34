"""The dashboard: one file a page, each with its template of the same name in `web/templates/`."""

from __future__ import annotations

from fastapi import APIRouter

from web.house import House
from web.pages import (
    analytics,
    approvals,
    candidates,
    companies,
    cycle,
    cycles,
    launch,
    letters,
    mail,
    replies,
    runs,
    settings,
    today,
)

ROOMS = (
    today,
    cycles,
    cycle,
    candidates,
    companies,
    launch,
    runs,
    replies,
    approvals,
    analytics,
    letters,
    mail,
    settings,
)


def router(house: House) -> APIRouter:
    """Makes every page."""
    routes = APIRouter(include_in_schema=False)
    for room in ROOMS:
        routes.include_router(room.router(house))
    return routes

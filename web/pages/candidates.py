"""Candidates: their momentum, and one of them in full."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import Response

from desk import candidates as desk
from desk import steering
from domain.candidates import STATUSES, Filters
from web import paper
from web.house import House
from web.pages.acts import act
from web.pages.asking import Asking

STANDINGS = {"": "All", "available": "Available", "placed": "Placed", "withdrawn": "Withdrawn"}
MOMENTUM = {"": "Any", "idle": "No live pitch", "live": "With a live pitch"}
PATH = "{candidate_id:path}"
SHOWN = 30
"""Pitches that a candidate's page lists; the list of cycles has the others."""


class Asked(Asking):
    """What the list of candidates is narrowed to."""

    standing: Literal["", "available", "placed", "withdrawn"] = ""
    momentum: Literal["", "idle", "live"] = ""
    urgent: bool = False

    @property
    def filters(self) -> Filters:
        """The same, as the desk asks for it."""
        return Filters(
            status=next((one for one in STATUSES if one == self.standing), None),
            live={"idle": False, "live": True}.get(self.momentum),
            urgent=self.urgent or None,
            q=self.search,
        )


def router(house: House) -> APIRouter:
    """Makes the two pages, and what their buttons do."""
    routes = APIRouter()

    @routes.get("/candidates")
    async def candidates(request: Request, asked: Annotated[Asked, Query()]) -> Response:
        """Lists candidates, urgent ones first."""
        found = await desk.candidates(house.office, house.now(), asked.filters, asked.after or None)
        return paper.page(
            request,
            "candidates.html",
            house.clock,
            found=found,
            asked=asked,
            standings=STANDINGS,
            momentum=MOMENTUM,
            first=asked.path("/candidates") if asked.after else "",
            next=asked.path("/candidates", found.next) if found.next else "",
        )

    @routes.post(f"/candidates/{PATH}/withdraw")
    async def withdraw(
        candidate_id: str, status: Annotated[Literal["withdrawn", "placed"], Form()]
    ) -> Response:
        """Takes a candidate out of every open cycle: withdrawn, or placed."""
        found = await desk.candidate(house.office, house.now(), candidate_id)
        work = steering.withdraw(house.office, candidate_id, house.now(), status)
        return await act(f"/candidates/{quote(candidate_id)}", work, {candidate_id: found.name})

    @routes.get(f"/candidates/{PATH}")
    async def candidate(request: Request, candidate_id: str) -> Response:
        """Shows a candidate's momentum and history."""
        found = await desk.candidate(house.office, house.now(), candidate_id)
        most = house.office.rules.max_live_pitches
        return paper.page(request, "candidate.html", house.clock, one=found, most=most, shown=SHOWN)

    return routes

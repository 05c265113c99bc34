"""Cycles: filters, a search, and one line each."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from desk import cycles as desk
from domain.cadence import ENDED, Outcome
from domain.cycles import STATUSES, Filters
from domain.letters import STAGE_NAMES, STAGES, Stage
from web import paper
from web.house import House
from web.pages.asking import Asking

STANDINGS = {
    "": "All",
    "open": "Open",
    "active": "Active",
    "waiting": "Waiting for a slot",
    "held": "Held",
    "closed": "Closed",
}
OUTCOMES = {"": "Any"} | {one: ENDED[one].capitalize() for one in get_args(Outcome)}
LETTERS = {"": "Any"} | {one: STAGE_NAMES[one] for one in STAGES}


class Asked(Asking):
    """What the list of cycles is narrowed to."""

    standing: Literal["", "open", "waiting", "active", "held", "closed"] = ""
    outcome: Outcome | Literal[""] = ""
    stage: Stage | Literal[""] = ""
    urgent: bool = False
    unsettled: bool = False
    company: str = ""
    role: str = ""
    candidate: str = ""
    specialist: str = ""
    run: str = ""

    @property
    def filters(self) -> Filters:
        """The same, as the desk asks for it."""
        return Filters(
            status=next((one for one in STATUSES if one == self.standing), None),
            open=True if self.standing == "open" else None,
            outcome=self.outcome or None,
            stage=self.stage or None,
            urgent=self.urgent or None,
            unsettled=self.unsettled,
            company_id=self.company or None,
            role_id=self.role or None,
            candidate_id=self.candidate or None,
            specialist_id=self.specialist or None,
            run_id=self.run or None,
            q=self.search,
        )

    @property
    def records(self) -> dict[str, str]:
        """The records that the list is narrowed to, by kind."""
        kinds = ("company", "role", "candidate", "specialist", "run")
        return {kind: getattr(self, kind) for kind in kinds if getattr(self, kind)}


def router(house: House) -> APIRouter:
    """Makes the page."""
    routes = APIRouter()

    @routes.get("/cycles")
    async def cycles(request: Request, asked: Annotated[Asked, Query()]) -> Response:
        """Lists cycles, the newest first."""
        found = await desk.cycles(house.office, house.now(), asked.filters, asked.after or None)
        return paper.page(
            request,
            "cycles.html",
            house.clock,
            found=found,
            asked=asked,
            standings=STANDINGS,
            outcomes=OUTCOMES,
            letters=LETTERS,
            first=asked.path("/cycles") if asked.after else "",
            next=asked.path("/cycles", found.next) if found.next else "",
        )

    return routes

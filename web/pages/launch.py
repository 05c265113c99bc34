"""Launch now: first what would go out, in order, and why others are passed over; then, really."""

from __future__ import annotations

import secrets
from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import Response

from desk import launch as runs
from desk import preview, triggers
from desk.triggers import Asked
from domain import errors
from domain.access import Caller
from web import paper
from web.house import House
from web.pages.acts import sentence

PLANNED = 50
"""First e-mails on a page."""
SHOWN = 100
"""Roles passed over that the page lists; the others are counted."""

After = Annotated[int, Query(ge=0, le=10**6)]
"""How many first e-mails stand on the pages before."""


def router(house: House) -> APIRouter:
    """Makes the page and its one button."""
    routes = APIRouter()
    _looking(routes, house)
    _beginning(routes, house)
    return routes


def _looking(routes: APIRouter, house: House) -> None:
    @routes.get("/launch")
    async def launch(request: Request, after: After = 0) -> Response:
        """Shows what a run would do now, a page of it; changes nothing (R12)."""
        office = house.office
        said = await runs.warnings(office, house.told, (), dry_run=True)
        held = runs.HELD in said
        warnings = [sentence(one) for one in said if one != runs.HELD]
        try:
            found = await preview.look_ahead(
                office.pool, office.rules, office.rules.today(house.now()), listed=max(SHOWN, after + PLANNED)
            )
        except errors.Refused:
            return paper.page(request, "launch.html", house.clock, found=None, held=held, warnings=warnings)
        return paper.page(
            request,
            "launch.html",
            house.clock,
            found=found,
            held=held,
            warnings=warnings,
            roles=list(zip(found.plan.planned, found.dry_run.planned, strict=True)),
            why=Counter(one.reason for one in found.plan.passed_over).most_common(),
            shown=SHOWN,
            planned=PLANNED,
            after=after,
            key=secrets.token_hex(8),
            approval=office.rules.approval,
        )


def _beginning(routes: APIRouter, house: House) -> None:
    @routes.post("/launch")
    async def begin(request: Request, key: Annotated[str, Form(max_length=64)]) -> Response:
        """Begins a run; the same button pressed twice begins one."""
        caller: Caller = request.state.caller
        try:
            begun = await triggers.trigger(
                house.office, house.told, Asked(), caller.name, f"page-{key}", house.now()
            )
        except (errors.Refused, errors.TemporalDown) as refused:
            return paper.back("/launch", sentence(str(refused)), wrong=True)
        words = " ".join(sentence(one) for one in (begun.words, *begun.warnings))
        return paper.back("/runs", words)

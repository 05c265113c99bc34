"""Candidates: who they are, where they were pitched, and taking one out."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Request, Response

from desk import candidates, steering
from desk.steering import Done
from domain.candidates import CandidatePage, CandidateRecord, Filters, Status
from web import fields
from web.api.answers import Asks, example
from web.house import House


class Gone(fields.Body):
    """Why a candidate is no longer to be had."""

    status: Literal["withdrawn", "placed"] = "withdrawn"


def router(house: House) -> APIRouter:
    """Makes the routes."""
    routes = APIRouter(prefix="/candidates", tags=["candidates"])

    @routes.get("/", summary="List candidates")
    async def listed(
        asks: Asks,
        request: Request,
        response: Response,
        status: Status | None = None,
        urgent: bool | None = None,
        live: bool | None = None,
        q: fields.Words = "",
        cursor: fields.Cursor = None,
        most: fields.Most = fields.A_PAGE,
    ) -> CandidatePage:
        """Lists candidates with their momentum, urgent ones first, then by start."""
        filters = Filters(status=status, urgent=urgent, live=live, q=q)
        found = await candidates.candidates(house.office, house.now(), filters, cursor, most)
        fields.linked(request, response, found.next)
        return found

    @routes.get("/{id:crm}/", summary="Show a candidate")
    async def one(asks: Asks, id: fields.Id) -> CandidateRecord:
        """Tells everything about one candidate: pitches, momentum, where they may go next."""
        return await candidates.candidate(house.office, house.now(), id)

    @routes.post("/{id:crm}/withdraw/", summary="Withdraw a candidate")
    async def withdraw(
        asks: Asks,
        id: fields.Id,
        body: Annotated[Gone | None, Body(openapi_examples=example({"status": "withdrawn"}))] = None,
    ) -> Done:
        """Takes a candidate out of every open cycle at once. No load brings them back."""
        return await steering.withdraw(house.office, id, house.now(), (body or Gone()).status)

    return routes

"""Cycles: a list to look through, one with its whole thread, and what a person decides about it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request, Response

from desk import cycles, figures, outcomes, reopening, steering
from desk.outcomes import Recorded
from desk.steering import Decision, Done
from domain.cadence import Outcome
from domain.cycles import CyclePage, Filters, Status
from domain.dossier import Dossier
from domain.letters import Stage
from domain.outcomes import PitchOutcome
from domain.pending import PendingPage
from web import fields
from web.api.answers import Asks, example
from web.house import House


class Resume(fields.Body):
    """How a held cycle goes on; `decision` is for an e-mail whose end is unknown (R10)."""

    decision: Decision | None = None
    """`sent`: the mail server's log shows that it went out. `again`: it did not, send it again."""


class WhatBecame(fields.Body):
    """What became of a candidate after a reply."""

    candidate_id: fields.Text
    outcome: PitchOutcome


Looked = Annotated[str | None, Query(max_length=fields.LONGEST)]
"""An id that a list is narrowed to."""


def router(house: House) -> APIRouter:
    """Makes the routes."""
    routes = APIRouter(prefix="/cycles", tags=["cycles"])
    _listing(routes, house)
    _reading(routes, house)
    _steering(routes, house)
    _judging(routes, house)
    return routes


def _listing(routes: APIRouter, house: House) -> None:
    @routes.get("/", summary="List cycles")
    async def listed(
        asks: Asks,
        request: Request,
        response: Response,
        status: Status | None = None,
        open: bool | None = None,
        outcome: Outcome | None = None,
        stage: Stage | None = None,
        urgent: bool | None = None,
        unsettled: bool = False,
        company: Looked = None,
        role: Looked = None,
        candidate: Looked = None,
        specialist: Looked = None,
        run: Looked = None,
        q: fields.Words = "",
        cursor: fields.Cursor = None,
        most: fields.Most = fields.A_PAGE,
    ) -> CyclePage:
        """Lists cycles, the newest first; what is given narrows the list."""
        filters = Filters(
            status=status,
            open=open,
            outcome=outcome,
            stage=stage,
            urgent=urgent,
            unsettled=unsettled,
            company_id=company,
            role_id=role,
            candidate_id=candidate,
            specialist_id=specialist,
            run_id=run,
            q=q,
        )
        found = await cycles.cycles(house.office, house.now(), filters, cursor, most)
        fields.linked(request, response, found.next)
        return found


def _reading(routes: APIRouter, house: House) -> None:
    @routes.get("/pending/", summary="List what is pending")
    async def pending(
        asks: Asks,
        request: Request,
        response: Response,
        cursor: fields.Cursor = None,
        most: fields.Most = fields.A_PAGE,
    ) -> PendingPage:
        """Says what every open cycle waits for and why: stuck, held, overdue, due; urgent first."""
        found = await figures.pending_page(house.office, house.now(), cursor, most)
        fields.linked(request, response, found.next)
        return found

    @routes.get("/{id}/", summary="Show a cycle")
    async def one(asks: Asks, id: fields.Thread) -> Dossier:
        """Tells everything about a cycle: people, every e-mail as it went out, what came in and happened."""
        return await figures.show(house.office, id, web_ui=house.temporal_ui)


def _steering(routes: APIRouter, house: House) -> None:
    @routes.post("/{id}/pause/", summary="Pause a cycle")
    async def pause(asks: Asks, id: fields.Thread) -> Done:
        """Holds a cycle: nothing goes out until it is resumed. Its clock runs on."""
        return await steering.pause(house.office, id, house.now())

    @routes.post("/{id}/resume/", summary="Resume a cycle")
    async def resume(
        asks: Asks,
        id: fields.Thread,
        body: Annotated[Resume | None, Body(openapi_examples=example({"decision": "sent"}))] = None,
    ) -> Done:
        """Lets a held cycle go on; if its next e-mail is due, that goes out at once.

        Where an e-mail's end is unknown, somebody looks into the mail server's log and decides.
        """
        return await steering.resume(house.office, id, house.now(), body.decision if body else None)

    @routes.post("/{id}/stop/", summary="Stop a cycle")
    async def stop(asks: Asks, id: fields.Thread) -> Done:
        """Ends a cycle for good. Nobody moves on; its role is planned again only by name."""
        return await steering.stop(house.office, id, house.now())

    @routes.post("/{id}/send-now/", summary="Send the next follow-up now")
    async def send_now(asks: Asks, id: fields.Thread) -> Done:
        """Sends an active cycle's next follow-up before it is due."""
        cycle_id = await steering.cycle_of(house.office, id)
        return await steering.nudge(house.office, cycle_id, house.now(), force=True)


def _judging(routes: APIRouter, house: House) -> None:
    @routes.post("/{id}/reopen/", summary="Take an answer back")
    async def reopen(asks: Asks, id: fields.Thread) -> Done:
        """Takes back an answer that was none: the thread goes on where it was. Needs Temporal."""
        return await reopening.reopen(house.office, id, house.now())

    @routes.post("/{id}/outcomes/", summary="Record an outcome")
    async def outcome(
        asks: Asks,
        id: fields.Thread,
        body: Annotated[
            WhatBecame, Body(openapi_examples=example({"candidate_id": "c-0007", "outcome": "interview"}))
        ],
    ) -> Recorded:
        """Records what became of a candidate after a reply; the same again is harmless.

        Placed: the candidate leaves every other cycle. Declined: the candidate moves on to other roles.
        """
        return await outcomes.record(house.office, id, body.candidate_id, body.outcome, house.now())

"""Follow-ups that are pending, and a nudge for what is overdue (the brief's follow-up endpoints)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request, Response

from desk import figures, steering
from domain.pending import TaskPage
from web import fields
from web.api import both
from web.api.answers import Asks, example
from web.house import House


class Nudge(fields.Body):
    """What is to be looked at at once; everything may stand in the query as well."""

    cycle: fields.Text | None = None
    """This cycle's alone, by its id or an e-mail's."""
    force: bool | None = None
    """With `cycle`: sends its next follow-up now, before it is due."""
    dry_run: bool | None = None
    """Lists them, and nudges nothing."""


class Nudged(TaskPage):
    """The follow-ups that were pending, and the cycles that look at them now."""

    nudged: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    """Cycles that could not be told now: each finds out before its next e-mail, or with `reconcile`."""


def router(house: House) -> APIRouter:
    """Makes the routes."""
    routes = APIRouter(prefix="/follow-up", tags=["follow-ups"])
    _nudging(routes, house)
    _reading(routes, house)
    return routes


def _nudging(routes: APIRouter, house: House) -> None:
    @routes.post("/trigger/", summary="Process follow-ups")
    async def trigger(
        asks: Asks,
        cycle: Annotated[fields.Text | None, Query()] = None,
        force: bool | None = None,
        dry_run: bool | None = None,
        body: Annotated[Nudge | None, Body(openapi_examples=example({"dry_run": True}))] = None,
    ) -> Nudged:
        """Lists pending follow-ups, the first page of them, and has what is overdue looked at at once.

        Each cycle sends its follow-ups by itself; this helps after an outage.
        """
        wish = both.of(Nudge(cycle=cycle, force=force, dry_run=dry_run), body)
        if wish.force and wish.cycle is None:
            raise both.refuse("force", "it sends one cycle's next follow-up: name it as `cycle`")
        if wish.force and wish.dry_run:
            raise both.refuse("force", "it and `dry_run` exclude each other")
        now = house.now()
        found = await figures.follow_up_page(house.office, now, wish.cycle)
        if wish.dry_run:
            return Nudged(**found.model_dump())
        cycle_id = None
        if wish.cycle is not None:
            cycle_id = await steering.cycle_of(house.office, wish.cycle)
        done = await steering.nudge(house.office, cycle_id, now, force=bool(wish.force))
        return Nudged(**found.model_dump(), nudged=done.cycle_ids, untold=done.untold)


def _reading(routes: APIRouter, house: House) -> None:
    @routes.get("/pending/", summary="View pending follow-ups")
    async def pending(
        asks: Asks,
        request: Request,
        response: Response,
        cycle: Annotated[fields.Text | None, Query()] = None,
        cursor: fields.Cursor = None,
        most: fields.Most = fields.A_PAGE,
    ) -> TaskPage:
        """Lists what the cycles' timers will do, urgent first, then by time."""
        found = await figures.follow_up_page(house.office, house.now(), cycle, cursor, most)
        fields.linked(request, response, found.next)
        return found

"""Runs that a program starts (the brief's trigger): foretold, or really."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Query
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from desk import preview, triggers
from desk.proofs import Proof
from desk.triggers import Asked, Triggered
from web import fields
from web.api import both
from web.api.answers import Asks, example
from web.house import House

Most = Annotated[int, Field(ge=1, le=10**6)]
Roles = Annotated[list[fields.Text], Field(min_length=1, max_length=1000)]


class Trigger(fields.Body):
    """What a run is asked for; everything may stand in the query as well, or in both if it is the same."""

    dry_run: bool | None = None
    """Tells what a run would do, and changes nothing."""
    max_roles: Most | None = None
    """Stops after so many roles are planned."""
    role: Roles | None = None
    """Looks at these roles alone; lifts `stop` for them."""
    letters: bool | None = None
    """With `dry_run`: renders the e-mails as they would read."""


class Foretold(preview.DryRun):
    """What a run would do now; `previews` only where `letters` were asked for."""

    previews: tuple[Proof, ...] = ()


KEY = "Names this request, so that it can be sent again: the same key and body lead to the same run."
Key = Annotated[
    str | None,
    Header(alias="Idempotency-Key", description=KEY, min_length=1, max_length=255, pattern=r"^[!-~]+$"),
]
FOLLOW = {"Location": {"description": "Where the run can be looked at.", "schema": {"type": "string"}}}


def router(house: House) -> APIRouter:
    """Makes the route."""
    routes = APIRouter(tags=["runs"])

    @routes.post(
        "/trigger/",
        response_model=Foretold,
        responses={202: {"model": Triggered, "description": "The run has begun.", "headers": FOLLOW}},
        summary="Trigger outreach",
    )
    async def trigger(
        asks: Asks,
        dry_run: bool | None = None,
        max_roles: Annotated[Most | None, Query()] = None,
        role: Annotated[Roles | None, Query()] = None,
        letters: bool | None = None,
        body: Annotated[Trigger | None, Body(openapi_examples=example({"max_roles": 10}))] = None,
        idempotency_key: Key = None,
    ) -> Any:
        """Starts a run, which plans, takes the week's slots and starts cycles; or tells what it would do.

        A dry run is answered with what `starter.py launch --dry-run --json` prints. A real one is answered
        with 202 and goes on by itself: look at `Location`. While another run is going it is refused (409).
        """
        given = Trigger(dry_run=dry_run, max_roles=max_roles, role=role, letters=letters)
        wish = both.of(given, body)
        roles = None if wish.role is None else tuple(sorted(set(wish.role)))
        if wish.dry_run:
            return await _foretold(house, wish, roles)
        key = idempotency_key.strip('"') if idempotency_key else None
        asked = Asked(roles=roles, max_roles=wish.max_roles)
        begun = await triggers.trigger(house.office, house.told, asked, asks.name, key or None, house.now())
        return JSONResponse(
            begun.model_dump(mode="json"), 202, {"Location": f"/api/outreach/runs/{begun.run_id}/"}
        )

    return routes


async def _foretold(house: House, wish: Trigger, roles: tuple[str, ...] | None) -> Response:
    rules = house.office.rules
    found = await preview.look_ahead(
        house.office.pool,
        rules,
        rules.today(house.now()),
        roles=roles,
        max_roles=wish.max_roles,
        press=house.press if wish.letters else None,
        listed=0,
    )
    told = Foretold(**dict(found.dry_run), previews=tuple(found.proofs)) if wish.letters else found.dry_run
    return Response(told.model_dump_json(), media_type="application/json")

"""Roles: closing one, and any of its letters to look at."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body

from desk import letters, steering
from desk.steering import Done
from domain.letters import Stage
from web import fields
from web.api.answers import CONFLICT, Asks, example
from web.house import House


class Shut(fields.Body):
    """Why a role is no longer to be had."""

    status: Literal["closed", "filled"] = "closed"


def router(house: House) -> APIRouter:
    """Makes the routes."""
    routes = APIRouter(prefix="/roles", tags=["roles"])

    @routes.post("/{id:crm}/close/", summary="Close a role")
    async def close(
        asks: Asks,
        id: fields.Id,
        body: Annotated[Shut | None, Body(openapi_examples=example({"status": "filled"}))] = None,
    ) -> Done:
        """Closes a role for good: its cycle ends at once and its candidates move on."""
        return await steering.close_role(house.office, id, house.now(), (body or Shut()).status)

    @routes.get("/{id:crm}/letters/{stage}/", summary="Preview a letter", responses=CONFLICT)
    async def letter(asks: Asks, id: fields.Id, stage: Stage) -> letters.Shown:
        """Renders any of the four letters for any role, as it would read now, and changes nothing.

        Its open cycle's own letter, else that of whom a run would plan, else of the best candidates.
        """
        return await letters.letter(house.office, house.press, id, stage, house.now())

    return routes

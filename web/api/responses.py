"""Responses that a person marks (the brief's response endpoint)."""

from __future__ import annotations

from fastapi import APIRouter

from desk import steering
from desk.steering import Done
from web import fields
from web.api.answers import Asks
from web.house import House


def router(house: House) -> APIRouter:
    """Makes the route."""
    routes = APIRouter(tags=["cycles"])

    @routes.post("/response/{id}/", summary="Mark a response")
    async def response(asks: Asks, id: fields.Thread) -> Done:
        """Marks that a partner has answered: nothing more goes out in that thread.

        The first one wins; a second one is harmless, has `changed` false and says so.
        """
        return await steering.reply(house.office, id, house.now())

    return routes

"""Messages that came in: read, put where they belong, set aside."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response

from desk import received
from desk.received import Filed
from domain.received import Opened, Post
from web import fields
from web.api.answers import Asks, example
from web.house import House

_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The message exactly as it came.", "content": {"message/rfc822": {}}}
}


class Place(fields.Body):
    """Where a message belongs."""

    cycle: fields.Text
    """A cycle's id, or the id of one of its e-mails."""


def router(house: House) -> APIRouter:
    """Makes the routes."""
    routes = APIRouter(prefix="/messages", tags=["messages"])
    _reading(routes, house)
    _filing(routes, house)
    return routes


def _reading(routes: APIRouter, house: House) -> None:
    @routes.get("/", summary="List messages")
    async def listed(
        asks: Asks,
        request: Request,
        response: Response,
        unmatched: bool = False,
        cycle: Annotated[fields.Text | None, Query()] = None,
        cursor: fields.Cursor = None,
        most: fields.Most = fields.A_PAGE,
    ) -> Post:
        """Lists what came in, newest first: everything, what belongs to no cycle yet, or one cycle's."""
        found = await received.post(
            house.office, house.now(), most=most, unmatched=unmatched, cycle=cycle, cursor=cursor
        )
        fields.linked(request, response, found.next)
        return found

    @routes.get("/{id}/", summary="Show a message")
    async def one(asks: Asks, id: fields.Number) -> Opened:
        """Shows one message in full."""
        return await received.opened(house.office, id)

    @routes.get("/{id}/raw/", summary="Download a message", response_class=Response, responses=_FILE)
    async def raw(asks: Asks, id: fields.Number) -> Response:
        """Returns a message as a file, byte for byte."""
        found = await received.raw(house.office, id)
        name = {"Content-Disposition": f'attachment; filename="message-{id}.eml"'}
        return Response(found, media_type="message/rfc822", headers=name)


def _filing(routes: APIRouter, house: House) -> None:
    @routes.post("/{id}/assign/", summary="Assign a message")
    async def assign(
        asks: Asks,
        id: fields.Number,
        body: Annotated[Place, Body(openapi_examples=example({"cycle": "acme-data-analyst-r0042-1"}))],
    ) -> Filed:
        """Puts an unmatched message where it belongs; what follows is as for any other."""
        return await received.assign(house.room(), id, body.cycle, house.now())

    @routes.post("/{id}/ignore/", summary="Set a message aside")
    async def ignore(asks: Asks, id: fields.Number) -> Filed:
        """Sets an unmatched message aside: it stays on record, and nobody is asked about it again."""
        return await received.ignore(house.office, id, house.now())

"""Letters that wait for a person's word: read, approve, edit, drop a candidate, refuse."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from pydantic import Field

from desk import approvals
from desk.steering import Done
from domain.drafts import LONGEST, Draft, Waiting
from web import fields
from web.api.answers import Asks, example
from web.house import House

HASH = "3b1f0c5d2e7a49689b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f60"
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Approve(fields.Body):
    """Which letter is approved: the one that was shown, by its `hash`."""

    hash: Hash


class Edit(fields.Body):
    """A person's words in place of the rendered ones; only a first e-mail has a subject to change."""

    hash: Hash
    text: Annotated[str, Field(min_length=1, max_length=LONGEST * 2)]
    subject: Annotated[str, Field(min_length=1, max_length=1000)] | None = None


class Drop(fields.Body):
    """Who is taken out."""

    candidate_id: fields.Text


def router(house: House) -> APIRouter:
    """Makes the routes; whoever asks is who decides, for the record."""
    routes = APIRouter(prefix="/approvals", tags=["approvals"])
    _reading(routes, house)
    _deciding(routes, house)
    return routes


def _reading(routes: APIRouter, house: House) -> None:
    @routes.get("/", summary="List letters that wait")
    async def listed(
        asks: Asks,
        request: Request,
        response: Response,
        cursor: Annotated[fields.Place | None, fields.PLACE] = None,
        most: fields.Most = fields.A_PAGE,
    ) -> Waiting:
        """Lists the letters that wait for a person's word, urgent first, then the oldest."""
        found = await approvals.waiting(house.office, cursor, most)
        fields.linked(request, response, found.next)
        return found

    @routes.get("/{id}/", summary="Show a letter that waits")
    async def one(asks: Asks, id: fields.Number) -> Draft:
        """Shows a letter exactly as it goes out once it is approved."""
        return await approvals.draft(house.office, id)


def _deciding(routes: APIRouter, house: House) -> None:
    @routes.post("/{id}/approve/", summary="Approve a letter")
    async def approve(
        asks: Asks,
        id: fields.Number,
        body: Annotated[Approve, Body(openapi_examples=example({"hash": HASH}))],
    ) -> Done:
        """Lets a letter go out as it was shown; whether it still may is checked again when it does."""
        return await approvals.approve(house.office, id, body.hash, asks.name, house.now())

    @routes.post("/{id}/edit/", summary="Edit a letter")
    async def edit(
        asks: Asks,
        id: fields.Number,
        body: Annotated[Edit, Body(openapi_examples=example({"hash": HASH, "text": "Hi Ana,\n\n…"}))],
    ) -> Draft:
        """Puts a person's words in place of the rendered ones; the letter waits on, under a new hash."""
        return await approvals.edit(
            house.office, id, body.hash, body.text, asks.name, house.now(), body.subject
        )

    @routes.post("/{id}/drop/", summary="Drop a candidate from a letter")
    async def drop(
        asks: Asks,
        id: fields.Number,
        body: Annotated[Drop, Body(openapi_examples=example({"candidate_id": "c-0007"}))],
    ) -> Done:
        """Takes a candidate out of the cycle; its letter is rendered anew, and waits again."""
        return await approvals.drop(house.office, id, body.candidate_id, asks.name, house.now())

    @routes.post("/{id}/refuse/", summary="Refuse a letter")
    async def refuse(asks: Asks, id: fields.Number) -> Done:
        """Has nothing go out: the thread ends, and nobody moves on."""
        return await approvals.refuse(house.office, id, asks.name, house.now())

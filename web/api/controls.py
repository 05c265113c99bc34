"""What concerns everything at once: the kill switch, the daily run, addresses that nobody writes to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from pydantic import Field

from desk import schedule, steering, suppressions
from desk.schedule import Daily
from desk.steering import Done
from desk.suppressions import AddressPage, Suppressed
from web import fields
from web.api.answers import Asks, example
from web.house import House

Address = Annotated[str, Field(min_length=3, max_length=254, pattern=r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+$")]


class Silence(fields.Body):
    """An address that is not to be written to, and why."""

    address: Address
    reason: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] = ""


class Speak(fields.Body):
    """An address that may be written to again."""

    address: Address


def router(house: House) -> APIRouter:
    """Makes the routes."""
    routes = APIRouter(tags=["controls"])
    _holding(routes, house)
    _scheduling(routes, house)
    _suppressing(routes, house)
    return routes


def _holding(routes: APIRouter, house: House) -> None:
    @routes.post("/hold-all/", summary="Hold everything")
    async def hold_all(asks: Asks) -> Done:
        """Hands nothing at all to a mail server from now on; answers when no attempt is in flight.

        After ten seconds it answers in any case, and says that one may still go.
        """
        return await steering.hold_all(house.office, house.now(), within=steering.PATIENCE)

    @routes.post("/release-all/", summary="Release everything")
    async def release_all(asks: Asks) -> Done:
        """Lets e-mails go out again."""
        return await steering.release_all(house.office, house.now())


def _scheduling(routes: APIRouter, house: House) -> None:
    @routes.get("/schedule/", summary="Show the daily run")
    async def show(asks: Asks) -> Daily:
        """Shows when runs start by themselves. Needs Temporal."""
        return await schedule.needed(house.office.temporal)

    @routes.post("/schedule/pause/", summary="Pause the daily run")
    async def pause(asks: Asks) -> Daily:
        """Has no run start by itself until it is resumed. Needs Temporal."""
        return await schedule.pause(house.office.temporal)

    @routes.post("/schedule/resume/", summary="Resume the daily run")
    async def resume(asks: Asks) -> Daily:
        """Lets the daily run go on from its next time. Needs Temporal."""
        return await schedule.resume(house.office.temporal)


def _suppressing(routes: APIRouter, house: House) -> None:
    @routes.get("/addresses/", summary="List suppressed addresses")
    async def addresses(
        asks: Asks,
        request: Request,
        response: Response,
        q: fields.Words = "",
        cursor: fields.Cursor = None,
        most: fields.Most = fields.A_PAGE,
    ) -> AddressPage:
        """Lists the addresses that nobody writes to, each with the reason."""
        found = await suppressions.listed(house.office, q, cursor, most)
        fields.linked(request, response, found.next)
        return found

    @routes.post("/addresses/suppress/", summary="Suppress an address")
    async def suppress(
        asks: Asks,
        body: Annotated[
            Silence,
            Body(openapi_examples=example({"address": "li@acme.example", "reason": "asked by phone"})),
        ],
    ) -> Suppressed:
        """Has nobody write to an address any more, everywhere and at once; the same again is harmless."""
        return await suppressions.suppress(house.office, body.address, body.reason, house.now())

    @routes.post("/addresses/unsuppress/", summary="Unsuppress an address")
    async def unsuppress(
        asks: Asks,
        body: Annotated[Speak, Body(openapi_examples=example({"address": "li@acme.example"}))],
    ) -> Suppressed:
        """Lets an address be written to again; threads that ended because of it stay ended."""
        return await suppressions.unsuppress(house.office, body.address, house.now())

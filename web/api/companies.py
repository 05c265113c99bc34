"""Companies: what they got and said, and whether they are written to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from pydantic import Field

from desk import companies, company_suppressions, steering
from desk.company_suppressions import SuppressedCompany
from desk.steering import Done
from domain.companies import CompanyPage, CompanyRecord, Filters
from web import fields
from web.api.answers import Asks, example
from web.house import House


class Why(fields.Body):
    """Why nobody of a company is to be written to."""

    reason: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] = ""


def router(house: House) -> APIRouter:
    """Makes the routes."""
    routes = APIRouter(prefix="/companies", tags=["companies"])
    _reading(routes, house)
    _acting(routes, house)
    return routes


def _reading(routes: APIRouter, house: House) -> None:
    @routes.get("/", summary="List companies")
    async def listed(
        asks: Asks,
        request: Request,
        response: Response,
        suppressed: bool | None = None,
        open: bool | None = None,
        q: fields.Words = "",
        cursor: fields.Cursor = None,
        most: fields.Most = fields.A_PAGE,
    ) -> CompanyPage:
        """Lists companies by name: touches, replies, slots of the week."""
        filters = Filters(suppressed=suppressed, open=open, q=q)
        found = await companies.companies(house.office, house.now(), filters, cursor, most)
        fields.linked(request, response, found.next)
        return found

    @routes.get("/{id:crm}/", summary="Show a company")
    async def one(asks: Asks, id: fields.Id) -> CompanyRecord:
        """Tells everything about one company: contacts, cycles, replies, who waits for its slots."""
        return await companies.company(house.office, house.now(), id)


def _acting(routes: APIRouter, house: House) -> None:
    @routes.post("/{id:crm}/suppress/", summary="Suppress a company")
    async def suppress(
        asks: Asks,
        id: fields.Id,
        body: Annotated[Why | None, Body(openapi_examples=example({"reason": "asked by phone"}))] = None,
    ) -> SuppressedCompany:
        """Has nobody of a company be written to any more; threads that have begun end, candidates move on."""
        return await company_suppressions.suppress(house.office, id, (body or Why()).reason, house.now())

    @routes.post("/{id:crm}/unsuppress/", summary="Unsuppress a company")
    async def unsuppress(asks: Asks, id: fields.Id) -> SuppressedCompany:
        """Lets a company be written to again; threads that ended because of it stay ended."""
        return await company_suppressions.unsuppress(house.office, id, house.now())

    @routes.post("/{id:crm}/resume/", summary="Resume a company's cycles")
    async def resume(asks: Asks, id: fields.Id) -> Done:
        """Lets every cycle go on that rests because somebody of the company has answered elsewhere."""
        return await steering.resume_company(house.office, id, house.now())

"""Companies: what went to them and came back, and one of them in full."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import Response

from desk import companies as desk
from desk import company_suppressions, steering, suppressions
from domain import calendar
from domain.companies import CompanyRecord, Filters
from web import paper
from web.house import House
from web.pages.acts import act
from web.pages.asking import Asking

THREADS = {"": "Any", "open": "With an open cycle", "quiet": "Without one"}
WRITTEN = {"": "All", "yes": "Written to", "no": "Suppressed"}
PATH = "/companies/{company_id:path}"


class Asked(Asking):
    """What the list of companies is narrowed to."""

    threads: Literal["", "open", "quiet"] = ""
    written: Literal["", "yes", "no"] = ""

    @property
    def filters(self) -> Filters:
        """The same, as the desk asks for it."""
        return Filters(
            suppressed={"yes": False, "no": True}.get(self.written),
            open={"open": True, "quiet": False}.get(self.threads),
            q=self.search,
        )


def router(house: House) -> APIRouter:
    """Makes the two pages, and what their forms do."""
    routes = APIRouter()
    _acting(routes, house)
    _reading(routes, house)
    return routes


def _reading(routes: APIRouter, house: House) -> None:
    @routes.get("/companies")
    async def companies(request: Request, asked: Annotated[Asked, Query()]) -> Response:
        """Lists companies by name."""
        found = await desk.companies(house.office, house.now(), asked.filters, asked.after or None)
        return paper.page(
            request,
            "companies.html",
            house.clock,
            found=found,
            asked=asked,
            threads=THREADS,
            written=WRITTEN,
            first=asked.path("/companies") if asked.after else "",
            next=asked.path("/companies", found.next) if found.next else "",
        )

    @routes.get(PATH)
    async def company(request: Request, company_id: str) -> Response:
        """Shows a company's touches, replies, slots, queue and contacts."""
        found = await _found(house, company_id)
        week = calendar.week_start(house.office.rules.today(house.now()))
        return paper.page(request, "company.html", house.clock, one=found, week=week)


def _acting(routes: APIRouter, house: House) -> None:
    @routes.post(f"{PATH}/suppress")
    async def suppress(
        company_id: str,
        reason: Annotated[str, Form(max_length=200)] = "",
        address: Annotated[str, Form(max_length=254)] = "",
    ) -> Response:
        """Has the company, or one address of it, not be written to any more."""
        office, now = house.office, house.now()
        if address:
            return await act(_page(company_id), suppressions.suppress(office, address, reason, now))
        return await act(_page(company_id), company_suppressions.suppress(office, company_id, reason, now))

    @routes.post(f"{PATH}/unsuppress")
    async def unsuppress(company_id: str, address: Annotated[str, Form(max_length=254)] = "") -> Response:
        """Lets the company, or one address of it, be written to again."""
        office, now = house.office, house.now()
        if address:
            return await act(_page(company_id), suppressions.unsuppress(office, address, now))
        return await act(_page(company_id), company_suppressions.unsuppress(office, company_id, now))

    @routes.post(f"{PATH}/resume")
    async def resume(company_id: str) -> Response:
        """Lets its cycles go on that rest because somebody there has answered."""
        found = await _found(house, company_id)
        work = steering.resume_company(house.office, company_id, house.now())
        return await act(_page(company_id), work, {company_id: found.name})


async def _found(house: House, company_id: str) -> CompanyRecord:
    return await desk.company(house.office, house.now(), company_id)


def _page(company_id: str) -> str:
    return f"/companies/{quote(company_id)}"

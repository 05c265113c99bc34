"""How outreach stands and what works, in figures (the brief's status and analytics)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Response

from desk import figures
from domain import errors
from domain.analytics import Analytics, period
from domain.figures import Figures
from web.api import both
from web.api.answers import Asks
from web.house import House

Day = Annotated[date | None, Query(examples=["2026-06-01"])]
TABLE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The figures."}
}


def router(house: House) -> APIRouter:
    """Makes the routes."""
    routes = APIRouter(tags=["figures"])

    @routes.get("/status/", summary="Check status")
    async def status(asks: Asks) -> Figures:
        """Counts cycles, e-mails, replies, slots of the week and candidates at this instant."""
        return await figures.status(house.office, house.now())

    @routes.get("/analytics/", summary="View analytics", response_model=Analytics, responses=TABLE)
    async def of_a_period(
        asks: Asks,
        since: Day = None,
        until: Day = None,
        format: Annotated[Literal["json", "csv"] | None, Query(description="Or ask with `Accept`.")] = None,
        accept: Annotated[str | None, Header(include_in_schema=False)] = None,
    ) -> Analytics | Response:
        """Counts what became of a period's threads: by stage, company, industry, role, specialist and more.

        A table in CSV holds every group, JSON the first of each kind.
        """
        try:
            asked = period(since, until)
        except errors.Refused as wrong:
            raise both.refuse("query.since", str(wrong)) from wrong
        if format == "csv" or (format is None and "text/csv" in (accept or "")):
            table = await house.lately.csv(house.office, house.now(), asked)
            name = {"Content-Disposition": 'attachment; filename="outreach-analytics.csv"'}
            return Response(table, media_type="text/csv; charset=utf-8", headers=name)
        return await house.lately.analytics(house.office, house.now(), asked)

    return routes

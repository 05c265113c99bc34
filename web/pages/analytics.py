"""Analytics: what works, for a period; every chart with its table, small samples shown as such."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from markupsafe import Markup
from pydantic import BeforeValidator
from starlette.requests import Request
from starlette.responses import Response

from domain import errors
from domain.analytics import Period, period
from web import drawings, paper
from web.house import House
from web.pages.acts import sentence

Day = Annotated[date | None, BeforeValidator(lambda given: given or None), Query()]
"""A day of a form; left empty it is none."""

SPANS = {"7 days": 7, "30 days": 30, "90 days": 90}
KINDS = {
    "company": "Company",
    "industry": "Industry",
    "role": "Role",
    "specialist": "Specialist",
    "urgency": "Urgency",
    "generation": "Generation",
    "variant": "Wording of the first letter",
}


def router(house: House) -> APIRouter:
    """Makes the page and its download."""
    routes = APIRouter()

    @routes.get("/analytics")
    async def page(request: Request, since: Day = None, until: Day = None) -> Response:
        """Shows what became of the period's threads."""
        try:
            asked = period(since, until)
        except errors.Refused as refused:
            return paper.back("/analytics", sentence(str(refused)), wrong=True)
        found = await house.lately.analytics(house.office, house.now(), asked)
        drawn = await house.charts.draw(drawings.all_of(found, house.office.rules.follow_up_interval))
        return paper.page(
            request,
            "analytics.html",
            house.clock,
            found=found,
            charts={name: Markup(svg) for name, svg in drawn.items()},
            kinds={kind: (name, getattr(found.by, kind)) for kind, name in KINDS.items()},
            called=drawings.called,
            share=drawings.percent,
            spans=_spans(house),
            csv=f"/analytics.csv?{urlencode(_query(asked))}",
        )

    @routes.get("/analytics.csv")
    async def csv(since: Day = None, until: Day = None) -> Response:
        """Hands out the same as one table, every group in it."""
        asked = period(since, until)
        text = await house.lately.csv(house.office, house.now(), asked)
        days = "-".join(_query(asked).values())
        name = f"outreach-analytics{f'-{days}' if days else ''}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, media_type="text/csv; charset=utf-8", headers=headers)

    return routes


def _spans(house: House) -> dict[str, str]:
    """Names the periods that end today, and where each is shown."""
    today = house.office.rules.today(house.now())
    found = {f"Last {name}": _query(Period(since=_before(today, days))) for name, days in SPANS.items()}
    return {"All": "/analytics"} | {name: f"/analytics?{urlencode(query)}" for name, query in found.items()}


def _before(today: date, days: int) -> date:
    return today - timedelta(days=days - 1)


def _query(asked: Period) -> dict[str, str]:
    days = {"since": asked.since, "until": asked.until}
    return {name: day.isoformat() for name, day in days.items() if day}

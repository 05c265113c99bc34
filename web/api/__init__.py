"""`/api/outreach/`: the brief's endpoints and what else programs may ask (SPEC section 7).

One file a noun. Every route calls a function of the desk and answers with its value.
"""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.convertors import register_url_convertor

from web.api import (
    approvals,
    asked,
    candidates,
    companies,
    controls,
    cycles,
    figures,
    follow_ups,
    ids,
    messages,
    responses,
    roles,
    runs,
    triggers,
)
from web.api.answers import ANSWERS
from web.house import House

PREFIX = "/api/outreach"


def router(house: House) -> APIRouter:
    """Makes the whole API."""
    register_url_convertor("crm", ids.Ids())
    routes = APIRouter(prefix=PREFIX, responses=ANSWERS, dependencies=[Depends(asked.plainly)])
    nouns = (
        *(triggers, figures, follow_ups, responses, cycles, candidates, companies, roles),
        *(runs, messages, approvals, controls),
    )
    for noun in nouns:
        routes.include_router(noun.router(house))
    return routes

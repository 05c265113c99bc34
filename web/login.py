"""Logging in and out with a token: a session takes its place (web/sessions.py)."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from web import paper
from web.house import House

PATIENCE = 0.5
"""Seconds that a wrong token costs whoever tries many."""


def router(house: House) -> APIRouter:
    """Makes the two pages; whoever needs no token is led on."""
    routes = APIRouter(include_in_schema=False)

    def form(
        request: Request, next: str, *, ended: bool = False, wrong: str = "", status: int = 200
    ) -> Response:
        clock = house.clock
        return paper.page(request, "login.html", clock, status, next=next, ended=ended, wrong=wrong)

    @routes.get("/login")
    async def ask(request: Request, next: str = "/", ended: bool = False) -> Response:
        """Asks for a token."""
        if not house.hosts.is_passed_on(request.headers["host"]) and await house.keys.open_to_all():
            return paper.back(paper.inside(next))
        return form(request, paper.inside(next), ended=ended)

    @routes.post("/login")
    async def take(
        request: Request, token: Annotated[str, Form()] = "", next: Annotated[str, Form()] = "/"
    ) -> Response:
        """Begins a session, or says that the token is good for nothing."""
        if await house.keys.caller(token.strip()) is None:
            await asyncio.sleep(PATIENCE)
            words = "This token is good for nothing here: it was mistyped, or taken back."
            return form(request, paper.inside(next), wrong=words, status=403)
        answer = paper.back(paper.inside(next))
        await house.sessions.begin(answer, token.strip(), house.now())
        return answer

    @routes.post("/logout")
    async def leave() -> Response:
        """Ends the session of this browser."""
        answer = paper.back("/login")
        house.sessions.end(answer)
        return answer

    return routes

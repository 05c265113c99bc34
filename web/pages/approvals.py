"""Approvals: letters that wait for a person's word, exactly as they go out."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from desk import approvals
from desk.steering import Done
from domain.access import Caller
from domain.drafts import LONGEST, Draft, decision
from domain.letters import STAGES
from web import fields, paper
from web.house import House
from web.pages.acts import act

Hash = Annotated[str, Form(max_length=100)]
"""Of the letter as it was shown: a decision counts for nothing else."""


def router(house: House) -> APIRouter:
    """Makes the pages, and what their forms do."""
    routes = APIRouter()
    _reading(routes, house)
    _deciding(routes, house)
    return routes


def _reading(routes: APIRouter, house: House) -> None:
    @routes.get("/approvals")
    async def waiting(
        request: Request, after: Annotated[fields.Place | None, fields.PLACE] = None
    ) -> Response:
        """Lists the letters that wait, urgent first."""
        found = await approvals.waiting(house.office, after)
        return paper.page(
            request,
            "approvals.html",
            house.clock,
            found=found,
            first=after is None,
            mode=house.office.rules.approval,
        )

    @routes.get("/approvals/{number}")
    async def draft(request: Request, number: fields.Number) -> Response:
        """Shows a letter in full, and what can be decided about it."""
        one = await approvals.draft(house.office, number)
        return paper.page(
            request,
            "approval.html",
            house.clock,
            one=one,
            waits=one.status == "waiting",
            first=one.stage == STAGES[0],
            decision=decision(one, house.zone),
            longest=LONGEST,
        )

    @routes.get("/approvals/{number}/html")
    async def html(number: fields.Number) -> Response:
        """Hands out the letter's own HTML, for a frame."""
        return paper.framed((await approvals.draft(house.office, number)).html)


def _deciding(routes: APIRouter, house: House) -> None:
    @routes.post("/approvals/{number}/approve")
    async def approve(request: Request, number: fields.Number, hash: Hash) -> Response:
        """Lets the letter go out as it was shown."""
        return await led(number, approvals.approve(house.office, number, hash, _who(request), house.now()))

    @routes.post("/approvals/{number}/edit")
    async def edit(
        request: Request,
        number: fields.Number,
        hash: Hash,
        text: Annotated[str, Form()] = "",
        subject: Annotated[str | None, Form(max_length=2000)] = None,
    ) -> Response:
        """Puts a person's words in place of the rendered ones; the letter waits on."""
        work = approvals.edit(house.office, number, hash, text, _who(request), house.now(), subject)
        return await led(number, _edited(work))

    @routes.post("/approvals/{number}/drop")
    async def drop(
        request: Request, number: fields.Number, candidate: Annotated[str, Form(max_length=500)]
    ) -> Response:
        """Takes a candidate out; the letter is written anew and waits again."""
        return await led(number, approvals.drop(house.office, number, candidate, _who(request), house.now()))

    @routes.post("/approvals/{number}/refuse")
    async def refuse(request: Request, number: fields.Number) -> Response:
        """Has nothing go out: the thread ends."""
        return await led(number, approvals.refuse(house.office, number, _who(request), house.now()))

    async def led(number: int, work: Awaitable[Done]) -> Response:
        one = await approvals.draft(house.office, number)
        names = dict(zip(one.candidate_ids, one.names, strict=True))
        return await act(
            f"/approvals/{number}", work, names | {one.cycle_id: f"{one.title} at {one.company}"}
        )


def _who(request: Request) -> str:
    caller: Caller = request.state.caller
    return caller.name


async def _edited(work: Awaitable[Draft]) -> Done:
    await work
    return Done(words="Your words are kept: read the letter once more, then approve it.")

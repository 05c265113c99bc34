"""Replies: what came in, what was understood and done, and what is left for a person to say."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from desk import figures, outcomes, received, reopening
from desk.received import Filed
from domain import errors
from domain.dossier import Dossier
from domain.outcomes import PitchOutcome
from domain.received import Asked, Opened
from web import fields, paper
from web.house import House
from web.pages.acts import act

SHOWN = 50_000
"""Characters of a message that are shown; all of it can be downloaded."""
FILTERS: dict[Asked, str] = {
    "all": "Everything",
    "unmatched": "Needs a person",
    "people": "People's replies",
    "automatic": "Automatic",
    "bounces": "Bounces",
    "opt_outs": "Opt-outs",
}


def router(house: House) -> APIRouter:
    """Makes the pages, and what their forms do."""
    routes = APIRouter()
    _listing(routes, house)
    _reading(routes, house)
    _filing(routes, house)
    _judging(routes, house)
    return routes


def _listing(routes: APIRouter, house: House) -> None:
    @routes.get("/replies")
    async def replies(request: Request, show: Asked = "all", cursor: fields.Cursor = None) -> Response:
        """Lists what came in, newest first."""
        found = await received.page(house.office, house.now(), show, cursor=cursor)
        older = f"/replies?{urlencode({'show': show, 'cursor': found.next})}" if found.next else ""
        return paper.page(
            request,
            "replies.html",
            house.clock,
            found=found,
            show=show,
            filters=FILTERS,
            older=older,
            first=cursor is None,
        )


def _reading(routes: APIRouter, house: House) -> None:
    @routes.get("/replies/{number}")
    async def reply(request: Request, number: fields.Number, search: fields.Words = "") -> Response:
        """Shows one message in full, its cycle, and what a person can say about it."""
        one = await received.opened(house.office, number)
        cycle = await figures.show(house.office, one.cycle_id) if one.cycle_id else None
        open_cycles = (
            await received.may_belong_to(house.office, one.sender, search) if one.for_a_person else []
        )
        return paper.page(
            request,
            "reply.html",
            house.clock,
            one=one,
            cycle=cycle,
            open_cycles=open_cycles,
            search=search,
            shown=SHOWN,
            can_reopen=_can_reopen(one, cycle),
        )

    @routes.get("/replies/{number}/raw")
    async def raw(number: fields.Number) -> Response:
        """Hands the message out exactly as it came."""
        one = await received.opened(house.office, number)
        mail = one.form == "mail"
        kind, end = ("message/rfc822", "eml") if mail else ("application/json", "json")
        name = {"Content-Disposition": f'attachment; filename="message-{number}.{end}"'}
        return Response(await received.raw(house.office, number), media_type=kind, headers=name)


def _filing(routes: APIRouter, house: House) -> None:
    @routes.post("/replies/{number}/assign")
    async def assign(number: fields.Number, cycle: Annotated[str, Form(max_length=200)]) -> Response:
        """Puts a message where a person says it belongs."""
        return await act(f"/replies/{number}", _assigned(house, number, cycle.strip()))

    @routes.post("/replies/{number}/ignore")
    async def ignore(number: fields.Number) -> Response:
        """Sets a message aside."""
        work = received.ignore(house.office, number, house.now())
        return await act(f"/replies/{number}", work)


async def _assigned(house: House, number: int, cycle: str) -> Filed:
    """A cycle that somebody mistyped is no page that is not there."""
    try:
        return await received.assign(house.room(), number, cycle, house.now())
    except errors.NotFound as unknown:
        raise errors.Refused(str(unknown)) from unknown


def _judging(routes: APIRouter, house: House) -> None:
    @routes.post("/replies/{number}/outcome")
    async def outcome(
        number: fields.Number,
        candidate: Annotated[str, Form(max_length=200)],
        became: Annotated[PitchOutcome, Form()],
    ) -> Response:
        """Records what became of a candidate of the answered cycle."""
        one = await received.opened(house.office, number)
        names = await _names(house, one)
        work = outcomes.record(house.office, one.cycle_id or "", candidate, became, house.now())
        return await act(f"/replies/{number}", work, names)

    @routes.post("/replies/{number}/reopen")
    async def reopen(number: fields.Number) -> Response:
        """Takes an answer back that was none."""
        one = await received.opened(house.office, number)
        names = await _names(house, one)
        work = reopening.reopen(house.office, one.cycle_id or "", house.now())
        return await act(f"/replies/{number}", work, names)


async def _names(house: House, one: Opened) -> dict[str, str]:
    """Names the message's cycle and its candidates, for words that name their ids."""
    if one.cycle_id is None:
        raise errors.Refused("the message belongs to no cycle yet: say first where it belongs")
    cycle = await figures.show(house.office, one.cycle_id)
    return cycle.names | {cycle.cycle_id: f"{cycle.title} at {cycle.company}"}


def _can_reopen(one: Opened, cycle: Dossier | None) -> bool:
    """Tells whether this message may be no answer after all."""
    taken = one.effect in ("responded", "answered_before")
    return cycle is not None and taken and cycle.may_be_reopened

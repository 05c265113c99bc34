"""One cycle: its thread as the partner sees it, its candidates, what comes next, and what a person can do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from desk import figures, outcomes, reopening, steering
from desk.office import Office
from desk.steering import Decision, Done
from domain import telling
from domain.dossier import Dossier, Email
from domain.outcomes import PitchOutcome
from domain.received import Received
from web import fields, paper
from web.house import House
from web.pages import acts

Deed = Literal["pause", "stop", "send", "reply", "reopen"]


async def _send_now(office: Office, cycle_id: str, now: datetime) -> Done:
    return await steering.nudge(office, cycle_id, now, force=True)


_DEEDS: dict[Deed, Callable[[Office, str, datetime], Awaitable[Done]]] = {
    "pause": steering.pause,
    "stop": steering.stop,
    "send": _send_now,
    "reply": steering.reply,
    "reopen": reopening.reopen,
}


def router(house: House) -> APIRouter:
    """Makes the page, the frames of its letters, and its buttons."""
    routes = APIRouter()
    _reading(routes, house)
    _deciding(routes, house)
    return routes


def _reading(routes: APIRouter, house: House) -> None:
    @routes.get("/cycles/{cycle_id}")
    async def cycle(request: Request, cycle_id: str) -> Response:
        """Shows a cycle; the id of one of its e-mails leads to it."""
        found = await figures.show(house.office, cycle_id, web_ui=house.temporal_ui)
        if found.cycle_id != cycle_id:
            return paper.back(f"{_page(found.cycle_id)}#letter-{found.email_id}")
        clock, names = house.clock, _names(found)
        return paper.page(
            request,
            "cycle.html",
            clock,
            cycle=found,
            names=names,
            thread=thread(found),
            next=acts.sentence(telling.coming(found, clock), names),
            story=[(one, acts.sentence(telling.happened(one), names)) for one in found.events],
            uncertain=any(one.status == "uncertain" for one in found.emails),
        )

    @routes.get("/cycles/{cycle_id}/letters/{log_id}")
    async def letter(cycle_id: str, log_id: fields.Number) -> Response:
        """A letter alone, for its frame."""
        return paper.framed(await figures.letter(house.office, cycle_id, log_id))


def _deciding(routes: APIRouter, house: House) -> None:
    @routes.post("/cycles/{cycle_id}/resume")
    async def resume(cycle_id: str, decision: Annotated[Decision | None, Form()] = None) -> Response:
        """Lets it go on; where an e-mail's end is unknown, as the person decides."""
        deed = steering.resume(house.office, cycle_id, house.now(), decision)
        return await acts.act(_page(cycle_id), deed, _this(cycle_id))

    @routes.post("/cycles/{cycle_id}/outcome")
    async def outcome(
        cycle_id: str, candidate: Annotated[str, Form()], outcome: Annotated[PitchOutcome, Form()]
    ) -> Response:
        """Records what became of a candidate after a reply."""
        names = _names(await figures.show(house.office, cycle_id))
        deed = outcomes.record(house.office, cycle_id, candidate, outcome, house.now())
        return await acts.act(f"{_page(cycle_id)}#candidates", deed, names)

    @routes.post("/cycles/{cycle_id}/role")
    async def role(cycle_id: str, status: Annotated[Literal["closed", "filled"], Form()]) -> Response:
        """Closes its role: it is filled, or not to be had any more."""
        found = await figures.show(house.office, cycle_id)
        names = _names(found) | {found.role_id: found.title}
        deed = steering.close_role(house.office, found.role_id, house.now(), status)
        return await acts.act(_page(cycle_id), deed, names)

    @routes.post("/cycles/{cycle_id}/{deed}")
    async def do(cycle_id: str, deed: Deed) -> Response:
        """Does what a button says."""
        done = _DEEDS[deed](house.office, cycle_id, house.now())
        return await acts.act(_page(cycle_id), done, _this(cycle_id))


def thread(found: Dossier) -> list[Email | Received]:
    """Lists letters and what came in, as they followed each other."""
    came_in = [one for one in found.messages if one.form == "mail"]
    return sorted([*found.emails, *came_in], key=_moment)


def _moment(one: Email | Received) -> tuple[datetime, bool]:
    if isinstance(one, Received):
        return one.received_at, True
    return one.sent_at or one.uncertain_at or one.created_at, False


def _page(cycle_id: str) -> str:
    return f"/cycles/{quote(cycle_id, safe='')}"


def _this(cycle_id: str) -> dict[str, str]:
    return {cycle_id: "this cycle"}


def _names(found: Dossier) -> dict[str, str]:
    """Names people and this cycle where the desk's words say their ids."""
    return _this(found.cycle_id) | found.names

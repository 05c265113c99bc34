"""Preview: any of the four letters for any role, as it would read now, to those who would get it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk import letters
from domain.letters import STAGE_NAMES, STAGES, Stage
from web import paper
from web.house import House

RoleId = Annotated[str, Path(max_length=500)]

BASIS = {
    "open_cycle": "the candidates of its open thread",
    "planned": "the candidates whom the next run would put forward",
    "eligible": "the best candidates who may be pitched for it, though no run would do so now",
    "matched": "its best matches, though none of them may be pitched for it now",
}


def router(house: House) -> APIRouter:
    """Makes the pages."""
    routes = APIRouter()

    @routes.get("/roles/{role_id:path}/letters")
    async def first(role_id: RoleId) -> Response:
        """Leads to the first letter."""
        return RedirectResponse(f"{_home(role_id)}/{STAGES[0]}", 303)

    @routes.get("/roles/{role_id:path}/letters/{stage}/html")
    async def html(role_id: RoleId, stage: Stage) -> Response:
        """Hands out the letter's own HTML, for a frame."""
        shown = await letters.letter(house.office, house.press, role_id, stage, house.now())
        return paper.framed(shown.html)

    @routes.get("/roles/{role_id:path}/letters/{stage}")
    async def letter(request: Request, role_id: RoleId, stage: Stage) -> Response:
        """Shows a letter with its sender and recipients; nothing is changed."""
        shown = await letters.letter(house.office, house.press, role_id, stage, house.now())
        return paper.page(
            request,
            "letter.html",
            house.clock,
            one=shown,
            stages=STAGE_NAMES,
            home=_home(role_id),
            basis=BASIS[shown.basis],
        )

    return routes


def _home(role_id: str) -> str:
    return f"/roles/{quote(role_id, safe='')}/letters"

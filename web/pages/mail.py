"""Mail: every letter that the embedded catcher kept, as it would look; answered as its reader would."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path
from starlette.requests import Request
from starlette.responses import Response

from domain import errors
from web import paper
from web.house import House, Mailroom
from web.pages.acts import act

PAGE = 30
SHOWN = 50_000
"""Characters of a text that are shown."""

Number = Annotated[int, Path(ge=1, le=2**31)]


def router(house: House) -> APIRouter:
    """Makes the pages; there are none where e-mail really leaves."""
    routes = APIRouter()

    def room() -> Mailroom:
        found = house.mailroom()
        if found is None:
            raise errors.NotFound("no mail is caught here: e-mail leaves by a real server")
        return found

    @routes.get("/mail")
    async def mail(request: Request, before: int | None = None) -> Response:
        """Lists what was caught, newest first."""
        found = await room().page(before, PAGE)
        return paper.page(request, "mail.html", house.clock, found=found, first=before is None)

    @routes.get("/mail/{number}")
    async def letter(request: Request, number: Number) -> Response:
        """Shows a letter, and a box to answer it with."""
        one = await room().read(number)
        return paper.page(request, "mail_letter.html", house.clock, one=one, shown=SHOWN)

    @routes.get("/mail/{number}/html")
    async def html(number: Number) -> Response:
        """Hands out the letter's own HTML, for a frame."""
        return paper.framed((await room().read(number)).html)

    @routes.post("/mail/{number}/answer")
    async def answer(
        number: Number,
        reader: Annotated[str, Form(max_length=320)],
        words: Annotated[str, Form()] = "",
    ) -> Response:
        """Answers a letter by e-mail, as its reader would."""
        return await act(f"/mail/{number}", room().answer(number, reader, words))

    return routes

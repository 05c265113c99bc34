"""The page behind a letter's way out: looking changes nothing, saying yes does (RFC 8058)."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from desk import opting_out
from domain import errors
from web.house import House
from web.limits import Bodies

LARGEST = 64 * 1024
"""Bytes of a form that is posted here: it says no more than that it is meant."""
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">
<title>{title}</title>
<main>
<h1>{title}</h1>
<p>{words}</p>
{form}
</main>
</html>
"""
_FORM = '<form method="post"><button type="submit">Yes, stop writing to me</button></form>'


def router(house: House) -> APIRouter:
    """Makes the page. No login, no cookie, no redirect: mail programs post to it by themselves."""
    routes = APIRouter(include_in_schema=False)
    bodies = Bodies(house.limits)

    @routes.get("/unsubscribe/{token}")
    @routes.head("/unsubscribe/{token}")
    async def ask(token: str) -> Response:
        """Asks whether it is meant: scanners follow links, people press buttons."""
        try:
            found = await opting_out.find(house.room(), token)
        except errors.NotFound as unknown:
            return _unknown(unknown)
        words = f"We will not write to <strong>{escape(found.address)}</strong> about interns any more."
        return HTMLResponse(_PAGE.format(title="No more letters?", words=words, form=_FORM))

    @routes.post("/unsubscribe/{token}")
    async def take(token: str, request: Request) -> Response:
        """Takes the person off every list, at once; a repetition is harmless."""
        async with bodies.read(request, LARGEST):
            try:
                new = await opting_out.take(house.room(), token, house.now())
            except errors.NotFound as unknown:
                return _unknown(unknown)
        house.take(new)
        words = (
            "We will not write to you about interns any more. If this was a mistake, just answer a letter."
        )
        return HTMLResponse(_PAGE.format(title="Done", words=words, form=""))

    return routes


def _unknown(why: errors.NotFound) -> Response:
    words = f"{escape(str(why)).capitalize()}. To opt out, answer the letter and say so."
    return HTMLResponse(_PAGE.format(title="Unknown link", words=words, form=""), 404)

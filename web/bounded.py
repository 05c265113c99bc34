"""How large a body people and programs may send: it is read whole, within bounds, before anybody sees it."""

from __future__ import annotations

import re
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web import problems
from web.limits import Bodies, Limits, TooLarge, TooMuch, TooSlow

LARGEST = 2**20
"""Bytes of a form or of JSON."""
THEIR_OWN = ("/hooks/", "/unsubscribe/")
"""Where others' servers send; each reads its bodies itself."""
_UTF_8 = re.compile(r'charset="?utf-?8"?\s*(?:;|$)')


class Bounded:
    """Wraps an app: refuses a body that is too large or too slow in the app's place."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._bodies = Bodies(limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(THEIR_OWN) or not _has_body(scope):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        if not _is_utf_8(request.headers.get("content-type", "").lower()):
            words = "a form is sent in UTF-8 here"
            await problems.answer(request, HTTPStatus.BAD_REQUEST, words)(scope, receive, send)
            return
        try:
            async with self._bodies.read(request, LARGEST) as body:
                await self._app(scope, _again(body, receive), send)
        except (TooLarge, TooSlow, TooMuch) as refused:
            await problems.ours(request, refused)(scope, receive, send)
        except ClientDisconnect:
            return


def _is_utf_8(kind: str) -> bool:
    """Tells whether a form is: others may hold halves of characters, which no text here can."""
    return not kind.startswith("multipart/") or kind.count("charset") == len(_UTF_8.findall(kind))


def _has_body(scope: Scope) -> bool:
    names = {name for name, _ in scope["headers"]}
    return b"content-length" in names or b"transfer-encoding" in names


def _again(body: bytes, receive: Receive) -> Receive:
    """Hands a body over that was read already, then whatever else comes."""
    given = False

    async def once() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once

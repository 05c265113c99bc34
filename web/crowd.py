"""How many requests are in hand at one moment: beyond that whoever comes is asked to come again."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web import problems

SOON = 5
"""Seconds after which to come again."""


class Crowd:
    """Wraps an app: answers in its place (503) where too many are in it."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._inside >= self._most:
            words = "too many requests are in hand: come again in a moment"
            wait = {"Retry-After": str(SOON)}
            answer = problems.answer(Request(scope), HTTPStatus.SERVICE_UNAVAILABLE, words, wait)
            await answer(scope, receive, send)
            return
        self._inside += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._inside -= 1

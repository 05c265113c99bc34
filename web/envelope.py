"""Around every answer: headers that keep browsers careful, and a line in the log without contents."""

from __future__ import annotations

import logging
import re
import time
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("outreach.access")

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Set unless an answer says otherwise."""

_LONGEST = 200
_TOKEN = re.compile(r"(/unsubscribe/).+", re.I | re.S)
"""Whoever reads a log must not be able to opt others out."""


def shown(path: str) -> str:
    """Returns a request's path as it may stand in a log: on one line, not too long, without a token."""
    return quote(_TOKEN.sub(r"\1{token}", path[:_LONGEST]), safe="/{}")


class Envelope:
    """Wraps an app; the query, the headers and the body of a request are never written down."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def wrapped(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, wrapped)
        finally:
            took = (time.perf_counter() - began) * 1000
            who = (scope.get("client") or ("?",))[0]
            log.info("%s %s %s %d %.0f ms", who, scope["method"], shown(scope["path"]), status, took)

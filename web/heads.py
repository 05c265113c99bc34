"""`HEAD` is answered as `GET` is, without the body (RFC 9110 section 9.3.2), which the server leaves out."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

THEIR_OWN = ("/hooks/", "/health", "/live")
"""What says for itself whether it takes `HEAD`; a stream has no end to wait for."""


class Heads:
    """Wraps an app: asks it for what a `HEAD` is about."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD" and not scope["path"].startswith(THEIR_OWN):
            scope = {**scope, "method": "GET"}
        await self._app(scope, receive, send)

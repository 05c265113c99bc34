"""The brief's addresses end with a slash; without it they are the same address, without a redirect."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class Slashes:
    """Wraps an app: adds the last slash to what is asked for under a prefix."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app = app
        self._prefix = f"{prefix}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if path.startswith(self._prefix) and not path.endswith("/"):
            raw = scope.get("raw_path")
            scope = {**scope, "path": f"{path}/", "raw_path": raw and raw + b"/"}
        await self._app(scope, receive, send)

"""The door: whose request it is, and whether it may pass; what is not named here needs a token (SPEC 7)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from desk.access import Keys
from domain import errors
from domain.access import NOBODY, Caller
from web import problems
from web.hosts import SAFE, Hosts
from web.sessions import COOKIE, Sessions

log = logging.getLogger("outreach.door")

MACHINES = ("/hooks/", "/unsubscribe/", "/health")
"""What others' servers ask for; each such request vouches for itself, or needs no voucher."""
PUBLIC = ("/login", "/static/", "/favicon.ico")
"""What a person sees before logging in."""


class Door:
    """Wraps an app: lets a request pass with `request.state.caller` set, or answers in its place.

    What goes on for long asks `request.state.may_stay` again: None once its token or session has ended.
    """

    def __init__(
        self, app: ASGIApp, keys: Keys, hosts: Hosts, sessions: Sessions, now: Callable[[], datetime]
    ) -> None:
        self._app = app
        self._keys = keys
        self._hosts = hosts
        self._sessions = sessions
        self._now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(MACHINES):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        answer = await self._judge(request)
        await (answer or self._app)(scope, receive, send)

    async def _judge(self, request: Request) -> Response | None:
        """Returns what is answered in the app's place; None lets the request pass."""
        headers = request.headers
        if not self._hosts.answers_to(headers.get("host", "")):
            words = "this server does not answer to that name; OUTREACH_BASE_URL tells it the name it has"
            return problems.problem(HTTPStatus.MISDIRECTED_REQUEST, words)
        by_cookie = COOKIE in request.cookies and bearer(headers) is None
        if not self._hosts.comes_from_here(request.method, headers, by_cookie=by_cookie):
            return problems.problem(
                HTTPStatus.FORBIDDEN, "another site's page may load and change nothing here"
            )
        if request.scope["path"].startswith(PUBLIC):
            return None
        try:
            caller = await self._caller(request)
        except errors.DatabaseDown:
            return problems.away(request)
        if caller is None:
            return _who(request)
        request.state.caller = caller
        request.state.may_stay = partial(self._caller, request)
        if request.method not in SAFE and not caller.may_write:
            words = f"{caller.name} may look and change nothing: this needs a token with the scope `write`"
            return problems.answer(request, HTTPStatus.FORBIDDEN, words)
        return None

    async def _caller(self, request: Request) -> Caller | None:
        token = bearer(request.headers)
        if token is not None:
            return await self._keys.caller(token)
        if not self._hosts.is_passed_on(request.headers["host"]) and await self._keys.open_to_all():
            return NOBODY
        cookie = request.cookies.get(COOKIE)
        return await self._sessions.caller(cookie, self._now()) if cookie else None


def bearer(headers: Headers) -> str | None:
    """Returns the token of `Authorization: Bearer` (RFC 6750); None where there is no such header."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def _who(request: Request) -> Response:
    """Asks a person to log in, and a program for a token."""
    if problems.is_page(request):
        back = request.url.path if request.method in SAFE else "/"
        query = f"?{request.url.query}" if request.method in SAFE and request.url.query else ""
        ended = "&ended=1" if COOKIE in request.cookies else ""
        return RedirectResponse(f"/login?next={quote(back + query, safe='/')}{ended}", 303)
    words = "this needs `Authorization: Bearer` and a token: OUTREACH_API_TOKEN, or one that `token add` made"
    return problems.problem(HTTPStatus.UNAUTHORIZED, words, {"WWW-Authenticate": 'Bearer realm="outreach"'})

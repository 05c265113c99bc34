"""What goes wrong as problem details (RFC 9457): words for whoever asked, none of a server's own."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from desk.inbox import Replayed
from domain import errors
from mail.hooks import Malformed, Stale, Unauthenticated
from web.envelope import shown
from web.limits import TooLarge, TooMuch, TooSlow

log = logging.getLogger("outreach.web")

MEDIA_TYPE = "application/problem+json"
LATER = 30
"""Seconds after which to try again what did not work now."""

_AWAY = "this cannot be done now; send it again later"
_STATUS: tuple[tuple[type[errors.OutreachError], HTTPStatus], ...] = (
    (Stale, HTTPStatus.FORBIDDEN),
    (Replayed, HTTPStatus.FORBIDDEN),
    (Unauthenticated, HTTPStatus.UNAUTHORIZED),
    (Malformed, HTTPStatus.BAD_REQUEST),
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (TooSlow, HTTPStatus.REQUEST_TIMEOUT),
    (errors.NotFound, HTTPStatus.NOT_FOUND),
    (errors.NotMigrated, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.Unavailable, HTTPStatus.SERVICE_UNAVAILABLE),
)
"""The first that fits counts."""


def problem(status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """One problem; `detail` is for the one who asked."""
    body = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail}
    return JSONResponse(body, int(status), headers=headers, media_type=MEDIA_TYPE)


def add_handlers(app: FastAPI) -> None:
    """Has every error of an app answered as a problem."""
    app.add_exception_handler(errors.OutreachError, _ours)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _unexpected)


async def _ours(request: Request, error: Any) -> Response:
    status = next(
        (status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR
    )
    log.warning("%s %s is answered with %d: %s", request.method, shown(request.url.path), status, error)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return problem(status, "this went wrong here; the log says how")
    return problem(status, _detail(error), _headers(status))


def _detail(error: errors.OutreachError) -> str:
    """Its words, unless they tell of what stands behind this server."""
    inner = isinstance(error, errors.Unavailable | errors.NotMigrated) and not isinstance(error, TooMuch)
    return _AWAY if inner else str(error)


def _headers(status: HTTPStatus) -> dict[str, str]:
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return {"Retry-After": str(LATER)}
    if status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": 'Basic realm="hooks", charset="UTF-8"'}
    if status in (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.REQUEST_TIMEOUT):
        return {"Connection": "close"}
    return {}


async def _of_http(request: Request, error: Any) -> Response:
    status = HTTPStatus(error.status_code)
    details = {
        HTTPStatus.NOT_FOUND: "there is nothing here",
        HTTPStatus.METHOD_NOT_ALLOWED: "this address does not take this method",
    }
    return problem(status, details.get(status, str(error.detail)), error.headers)


async def _gone(request: Request, error: Any) -> Response:
    """Answers nobody: who asked went away before the end of the request."""
    return problem(HTTPStatus.BAD_REQUEST, "the request did not come to its end")


async def _unexpected(request: Request, error: Any) -> Response:
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "this went wrong here; the log says how")

"""What goes wrong: problem details for programs (RFC 9457), a page for people; no server's own words."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from desk.inbox import Replayed
from desk.triggers import KeyUsed
from domain import errors
from domain.letters import Model
from domain.letters_text import one_line
from domain.paging import WrongCursor
from domain.wording import Clock
from mail.hooks import Malformed, Stale, Unauthenticated
from web import paper
from web.envelope import shown
from web.hosts import SAFE
from web.limits import TooLarge, TooMuch, TooSlow

log = logging.getLogger("outreach.web")

MEDIA_TYPE = "application/problem+json"
LATER = 30
"""Seconds after which to try again what did not work now."""

_AWAY = "this cannot be done now; send it again later"
_MACHINES = ("/hooks/", "/unsubscribe/", "/health", "/api/", "/openapi.json", "/live")
_STATUS: tuple[tuple[type[errors.OutreachError], HTTPStatus], ...] = (
    (Stale, HTTPStatus.FORBIDDEN),
    (Replayed, HTTPStatus.FORBIDDEN),
    (Unauthenticated, HTTPStatus.UNAUTHORIZED),
    (Malformed, HTTPStatus.BAD_REQUEST),
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (TooSlow, HTTPStatus.REQUEST_TIMEOUT),
    (errors.NotFound, HTTPStatus.NOT_FOUND),
    (KeyUsed, HTTPStatus.UNPROCESSABLE_ENTITY),
    (WrongCursor, HTTPStatus.UNPROCESSABLE_ENTITY),
    (errors.Refused, HTTPStatus.CONFLICT),
    (errors.Conflict, HTTPStatus.CONFLICT),
    (errors.NotMigrated, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.Unavailable, HTTPStatus.SERVICE_UNAVAILABLE),
)
"""The first that fits counts."""


class Field(Model):
    """One wrong field of a request."""

    field: str
    """Where it stands, such as `query.max_roles` or `body.outcome`."""
    detail: str


class Problem(Model):
    """What went wrong, in words for whoever asked (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: tuple[Field, ...] | None = None
    """The fields that are wrong, where some are."""


def problem(
    status: HTTPStatus,
    detail: str,
    headers: Mapping[str, str] | None = None,
    fields: Sequence[Field] | None = None,
) -> Response:
    """One problem; `detail` is for the one who asked."""
    told = Problem(title=status.phrase, status=int(status), detail=detail, errors=fields and tuple(fields))
    body = told.model_dump(exclude_none=True)
    return JSONResponse(body, int(status), headers=headers, media_type=MEDIA_TYPE)


def is_page(request: Request) -> bool:
    """Tells whether a person is to read the answer."""
    return not request.url.path.startswith(_MACHINES)


def answer(
    request: Request, status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    """A problem, as whoever asked can read it; a page about what is away looks again by itself."""
    if not is_page(request):
        return problem(status, detail, headers)
    clock = Clock(datetime.now(UTC), ZoneInfo("UTC"))
    recovers = status == HTTPStatus.SERVICE_UNAVAILABLE and request.method in SAFE
    made = paper.page(
        request, "problem.html", clock, int(status), title=status.phrase, detail=detail, recovers=recovers
    )
    made.headers.update(headers or {})
    return made


def away(request: Request, detail: str = "") -> Response:
    """Says that the database does not answer."""
    words = detail or "PostgreSQL does not answer: nothing can be shown until it is back"
    return answer(request, HTTPStatus.SERVICE_UNAVAILABLE, words, {"Retry-After": str(LATER)})


def add_handlers(app: FastAPI) -> None:
    """Has every error of an app answered as a problem."""
    app.add_exception_handler(errors.OutreachError, _ours)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _wrong_fields)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _unexpected)


def status_of(error: errors.OutreachError) -> HTTPStatus:
    """Names the status that an error of ours is answered with."""
    return next(
        (status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR
    )


async def _ours(request: Request, error: Any) -> Response:
    return ours(request, error)


def ours(request: Request, error: errors.OutreachError) -> Response:
    """Answers with one of our own errors."""
    status = status_of(error)
    why = type(error).__name__ if status == HTTPStatus.UNPROCESSABLE_ENTITY else one_line(str(error))
    log.warning("%s %s is answered with %d: %s", request.method, shown(request.url.path), status, why)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return answer(request, status, "this went wrong here; the log says how")
    return answer(request, status, _detail(request, error), _headers(request, status))


def _detail(request: Request, error: errors.OutreachError) -> str:
    """Its words, unless they tell strangers of what stands behind this server."""
    if not isinstance(error, errors.Unavailable | errors.NotMigrated) or isinstance(error, TooMuch):
        return str(error)
    if not hasattr(request.state, "caller"):
        return _AWAY
    if isinstance(error, errors.TemporalDown):
        return "Temporal does not answer: what needs it cannot be done until it is back; nothing was changed"
    if isinstance(error, errors.DatabaseDown):
        return "PostgreSQL does not answer: nothing can be shown or done until it is back"
    return _AWAY if isinstance(error, errors.Unavailable) else str(error)


def _headers(request: Request, status: HTTPStatus) -> dict[str, str]:
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
    return answer(request, status, details.get(status, str(error.detail)), error.headers)


async def _wrong_fields(request: Request, error: Any) -> Response:
    fields = [Field(field=".".join(map(str, one["loc"])), detail=_said(one)) for one in error.errors()]
    words = "; ".join(f"{one.field}: {one.detail}" for one in fields)
    if is_page(request):
        return answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, words)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, words, fields=fields)


def _said(one: Any) -> str:
    """Says what is wrong with a field, and with which value where that is a short one."""
    value = one.get("input")
    given = (
        f", not {value!r}" if isinstance(value, str | int | float | bool) and len(repr(value)) < 100 else ""
    )
    return f"{str(one['msg']).removeprefix('Value error, ')}{given}"


async def _gone(request: Request, error: Any) -> Response:
    """Answers nobody: who asked went away before the end of the request."""
    return problem(HTTPStatus.BAD_REQUEST, "the request did not come to its end")


async def _unexpected(request: Request, error: Any) -> Response:
    return answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "this went wrong here; the log says how")

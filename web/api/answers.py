"""What every route may answer besides its own: problems (RFC 9457), declared in the OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from domain.access import Caller
from web.problems import MEDIA_TYPE

_PROBLEM = "#/components/schemas/Problem"

_WORDS = {
    400: "The request cannot be read.",
    401: "A token is needed.",
    403: "The token allows to look only, or another site's page asked.",
    404: "There is no such thing.",
    405: "This address does not take this method.",
    408: "The request came too slowly.",
    413: "The body is too large.",
    421: "The server does not answer to this name.",
    422: "A field is wrong: `errors` names it.",
    503: "PostgreSQL or Temporal does not answer: come again after `Retry-After` seconds.",
}


def _told(words: str) -> dict[str, Any]:
    return {"description": words, "content": {MEDIA_TYPE: {"schema": {"$ref": _PROBLEM}}}}


ANSWERS: dict[int | str, dict[str, Any]] = {status: _told(words) for status, words in _WORDS.items()}
"""What every route may answer."""

CONFLICT: dict[int | str, dict[str, Any]] = {
    409: _told("It is against a rule, which the words say; nothing was changed.")
}
"""What every route may answer that changes something."""


def example(value: object) -> dict[str, Any]:
    """Shows what a body may look like."""
    return {"usual": {"value": value}}


_bearer = HTTPBearer(
    auto_error=False, description="OUTREACH_API_TOKEN, or a token of `starter.py token add`."
)


async def _caller(request: Request, _: Annotated[object, Depends(_bearer)]) -> Caller:
    """Names whoever asks; the door has let them in (web/door.py)."""
    caller: Caller = request.state.caller
    return caller


Asks = Annotated[Caller, Depends(_caller)]
"""A route's parameter: who asks."""

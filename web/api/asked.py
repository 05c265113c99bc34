"""The query of a request that changes something: what the route knows, and each thing once.

A misspelt `dry_run` would otherwise be passed over, and a run begin that nobody meant.
"""

from __future__ import annotations

from fastapi import Request
from fastapi.exceptions import RequestValidationError

from web.hosts import SAFE

REPEATED = ("role",)
"""What may be given more than once."""


async def plainly(request: Request) -> None:
    """Raises what is answered with 422 for a field of the query that is unknown, or given twice."""
    if request.method in SAFE:
        return
    known = [one.alias for one in request.scope["route"].dependant.query_params]
    wrong = [
        {"loc": ("query", name), "msg": words, "input": request.query_params[name]}
        for name in request.query_params
        if (words := _wrong(name, known, len(request.query_params.getlist(name))))
    ]
    if wrong:
        raise RequestValidationError(wrong)


def _wrong(name: str, known: list[str], times: int) -> str:
    if name not in known:
        return f"this is not known here: expected {' or '.join(known) or 'nothing in the query'}"
    return "give it once" if times > 1 and name not in REPEATED else ""

"""Options that may come in the query, in the body, or in both if they agree."""

from __future__ import annotations

from typing import TypeVar

from fastapi.exceptions import RequestValidationError

from domain.letters import Model

M = TypeVar("M", bound=Model)


def of(query: M, body: M | None) -> M:
    """Joins what both say; raises what is answered with 422 where they differ, naming the field."""
    if body is None:
        return query
    said, written = query.model_dump(exclude_none=True), body.model_dump(exclude_none=True)
    wrong = [
        {"loc": ("query", name), "msg": "the body says otherwise: give it once", "input": said[name]}
        for name in said.keys() & written.keys()
        if said[name] != written[name]
    ]
    if wrong:
        raise RequestValidationError(wrong)
    return query.model_copy(update={name: getattr(body, name) for name in written})


def refuse(field: str, words: str) -> RequestValidationError:
    """Makes what is answered with 422 for one field."""
    return RequestValidationError([{"loc": tuple(field.split(".")), "msg": words}])

"""The OpenAPI document: only what programs may ask, each answer under the media type it really has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from web.api.answers import CONFLICT
from web.problems import Problem

EXAMPLES = Path(__file__).with_name("examples.json")
"""Answers by method and path; `python -m tests.web.examples` writes them, a test keeps them true."""

ABOUT = """Every request needs `Authorization: Bearer TOKEN`. What goes wrong is told as problem details
(RFC 9457). Lists come in pages: pass `next` on as `cursor`, or follow the `Link` header. Every path works
without its last slash too."""


def add(app: FastAPI) -> None:
    """Has an app show its document as `_mend` leaves it."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(
                title=app.title,
                version=app.version,
                summary=app.summary,
                description=ABOUT,
                routes=app.routes,
            )
            _mend(made)
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _mend(made: dict[str, Any]) -> None:
    schemas = made["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = _problem(schemas)
    examples = json.loads(EXAMPLES.read_text("utf-8"))
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            if example := examples.get(f"{method} {path}"):
                operation["responses"]["200"]["content"]["application/json"]["example"] = example
            if method != "get":
                operation["responses"].update({str(code): told for code, told in CONFLICT.items()})


def _problem(schemas: dict[str, Any]) -> dict[str, Any]:
    told = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    for name, schema in told.pop("$defs", {}).items():
        schemas[name] = schema
    told["example"] = {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "there is no cycle and no e-mail 'nobody': `starter.py pending` lists them",
    }
    return told

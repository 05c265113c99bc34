"""The factory of the web application; importing it does nothing (STYLE 14)."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.types import ASGIApp

from web import health, hooks, problems
from web.envelope import Envelope
from web.house import House


def app(house: House) -> ASGIApp:
    """Makes the application: hooks and the health page."""
    made = FastAPI(title="Outreach", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    made.include_router(hooks.router(house))
    made.include_router(health.router(house))
    problems.add_handlers(made)
    return Envelope(made)  # around Starlette's own answer to what nobody expected, too

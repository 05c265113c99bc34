"""The factory of the web application; importing it does nothing (STYLE 14)."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.types import ASGIApp

from web import health, hooks, opting_out, problems
from web.envelope import Envelope
from web.house import House


def app(house: House) -> ASGIApp:
    """Makes the application: hooks, the health page, and the page behind a letter's way out."""
    made = FastAPI(title="Outreach", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    made.include_router(hooks.router(house))
    made.include_router(health.router(house))
    made.include_router(opting_out.router(house))
    problems.add_handlers(made)
    return Envelope(made)  # around Starlette's own answer to what nobody expected, too

"""The factory of the web application; importing it does nothing (STYLE 14)."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.types import ASGIApp

from domain.health import VERSION
from web import api, health, hooks, live, login, opting_out, pages, problems, static_files
from web.api import document
from web.api.slashes import Slashes
from web.bounded import Bounded
from web.crowd import Crowd
from web.door import Door
from web.envelope import Envelope
from web.heads import Heads
from web.house import House


def app(house: House) -> ASGIApp:
    """Makes the application: the API, the pages, hooks, health, the page behind a letter's way out."""
    made = FastAPI(
        title="Outreach",
        version=VERSION,
        summary="Pitches interns to partner companies by e-mail, follows up, and moves on.",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    made.state.has_mail = lambda: house.mailroom() is not None
    for rooms in (api, pages, hooks, health, opting_out, login, live, static_files):
        made.include_router(rooms.router(house), include_in_schema=rooms is api)
    static_files.add(made)
    problems.add_handlers(made)
    document.add(made)
    inside = Heads(Slashes(Bounded(made, house.limits), api.PREFIX))
    door = Door(inside, house.keys, house.hosts, house.sessions, house.now)
    crowd = Crowd(door, house.limits.at_once)
    return Envelope(crowd)  # around Starlette's own answer to what nobody expected, too

"""The web server's composition: settings to hooks, post room, mailbox and a socket (STYLE 14).

Temporal may be away, at the start and at any time: what comes in is stored and processed all the same, and
the workflows are told by the sweep.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from temporalio.client import Client

import worker
from db import migrate
from db.pool import Pool, open_pool
from desk.access import Keys
from desk.health import health
from desk.inbox import PostRoom
from desk.line import Connect, Line
from desk.mailbox import Letterbox
from desk.office import Office
from desk.pulse import Pulse
from desk.sorting import Sorting
from domain import errors
from domain.health import Health, Standing
from domain.listen import Listen
from mail import hooks
from mail.hooks.net import Net
from settings import Settings
from stack.mailroom import mailroom_of
from stack.press import press
from stack.services import Running
from stack.setup import setup
from web import server
from web.app import app
from web.hosts import Hosts
from web.house import House, Mailroom
from web.sessions import Sessions

log = logging.getLogger("outreach.web")

CONNECTIONS = 20
"""To the database; more than are processed at once, so that there is always one left to store with."""


def checked(settings: Settings) -> Listen:
    """Names where to listen.

    Raises `errors.BadSetting` for a place that others reach while no token is set, and for Resend's hook
    without a key: it tells of replies, and could fetch none.
    """
    if settings.hook_resend_secret is not None and not settings.resend_key:
        raise errors.BadSetting(
            "OUTREACH_HOOK_RESEND_API_KEY is not set, and OUTREACH_HOOK_RESEND_SECRET is: Resend's hook "
            "brings only a reply's id; expected an API key of Resend with full access, to fetch it with"
        )
    listen = settings.listen
    if not listen.is_loopback and settings.api_token is None:
        raise errors.BadSetting(
            f"OUTREACH_LISTEN={listen}: others reach this address, and OUTREACH_API_TOKEN is not set; "
            "set it, or listen on 127.0.0.1 and let a reverse proxy pass on /hooks/ and "
            "/unsubscribe/ alone"
        )
    return listen


@asynccontextmanager
async def web(
    settings: Settings,
    database_url: str,
    connect: Connect,
    *,
    any_port: bool = False,
    mailroom: Callable[[], Mailroom | None] = lambda: None,
    mail_folder: str | None = None,
) -> AsyncIterator[str]:
    """Serves inside the block, and reads the mailbox where one is set; the value is the server's address.

    With `any_port` a free port serves as well, where the one of the settings is taken. At the end requests
    in hand are answered, and what was stored by then is processed. Raises `errors.UserError` where it
    cannot listen, and what `open_pool` and `migrate.check` raise.
    """
    async with AsyncExitStack() as stack:
        sock = stack.enter_context(_bound(checked(settings), any_port))
        net = Net(settings.resend_key)
        stack.push_async_callback(net.close)
        given = hooks.configured(hooks.HookSecrets(**settings.hook_secrets), net.certificates)
        pool = await stack.enter_async_context(_migrated(database_url))
        line = await stack.enter_async_context(Line(connect).kept())
        office = Office(pool, settings.rules, None, settings.task_queue)

        def room() -> PostRoom:
            return PostRoom(replace(office, client=line.client), net.fetchers)

        sorting = await stack.enter_async_context(Sorting(room, _now).at_work())
        await sorting.take_up()
        letterbox = worker.letterbox_of(settings)
        if letterbox:
            await stack.enter_async_context(_watched(letterbox, room, sorting))

        async def standing() -> Health:
            return await health(room().office, _standing(letterbox))

        house = _house(
            settings,
            room=room,
            take=sorting.take,
            hooks=given,
            confirm=net.confirm,
            health=standing,
            mailroom=mailroom,
            setup=setup(settings, mail_folder),
        )
        house.charts.warm()
        gc.collect()  # what the start left behind would be kept for as long as the server lives
        await stack.enter_async_context(server.serving(app(house), sock, house.closing))
        yield server.address_of(sock)


@asynccontextmanager
async def _migrated(database_url: str) -> AsyncIterator[Pool]:
    """Lends connections to a database whose schema is this code's."""
    pool = await open_pool(database_url, size=CONNECTIONS)
    try:
        async with pool.acquire() as conn:
            await migrate.check(conn)
        yield pool
    finally:
        await pool.close()


def _house(settings: Settings, *, room: Callable[[], PostRoom], **more: Any) -> House:
    """Furnishes the house by the settings; `more` are its other fields."""
    keys = Keys(lambda: room().office, settings.token)
    return House(
        room=room,
        now=_now,
        keys=keys,
        sessions=Sessions(keys, secure=(settings.base_url or "").startswith("https://")),
        pulse=Pulse(lambda: room().office),
        press=press(settings),
        hosts=Hosts(settings.base_url),
        told=settings.told,
        temporal_ui=settings.temporal_ui,
        **more,
    )


def web_of(running: Running, *, any_port: bool = True) -> AbstractAsyncContextManager[str]:
    """Serves beside the services that run here; as `web` does."""

    async def connect() -> Client:
        return running.client

    return web(
        running.settings,
        running.database_url,
        connect,
        any_port=any_port,
        mailroom=lambda: mailroom_of(running.services, running.settings.inbound_domain),
        mail_folder=running.services.mail_folder,
    )


def _bound(listen: Listen, any_port: bool) -> socket.socket:
    try:
        return server.bind(listen)
    except errors.Refused:
        if not any_port:
            raise
        return server.bind(replace(listen, port=0))


@asynccontextmanager
async def _watched(
    letterbox: Letterbox, room: Callable[[], PostRoom], sorting: Sorting
) -> AsyncIterator[None]:
    watching = asyncio.create_task(letterbox.watch(room, _now, sorting.take))
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


def _standing(letterbox: Letterbox | None) -> Standing:
    if letterbox is None:
        return "not set"
    return "away" if letterbox.trouble else "answers"


def _now() -> datetime:
    return datetime.now(UTC)

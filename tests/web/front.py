"""The web server as it runs, on a free port and a real database, with hooks whose keys the tests have."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import cache
from typing import Any

import httpx2

from db.pool import Pool
from desk.access import Keys
from desk.health import health
from desk.inbox import PostRoom
from desk.office import Office
from desk.proofs import Press
from desk.pulse import Pulse
from desk.sorting import Sorting
from domain.health import Health
from domain.inbound import Request
from domain.listen import Listen
from domain.rules import Rules
from settings import Settings
from stack.press import press
from tests.cast import NOW
from tests.mail.hook_services import ALL, RAW, Service
from web import server
from web.app import app
from web.hosts import Hosts
from web.house import House, Mailroom
from web.limits import Limits
from web.sessions import Sessions

SERVICES: dict[str, Service] = {one.hook.name: one for one in (kind() for kind in ALL)}


@cache
def _press() -> Press:
    return press(Settings.model_construct())


class Front:
    """A running server and a client of it; `confirmed` are the addresses that it visited."""

    def __init__(
        self,
        pool: Pool,
        limits: Limits | None = None,
        *,
        office: Office | None = None,
        token: str | None = None,
        mailroom: Mailroom | None = None,
        told: Mapping[str, str] | None = None,
        base_url: str | None = None,
    ) -> None:
        self.pool = pool
        self.limits = limits or Limits()
        self.now = NOW
        self.confirmed: list[str] = []
        self.refuses: Exception | None = None
        """What a visit fails with."""
        self.office = office or Office(pool, Rules())
        self.keys = Keys(lambda: self.office, token)
        self.mailroom = mailroom
        self.told = told or {}
        self.hosts = Hosts(base_url)
        self.url = ""
        self.house: Any = None
        self._client: httpx2.AsyncClient | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Front]:
        """Serves inside the block."""
        async with AsyncExitStack() as stack:
            sorting = await stack.enter_async_context(Sorting(self._room, self._now).at_work())
            sock = stack.enter_context(server.bind(Listen(port=0)))
            self.url = server.address_of(sock)
            hooks = {name: one.hook for name, one in SERVICES.items()}
            self.house = House(
                self._room,
                sorting.take,
                hooks,
                self._confirm,
                self._health,
                self._now,
                self.keys,
                Sessions(self.keys, secure=False),
                Pulse(lambda: self.office, every=0.05),
                _press(),
                mailroom=lambda: self.mailroom,
                hosts=self.hosts,
                told=self.told,
                limits=self.limits,
            )
            await stack.enter_async_context(server.serving(app(self.house), sock, self.house.closing))
            self._client = await stack.enter_async_context(httpx2.AsyncClient(base_url=self.url, timeout=30))
            yield self

    @property
    def client(self) -> httpx2.AsyncClient:
        """A client of the server."""
        assert self._client is not None
        return self._client

    async def post(
        self, service: str, request: Request, path: str = "inbound", **options: Any
    ) -> httpx2.Response:
        """Posts a request as the service would."""
        headers = {**request.headers, **options.pop("headers", {})}
        return await self.client.post(
            f"/hooks/{path}/{service}", content=request.body, headers=headers, **options
        )

    async def raw(self, *pieces: bytes, pause: float = 0) -> bytes:
        """Says these bytes on a connection of its own; returns all that comes back until it is closed."""
        host, port = self.url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        said = bytearray()

        async def listen() -> None:
            with contextlib.suppress(ConnectionError):  # cut after the answer, with our last bytes unread
                while piece := await reader.read(65_536):
                    said.extend(piece)

        listening = asyncio.create_task(listen())
        with contextlib.suppress(ConnectionError):
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(pause)
        await asyncio.wait_for(listening, 10)
        writer.close()
        return bytes(said)

    async def rows(self) -> list[dict[str, Any]]:
        """Everything that was stored."""
        return [dict(row) for row in await self.pool.fetch("select * from inbox order by id")]

    def _room(self) -> PostRoom:
        return PostRoom(self.office, {"resend": self._fetch})

    def _now(self) -> datetime:
        return self.now

    async def _fetch(self, email_id: str) -> bytes:
        return RAW

    async def _confirm(self, url: str) -> None:
        if self.refuses:
            raise self.refuses
        self.confirmed.append(url)

    async def _health(self) -> Health:
        return await health(self.office)

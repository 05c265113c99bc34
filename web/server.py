"""Uvicorn inside a program that has a life of its own: no signals taken, no exit, a socket that is ours."""

from __future__ import annotations

import asyncio
import errno
import gc
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from domain import errors
from domain.listen import Listen

HEAD = 20.0
"""Seconds for a request's line and headers, from the first byte of the connection on."""
CONNECTIONS = 2000
"""Beyond these uvicorn itself refuses, with bare words; idle ones are few and end within seconds."""
GRACE = 20
"""Seconds in which requests in hand are answered when the server is to end."""


class Protocol(H11Protocol):
    """Uvicorn's HTTP, which gives up on a client whose request does not begin; heads are bounded by h11."""

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_a_head()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        elif self._patience is None:
            self._wait_for_a_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait_for_a_head(self) -> None:
        self._patience = self.loop.call_later(HEAD, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves signals to the program."""
        yield


def bind(listen: Listen) -> socket.socket:
    """Takes the port, which then is ours; raises `Refused` or `BadSetting` naming the setting."""
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    try:
        sock = socket.create_server((listen.host, listen.port), family=family, backlog=1024)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each small answer waits 40 ms
        return sock
    except OSError as failed:
        if failed.errno == errno.EADDRINUSE:
            raise errors.Refused(
                f"{listen} is in use by another program: choose another port with OUTREACH_LISTEN, such as "
                f"{Listen(listen.host, listen.port + 1 if listen.port < 65535 else 0)}"
            ) from None
        raise errors.BadSetting(
            f"OUTREACH_LISTEN={listen}: this machine cannot listen there ({os.strerror(failed.errno or 0)})"
        ) from None


def address_of(sock: socket.socket) -> str:
    """Names the address that a bound socket answers at."""
    host, port = sock.getsockname()[:2]
    return f"http://{Listen(host, port)}"


@asynccontextmanager
async def serving(app: ASGIApp, sock: socket.socket, closing: asyncio.Event) -> AsyncIterator[None]:
    """Serves inside the block; at its end no new request is taken, and those in hand are answered.

    `closing` is set first, for answers that would never end by themselves. What is there at the beginning is
    left out of garbage collection meanwhile: to look through a whole application for garbage that it does not
    have would hold up an answer now and then for a tenth of a second.
    """
    gc.freeze()
    server = _Server(
        uvicorn.Config(
            app,
            http=Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            limit_concurrency=CONNECTIONS,
            timeout_graceful_shutdown=GRACE,
        )
    )
    running = asyncio.create_task(server.serve(sockets=[sock]))
    try:
        yield
    finally:
        closing.set()
        server.should_exit = True
        await running
        gc.unfreeze()

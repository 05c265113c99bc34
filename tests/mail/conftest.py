"""Bad servers, transports to them, and the certificate that they show."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from mail.connections import Limits, Server
from mail.smtp import SmtpTransport
from tests.mail.badserver import BadServer, Certificate, Opens, Starts

pytest.register_assert_rewrite("tests.mail.transport_suite")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Made once: a key takes a moment."""
    return Certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
async def starts(tmp_path: Path) -> AsyncIterator[Starts]:
    """Starts bad servers and stops them in the end."""
    async with AsyncExitStack() as stack:

        async def start(**options: Any) -> BadServer:
            server = BadServer(tmp_path, **options)
            await stack.enter_async_context(server)
            return server

        yield start


@pytest.fixture
async def opens() -> AsyncIterator[Opens]:
    """Opens transports to a server and closes them in the end."""
    opened: list[SmtpTransport] = []

    def open(
        server: BadServer, *, limits: Limits | None = None, connections: int = 6, **to: Any
    ) -> SmtpTransport:
        address = Server(**{"host": server.host, "port": server.port} | to)
        opened.append(SmtpTransport(address, limits=limits, connections=connections))
        return opened[-1]

    yield open
    for transport in opened:
        await transport.close()


@pytest.fixture
async def server(starts: Starts) -> BadServer:
    return await starts()

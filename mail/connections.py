"""Kept connections to one mail server: opened, secured, logged in, lent out and given back.

A kept connection sends about three times faster than a new one for each message.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import cast

import aiosmtplib
from aiosmtplib import errors as smtp

from domain.letters import Outage
from mail.answers import Answer


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each part of a hand-over may take, in seconds; the sum of three bounds the whole."""

    slot: float = 30.0
    """Waiting for a free connection."""
    connect: float = 10.0
    """Reaching the server (with implicit TLS: and its handshake), then again for its greeting."""
    command: float = 30.0
    """One command and its answer."""
    conversation: float = 60.0
    """Everything up to the last byte of the message, connecting included."""
    data: float = 60.0
    """The answer after the end of the message; running out of it makes the e-mail uncertain (R10)."""
    idle: float = 30.0
    """How long an unused connection is kept; below what servers and firewalls allow."""
    patience: float = 3600.0
    """How long the others wait for recipients who are put off; outlasts greylisting."""

    @property
    def longest(self) -> float:
        """The seconds that one hand-over can take at the very most."""
        return self.slot + self.conversation + self.data


@dataclass(frozen=True, slots=True)
class Server:
    """Whom to talk to. TLS from the first byte if `implicit_tls`, else STARTTLS where it is offered.

    With a login TLS is required, and certificates are always checked, but for a host on this very
    machine, whose traffic nobody else sees. Its text never shows the login.
    """

    host: str
    port: int
    implicit_tls: bool = False
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    tls: ssl.SSLContext | None = field(default=None, repr=False)
    local_hostname: str | None = None

    @property
    def on_this_machine(self) -> bool:
        """Whether the host is a loopback address or name."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost" or self.host.endswith(".localhost")

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class Interrupted(Exception):
    """The conversation cannot go on and the message was not handed over; `outage` says why."""

    def __init__(self, outage: Outage) -> None:
        super().__init__(outage.code)
        self.outage = outage


class Connections:
    """Opens, keeps and closes connections; how many there are at once is the caller's to bound."""

    def __init__(self, server: Server, limits: Limits) -> None:
        self._server = server
        self._limits = limits
        self._tls = server.tls or _tls_for(server)
        self._idle: dict[aiosmtplib.SMTP, asyncio.TimerHandle] = {}
        self._local_hostname = server.local_hostname
        self._closed = False

    def kept(self) -> aiosmtplib.SMTP | None:
        """The connection that was used last, if one is still open."""
        while self._idle:
            client, expiry = self._idle.popitem()
            expiry.cancel()
            if client.is_connected:
                return client
        return None

    async def open(self) -> aiosmtplib.SMTP:
        """A new connection, secured and logged in; raises Interrupted where any of it fails."""
        client = aiosmtplib.SMTP(
            hostname=self._server.host,
            port=self._server.port,
            use_tls=self._server.implicit_tls,
            start_tls=False,
            tls_context=self._tls,
            timeout=self._limits.command,
            local_hostname=self._local_hostname,
        )
        try:
            await self._prepare(client)
        except BaseException:
            drop(client)
            raise
        self._local_hostname = client.local_hostname  # looking it up may take seconds: once is enough
        return client

    def keep(self, client: aiosmtplib.SMTP) -> None:
        """Takes a connection back in good order, for the next message."""
        if self._closed or not client.is_connected:
            drop(client)
        else:
            timer = asyncio.get_running_loop().call_later(self._limits.idle, self._expire, client)
            self._idle[client] = timer

    async def close(self) -> None:
        """Says goodbye on every idle connection; one still in use is closed when it comes back."""
        self._closed = True
        while (client := self.kept()) is not None:
            try:
                await client.quit(timeout=1)
            except (smtp.SMTPException, OSError):
                drop(client)

    def _expire(self, client: aiosmtplib.SMTP) -> None:
        self._idle.pop(client, None)
        drop(client)

    async def _prepare(self, client: aiosmtplib.SMTP) -> None:
        with self._step("smtp_connect"):
            await client.connect(timeout=self._limits.connect)
        with self._step("smtp_hello"):
            await _greet(client)
        with self._step("smtp_tls"):
            await self._secure(client)
        if self._server.username is not None:
            with self._step("smtp_login"):
                await client.login(self._server.username, self._server.password or "")

    async def _secure(self, client: aiosmtplib.SMTP) -> None:
        if self._server.implicit_tls:
            return
        if client.supports_extension("starttls"):
            await client.starttls()
            await _greet(client)
        elif self._server.username is not None and not self._server.on_this_machine:
            raise smtp.SMTPNotSupported("it offers no STARTTLS, and the login is not sent in the clear")

    @contextmanager
    def _step(self, code: str) -> Iterator[None]:
        """Names the step at which a new connection failed."""
        try:
            yield
        except smtp.SMTPResponseException as said:
            answer = Answer(said.code, said.message)
            code = f"smtp_{said.code}" if said.code == 421 else code
            raise Interrupted(Outage(code, f"{self._server}: {answer.words}", answer.wait)) from said
        except (smtp.SMTPException, OSError, ValueError) as failed:
            if isinstance(failed.__cause__, ssl.SSLError):
                code = "smtp_tls"
            words = f"{self._server} (OUTREACH_MAIL_URL): {failed}"
            raise Interrupted(Outage(code, words)) from failed


def drop(client: aiosmtplib.SMTP) -> None:
    """Cuts a connection at once, whatever it was doing; nothing that is still buffered goes out."""
    if client.transport is not None:
        cast("asyncio.WriteTransport", client.transport).abort()
    client.close()


async def _greet(client: aiosmtplib.SMTP) -> None:
    try:
        await client.ehlo()
    except smtp.SMTPHeloError:
        if not client.is_connected:
            raise
        await client.helo()


def _tls_for(server: Server) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.on_this_machine:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context

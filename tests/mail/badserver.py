"""A mail server that behaves as badly as it is told: every way in which real ones fail us."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import Awaitable, Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from embedded.catcher import Catcher, Connection
from mail.smtp import SmtpTransport

Starts = Callable[..., Awaitable["BadServer"]]
Opens = Callable[..., SmtpTransport]

HANG = "HANG"
"""Never answers."""
DROP = "DROP"
"""Cuts the connection."""
KEEP_AND_DROP = "KEEP_AND_DROP"
"""At the end of a message: keeps it, then cuts the connection instead of answering."""


class BadServer(Catcher):
    """A catcher with a script: `on` maps a moment to an answer, HANG, DROP or KEEP_AND_DROP.

    Moments are GREETING, EHLO, STARTTLS, AUTH, MAIL, DATA, BODY (in mid-message), END (after it) and RSET;
    `rcpt` maps recipients to answers. The script may change at any time.
    """

    def __init__(
        self,
        folder: Path,
        *,
        login: tuple[str, str] | None = None,
        starttls: ssl.SSLContext | None = None,
        implicit_tls: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(folder)
        self.on: dict[str, str] = {}
        self.once: set[str] = set()
        """Moments whose line leaves the script when it has been played."""
        self.rcpt: dict[str, str] = {}
        self.connections = 0
        self.hanging = asyncio.Event()
        """Set once somebody waits for an answer that will not come."""
        self.secured = False
        """Whether the last message came over TLS."""
        self._login = login
        self._starttls = starttls
        self._implicit_tls = implicit_tls

    def received(self) -> list[EmailMessage]:
        """Every message it kept, in order."""
        paths = sorted(self.folder.glob("*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]

    async def cut_everybody(self) -> None:
        """Ends every connection, as a server does with idle ones."""
        await asyncio.gather(*(connection.cut() for connection in list(self._open)))

    async def deserted(self) -> None:
        """Returns when nobody is connected any more."""
        while self._open:
            await next(iter(self._open)).ended()

    async def listen(self, loop: asyncio.AbstractEventLoop) -> asyncio.Server:
        return await loop.create_server(
            lambda: self.protocol(loop), self.host, self.port, ssl=self._implicit_tls
        )

    def protocol(self, loop: asyncio.AbstractEventLoop) -> SMTP:
        self.connections += 1
        return BadConnection(
            self,
            self._open,
            hostname="bad.localhost",
            enable_SMTPUTF8=self.on.get("SMTPUTF8") != "no",
            tls_context=self._starttls,
            auth_require_tls=False,
            authenticator=self._check_login,
            loop=loop,
        )

    async def react(self, moment: str, connection: SMTP) -> bool:
        """Does what the script says for this moment; False if it says nothing."""
        reaction = self._line(moment)
        if reaction is None:
            return False
        if reaction == HANG:
            self.hanging.set()
            await asyncio.Event().wait()
        if reaction == DROP:
            await self._drop(connection)
        await connection.push(reaction)
        return True

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._login is not None and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.rcpt:
            return self.rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        reaction = self._line("END")
        if reaction is None or reaction == KEEP_AND_DROP:
            self.secured = session.ssl is not None or self._implicit_tls is not None
            kept = await super().handle_DATA(server, session, envelope)
            if reaction is None:
                return kept
            await self._drop(server)
        if reaction == HANG:
            self.hanging.set()
            await asyncio.Event().wait()
        if reaction == DROP:
            await self._drop(server)
        return reaction

    def _line(self, moment: str) -> str | None:
        return self.on.pop(moment, None) if moment in self.once else self.on.get(moment)

    async def _drop(self, connection: SMTP) -> None:
        assert isinstance(connection, Connection)
        asyncio.get_running_loop().create_task(connection.cut())  # which ends us
        await asyncio.Event().wait()

    def _check_login(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, said: Any
    ) -> AuthResult:
        assert isinstance(said, LoginPassword)
        good = self._login == (said.login.decode(), said.password.decode())
        return AuthResult(success=good, handled=False, auth_data=said)


class BadConnection(Connection):
    """One conversation, with the script asked before every command."""

    event_handler: BadServer
    _greeted = False

    async def push(self, status: Any) -> None:
        if not self._greeted:
            self._greeted = True
            if await self.event_handler.react("GREETING", self):
                return
        await super().push(status)

    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self.event_handler.react("EHLO", self):
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if not await self.event_handler.react("STARTTLS", self):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:
        if not await self.event_handler.react("AUTH", self):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str | None) -> None:
        if not await self.event_handler.react("MAIL", self):
            await super().smtp_MAIL(arg)

    async def smtp_RSET(self, arg: str) -> None:
        if not await self.event_handler.react("RSET", self):
            await super().smtp_RSET(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if await self.event_handler.react("DATA", self):
            return
        if "BODY" in self.event_handler.on:
            await self.push("354 Go on")
            await self._reader.readuntil(b"\r\n")
            await self.event_handler.react("BODY", self)
        else:
            await super().smtp_DATA(arg)


class Certificate:
    """A certificate for localhost that signs itself, and the two ends of TLS with it."""

    def __init__(self, folder: Path) -> None:
        openssl = shutil.which("openssl")
        if openssl is None:
            pytest.skip("the openssl command, which makes a certificate for this test, is not installed")
        self._key, self._file = folder / "key.pem", folder / "certificate.pem"
        command = f"{openssl} req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
        names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
        paths = ["-keyout", str(self._key), "-out", str(self._file)]
        subprocess.run(
            [*command.split(), "-subj", "/CN=localhost", "-addext", names, *paths],
            check=True,
            capture_output=True,
        )

    @property
    def server(self) -> ssl.SSLContext:
        """What the server shows."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._file, self._key)
        return context

    @property
    def trusting(self) -> ssl.SSLContext:
        """A client that trusts this certificate and checks it."""
        return ssl.create_default_context(cafile=str(self._file))

"""IMAPClient, mended: what it says of a login or a folder, a bound on what is read, no news lost.

Everything here blocks; `mail.imap` runs it in threads.
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
from dataclasses import dataclass
from typing import Any

import imapclient  # type: ignore[import-untyped]

from mail.connections import Server

_PASSING = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]", re.I)
"""Answers to a login that say nothing about the login (RFC 5530)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each part may take, in seconds, and how much is read."""

    connect: float = 15.0
    """Reaching the server, TLS included."""
    command: float = 60.0
    """One command and its answer, the login included."""
    message: float = 300.0
    """Fetching one message."""
    idle: float = 300.0
    """How long one IDLE lasts. RFC 2177 says below 29 minutes; a connection that a firewall forgot looks
    just like an empty folder, so it is shorter."""
    poll: float = 30.0
    """How often a server without IDLE is asked."""
    largest: int = 25 * 2**20
    """Bytes of the largest message that is read whole."""
    beginning: int = 256 * 2**10
    """Bytes that are read of a larger one: its headers and, mostly, its text."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the server says of a folder as it opens it."""

    validity: int
    next_uid: int
    idles: bool


class NoWay(Exception):
    """The connection cannot be used as it is set; a person has to mend it. Its text says what."""


class LoginRefused(NoWay):
    """The server knows neither this name with this password nor wants to."""


class TooLarge(Exception):
    """The server began to send more than `Limits.largest` bytes in one piece."""


class Connection(imapclient.IMAPClient):  # type: ignore[misc]
    """IMAPClient, with what it lacks: a bound on literals, no news lost between two commands, no delay."""

    def __init__(self, server: Server, limits: Limits) -> None:
        self._largest = limits.largest
        time_out = imapclient.SocketTimeout(limits.connect, limits.command)
        tls = _tls_for(server)
        super().__init__(server.host, server.port, ssl=server.implicit_tls, ssl_context=tls, timeout=time_out)
        self._imap.debug = 0  # else every line of a message passes the log

    def log_in(self, server: Server) -> None:
        """Secures the connection and logs in; raises NoWay where a person has to mend something."""
        if not server.implicit_tls:
            if self.has_capability("STARTTLS"):
                self.starttls(_tls_for(server))
            elif not server.on_this_machine:
                raise NoWay("it offers no STARTTLS, and the login is not sent in the clear: try imaps://")
        try:
            self._show(server.username or "", server.password or "")
        except imapclient.exceptions.LoginError as refused:
            if isinstance(refused.__context__, imapclient.IMAPClient.AbortError) or _PASSING.search(
                str(refused)
            ):
                raise ConnectionError(f"no login at the moment: {refused}") from refused
            raise LoginRefused(f"the login of {server.username} is refused: {refused}") from refused

    def _show(self, username: str, password: str) -> None:
        if self.has_capability("AUTH=PLAIN"):
            self.plain_login(username, password)
        elif (username + password).isascii():
            self.login(_quoted(username), password)
        else:
            raise NoWay("it offers no AUTH=PLAIN, which a login with other than ASCII characters needs")

    def open_folder(self, folder: str) -> Opened:
        """Opens a folder for reading only; raises NoWay, with those that exist, where there is none."""
        try:
            answer = self.select_folder(folder, readonly=True)
        except imapclient.IMAPClient.AbortError:
            raise
        except imapclient.IMAPClient.Error as refused:
            there = ", ".join(sorted(str(name) for _, _, name in self.list_folders())[:20])
            raise NoWay(f"no folder {folder!r} ({refused}); there are: {there or 'none'}") from refused
        return Opened(
            validity=int(answer.get(b"UIDVALIDITY", 0)),
            next_uid=int(answer.get(b"UIDNEXT", 0)),
            idles=bool(self.has_capability("IDLE")),
        )

    def announced(self) -> bool:
        """Whether EXISTS came along with another answer since the last question."""
        return bool(self._imap.untagged_responses.pop("EXISTS", None))

    def begin_idle(self) -> list[Any]:
        """Goes into IDLE; returns what the server said at once."""
        self.idle()
        return list(self.idle_check(timeout=0))

    def interrupt(self) -> None:
        """Wakes a thread that reads or writes; may be called from any other."""
        with contextlib.suppress(OSError):
            self.socket().shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Lets go of the socket."""
        with contextlib.suppress(OSError):
            self.shutdown()

    def _create_IMAP4(self) -> Any:
        imap = super()._create_IMAP4()
        read, largest = imap.read, self._largest

        def bounded(size: int) -> bytes:
            if size > largest:
                raise TooLarge(f"it sends {size} bytes at once, {largest} are the most")
            return bytes(read(size))

        imap.read = bounded
        imap.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # a search is written in two pieces
        return imap

    def _poll_socket(self, sock: Any, timeout: float | None = None) -> Any:
        # What came in one packet with the server's "+" is in our buffer already, where no poll sees it.
        return [True] if timeout == 0 else super()._poll_socket(sock, timeout)


def _quoted(text: str) -> str:
    """A quoted string (RFC 3501, 4.3): imaplib quotes the password alone."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _tls_for(server: Server) -> ssl.SSLContext:
    if server.tls is not None:
        return server.tls
    context = ssl.create_default_context()
    if server.on_this_machine:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context

"""One connection to an IMAP server: IMAPClient's blocking calls in threads, each bounded, all cancellable.

A call that fails, runs out of time or is cancelled cuts the connection, which ends its thread at once: a
conversation that has lost its place is not mended. Nobody sits in a thread while nothing happens, the
wait for new mail is the event loop's.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self, TypeVar

import imapclient  # type: ignore[import-untyped]

from mail.connections import Server

_Result = TypeVar("_Result")
_PASSING = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]", re.I)
"""Answers to a login that say nothing about the login (RFC 5530)."""
_WINDOW = 20_000
"""UIDs that one search covers: its answer is one line, and lines have a limit of a million bytes."""


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


class NoWay(Exception):
    """The connection cannot be used as it is set; a person has to mend it. Its text says what."""


class LoginRefused(NoWay):
    """The server knows neither this name with this password nor wants to."""


class TooLarge(Exception):
    """The server began to send more than `Limits.largest` bytes in one piece."""


class Imap:
    """One connection, logged in and with one folder open for reading only.

    Every method may raise what IMAPClient, sockets and TLS raise, `NoWay` and `TooLarge`; the connection is
    cut then.
    """

    def __init__(self, server: Server, limits: Limits) -> None:
        self._server = server
        self._limits = limits
        self._connection: _Connection | None = None
        self._lock = threading.Lock()
        self._busy = False
        self._cut = False
        self.validity = 0
        """The folder's UIDVALIDITY."""
        self.next_uid = 0
        """The UID that the next message was going to have when the folder was opened; 0 if not told."""
        self._empty_below = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *failed: object) -> None:
        self.cut()

    async def open(self, folder: str) -> None:
        """Connects, secures, logs in and opens the folder."""
        await self._call(self._connect, self._limits.connect + self._limits.command)
        await self._call(lambda: self._log_in(), self._limits.command)
        await self._call(lambda: self._select(folder), self._limits.command)

    async def close(self) -> None:
        """Says goodbye, if the server still listens."""
        with contextlib.suppress(OSError, imapclient.IMAPClient.Error):
            await self._call(lambda: self._client.logout(), self._limits.connect)

    async def newer(self, uid: int, since: date | None) -> list[int]:
        """Lists the UIDs above `uid`, ascending, a stretch of them at a time; empty when there are none."""
        low = max(uid + 1, self._empty_below)
        while low + _WINDOW < self.next_uid:
            if found := await self._search(f"{low}:{low + _WINDOW - 1}", since):
                return found
            low = self._empty_below = low + _WINDOW
        return [one for one in await self._search(f"{low}:*", since) if one >= low]

    async def has(self, uid: int) -> bool:
        """Whether the message is in the folder."""
        return uid in await self._search(str(uid), None)

    async def size(self, uid: int) -> int | None:
        """Tells a message's size in bytes; None when it is gone, 0 where the server does not say."""
        items = await self._fetch(uid, "RFC822.SIZE", self._limits.command)
        return None if items is None else int(items.get(b"RFC822.SIZE") or 0)

    async def message(self, uid: int) -> bytes | None:
        """Reads one message whole and leaves it unseen; None when it is gone."""
        return await self._body(uid, "BODY.PEEK[]", b"BODY[]")

    async def beginning(self, uid: int) -> bytes | None:
        """Reads the beginning of one message and leaves it unseen; None when it is gone."""
        return await self._body(uid, f"BODY.PEEK[]<0.{self._limits.beginning}>", b"BODY[]<0>")

    def announced(self) -> bool:
        """Whether the server spoke of new messages while it answered something else; forgets it."""
        return self._client.announced()

    @property
    def idles(self) -> bool:
        """Whether the server offers IDLE (RFC 2177)."""
        return bool(self._client.has_capability("IDLE"))

    async def idle(self) -> None:
        """Waits until the server says anything, for `Limits.idle` seconds at most."""
        if not await self._call(lambda: self._client.begin_idle(), self._limits.command):
            await self._readable(self._limits.idle)
        await self._call(lambda: self._client.idle_done(), self._limits.command)

    def cut(self) -> None:
        """Ends the connection at once, whatever it is doing; harmless when repeated."""
        with self._lock:
            self._cut = True
            if self._connection is None:
                return
            if self._busy:
                self._connection.interrupt()
            else:
                self._connection.close()

    @property
    def _client(self) -> _Connection:
        if self._connection is None:
            raise ConnectionError("not connected")
        return self._connection

    async def _call(self, work: Callable[[], _Result], seconds: float) -> _Result:
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.to_thread(self._guarded, work)
        except TimeoutError:
            self.cut()
            raise TimeoutError(f"no answer within {seconds:g} s") from None
        except BaseException:
            self.cut()
            raise

    def _guarded(self, work: Callable[[], _Result]) -> _Result:
        """In its thread: works, and closes the connection if it was cut meanwhile."""
        with self._lock:
            if self._cut:
                raise ConnectionError("the connection was cut")
            self._busy = True
        try:
            return work()
        finally:
            with self._lock:
                self._busy = False
                if self._cut and self._connection is not None:
                    self._connection.close()

    def _connect(self) -> None:
        self._connection = _Connection(self._server, self._limits)

    def _log_in(self) -> None:
        client, server = self._client, self._server
        if not server.implicit_tls:
            if client.has_capability("STARTTLS"):
                client.starttls(_tls_for(server))
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
        client = self._client
        if client.has_capability("AUTH=PLAIN"):
            client.plain_login(username, password)
        elif (username + password).isascii():
            client.login(_quoted(username), password)
        else:
            raise NoWay("it offers no AUTH=PLAIN, which a login with other than ASCII characters needs")

    def _select(self, folder: str) -> None:
        try:
            answer = self._client.select_folder(folder, readonly=True)
        except imapclient.IMAPClient.AbortError:
            raise
        except imapclient.IMAPClient.Error as refused:
            there = ", ".join(sorted(str(name) for _, _, name in self._client.list_folders())[:20])
            raise NoWay(f"no folder {folder!r} ({refused}); there are: {there or 'none'}") from refused
        self.validity = int(answer.get(b"UIDVALIDITY", 0))
        self.next_uid = int(answer.get(b"UIDNEXT", 0))

    async def _search(self, uids: str, since: date | None) -> list[int]:
        criteria = ["UID", uids] + (["SINCE", since] if since else [])
        found = await self._call(lambda: self._client.search(criteria), self._limits.command)
        return sorted(set(found))

    async def _fetch(self, uid: int, what: str, seconds: float) -> dict[bytes, Any] | None:
        found = await self._call(lambda: self._client.fetch([uid], [what]), seconds)
        items: dict[bytes, Any] | None = found.get(uid)
        return items

    async def _body(self, uid: int, what: str, key: bytes) -> bytes | None:
        items = await self._fetch(uid, what, self._limits.message)
        return None if items is None or items.get(key) is None else bytes(items[key])

    async def _readable(self, seconds: float) -> None:
        loop, woken = asyncio.get_running_loop(), asyncio.Event()
        number = self._client.socket().fileno()
        loop.add_reader(number, woken.set)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await woken.wait()
        finally:
            loop.remove_reader(number)


class _Connection(imapclient.IMAPClient):  # type: ignore[misc]
    """IMAPClient, with what it lacks: a bound on literals, no news lost between two commands, no delay."""

    def __init__(self, server: Server, limits: Limits) -> None:
        self._largest = limits.largest
        time_out = imapclient.SocketTimeout(limits.connect, limits.command)
        tls = _tls_for(server)
        super().__init__(server.host, server.port, ssl=server.implicit_tls, ssl_context=tls, timeout=time_out)
        self._imap.debug = 0  # else every line of a message passes the log

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

"""One connection to an IMAP server: IMAPClient's blocking calls in threads, each bounded, all cancellable.

A call that fails, runs out of time or is cancelled cuts the connection, which ends its thread at once: a
conversation that has lost its place is not mended. Nobody sits in a thread while nothing happens, the
wait for new mail is the event loop's.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from datetime import date
from typing import Any, Self, TypeVar

import imapclient  # type: ignore[import-untyped]

from mail.connections import Server
from mail.imap_wire import Connection, Limits

_Result = TypeVar("_Result")
_WINDOW = 20_000
"""UIDs that one search covers: its answer is one line, and lines have a limit of a million bytes."""


class Imap:
    """One connection, logged in and with one folder open for reading only.

    Every method may raise what IMAPClient, sockets and TLS raise, `NoWay` and `TooLarge`; the connection is
    cut then.
    """

    def __init__(self, server: Server, limits: Limits) -> None:
        self._server = server
        self._limits = limits
        self._connection: Connection | None = None
        self._lock = threading.Lock()
        self._busy = False
        self._cut = False
        self.validity = 0
        """The folder's UIDVALIDITY."""
        self.next_uid = 0
        """The UID that the next message was going to have when the folder was opened; 0 if not told."""
        self.idles = False
        """Whether the server offers IDLE (RFC 2177)."""
        self._empty_below = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *failed: object) -> None:
        self.cut()

    async def open(self, folder: str) -> None:
        """Connects, secures, logs in and opens the folder."""
        await self._call(self._connect, self._limits.connect + self._limits.command)
        await self._call(lambda: self._client.log_in(self._server), self._limits.command)
        opened = await self._call(lambda: self._client.open_folder(folder), self._limits.command)
        self.validity, self.next_uid, self.idles = opened.validity, opened.next_uid, opened.idles

    async def close(self) -> None:
        """Says goodbye, if the server still listens."""
        with contextlib.suppress(OSError, imapclient.IMAPClient.Error):
            await self._call(lambda: self._client.logout(), self._limits.connect)

    async def newer(self, uid: int, since: date | None) -> list[int]:
        """Lists the UIDs above `uid`, ascending, a stretch of them at a time; empty when there are none."""
        low = max(uid + 1, self._empty_below)
        while low + _WINDOW < self.next_uid:
            if found := await self._search(low, str(low + _WINDOW - 1), since):
                return found
            low = self._empty_below = low + _WINDOW
        return await self._search(low, "*", since)

    async def has(self, uid: int) -> bool:
        """Whether the message is in the folder."""
        return uid in await self._search(uid, str(uid), None)

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
    def _client(self) -> Connection:
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
        self._connection = Connection(self._server, self._limits)

    async def _search(self, low: int, high: str, since: date | None) -> list[int]:
        criteria = ["UID", f"{low}:{high}"] + (["SINCE", since] if since else [])
        found = await self._call(lambda: self._client.search(criteria), self._limits.command)
        # Asked for what lies beyond the last message, a server names the last one (RFC 3501, 6.4.8).
        return sorted({uid for uid in found if uid >= low})

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

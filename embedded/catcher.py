"""A mail server that delivers nothing: it keeps every message as an `.eml` file for a person to open."""

from __future__ import annotations

import asyncio
import heapq
import logging
import os
import re
from collections.abc import Awaitable, Callable, Sequence
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

OnMessage = Callable[[Path], Awaitable[None]]
"""Told of each message once it is kept; a failure is logged and harms nothing else."""

Receive = Callable[[bytes, Sequence[str]], Awaitable[None]]
"""Takes a message and those of its recipients that are ours; it is answered for once this returns."""

_LONGEST_SLUG = 60
_log = logging.getLogger(__name__)


class Catcher:
    """An SMTP server on this machine that accepts everything and keeps it in a folder.

    Files are named `000001-subject-in-words.eml`, appear whole or not at all, go on counting where the
    folder's last one stopped, and begin with the envelope as `X-Catcher-Mail-From` and `X-Catcher-Rcpt-
    To`; their owner alone can read them. A full disk is answered with 452. Runs in the caller's event
    loop; port 0 means any free one.
    """

    def __init__(
        self, folder: Path, *, host: str = "127.0.0.1", port: int = 0, on_message: OnMessage | None = None
    ) -> None:
        self.folder = folder
        self.host = host
        self.port = port
        self.messages = 0
        """How many it has kept since it was started."""
        self._on_message = on_message
        self._inbound_domain = ""
        self._receive: Receive | None = None
        self._number = 0
        self._server: asyncio.Server | None = None
        self._open: set[Connection] = set()
        self._told: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Its address, as `OUTREACH_MAIL_URL` wants it."""
        return f"smtp://{self.host}:{self.port}"

    def listen_to(self, on_message: OnMessage) -> None:
        """Tells this one of every message from now on, in place of whoever was told before."""
        self._on_message = on_message

    def receive_for(self, domain: str, receive: Receive) -> None:
        """Hands what is sent to addresses of a domain to `receive`, besides keeping it: the way back."""
        self._inbound_domain, self._receive = domain.lower(), receive

    async def start(self) -> None:
        """Listens; raises OSError where the port is taken or the folder cannot be written."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self._number = max(map(_number_of, _names(self.folder)), default=0)
        loop = asyncio.get_running_loop()
        self._server = await self.listen(loop)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Closes every connection and forgets who was to be told; harmless when repeated."""
        if self._server is not None:
            self._server.close()
            await asyncio.gather(*(connection.cut() for connection in self._open))
            await self._server.wait_closed()
            self._server = None
        for task in self._told:
            task.cancel()
        await asyncio.gather(*self._told, return_exceptions=True)

    async def __aenter__(self) -> Catcher:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def listen(self, loop: asyncio.AbstractEventLoop) -> asyncio.Server:
        """Takes the port."""
        return await loop.create_server(lambda: self.protocol(loop), self.host, self.port)

    def protocol(self, loop: asyncio.AbstractEventLoop) -> SMTP:
        """One connection's side of the conversation; `handle_…` methods here are its hooks."""
        return Connection(self, self._open, hostname="catcher.localhost", enable_SMTPUTF8=True, loop=loop)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keeps a message, and answers once it is in its file and whoever receives it has it."""
        try:
            path = self._keep(envelope)
        except OSError as failed:
            _log.error("a message could not be kept: %s", failed)
            return "452 4.3.1 Insufficient system storage"
        if not await self._received(envelope):
            return "451 4.3.0 The message could not be taken now; try again"
        self.messages += 1
        if self._on_message is not None:
            self._tell(self._on_message, path)
        return f"250 2.0.0 Ok: queued as {path.stem[:6]}"

    async def _received(self, envelope: Envelope) -> bool:
        """Hands over what is addressed to us; returns False if that failed, so that it is sent again."""
        ours = [one for one in envelope.rcpt_tos if one.lower().endswith(f"@{self._inbound_domain}")]
        if self._receive is None or not ours:
            return True
        try:
            await self._receive(envelope.original_content or b"", ours)
        except Exception:
            _log.exception("a message for %s could not be taken", ", ".join(ours))
            return False
        return True

    def _keep(self, envelope: Envelope) -> Path:
        """Writes beside the final name and renames, so that nobody ever sees half a message."""
        content: bytes = envelope.original_content or b""
        recipients = ",\r\n ".join(envelope.rcpt_tos)
        head = f"X-Catcher-Mail-From: {envelope.mail_from}\r\nX-Catcher-Rcpt-To: {recipients}\r\n"
        self._number += 1
        path = self.folder / f"{self._number:06}-{_slug(_subject(content))}.eml"
        unfinished = path.with_suffix(".part")
        try:
            unfinished.touch(mode=0o600)
            unfinished.write_bytes(head.encode("utf-8", "surrogateescape") + content)
            unfinished.rename(path)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        return path

    def _tell(self, on_message: OnMessage, path: Path) -> None:
        task = asyncio.get_running_loop().create_task(_told(on_message, path))
        self._told.add(task)
        task.add_done_callback(self._told.discard)


class Connection(SMTP):
    """One client's connection, on its server's list while it lasts."""

    def __init__(self, handler: object, open_ones: set[Connection], **options: Any) -> None:
        super().__init__(handler, **options)
        self._open_ones = open_ones
        self._lost = asyncio.Event()

    async def cut(self) -> None:
        """Ends it at once; returns when it is over."""
        if self.transport is not None:
            cast("asyncio.Transport", self.transport).abort()
            await self.ended()

    async def ended(self) -> None:
        """Returns when it is over."""
        await self._lost.wait()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._open_ones.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._open_ones.discard(self)
        self._lost.set()
        super().connection_lost(error)


async def _told(on_message: OnMessage, path: Path) -> None:
    try:
        await on_message(path)
    except Exception:
        _log.exception("nobody could be told of %s", path.name)


def newest(folder: Path, before: int | None, most: int) -> tuple[int, dict[int, Path]]:
    """How many messages are kept, and the files of the newest from before a number on, by number."""
    numbered = {_number_of(name): name for name in _names(folder)}
    older = numbered if before is None else [number for number in numbered if number < before]
    return len(numbered), {number: folder / numbered[number] for number in heapq.nlargest(most, older)}


def find(folder: Path, number: int) -> Path | None:
    """The file of the message with this number; None where none was kept."""
    start = f"{number:06}-"
    return next((folder / name for name in _names(folder) if name.startswith(start)), None)


def read(path: Path) -> EmailMessage:
    """A kept message, parsed."""
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def _subject(content: bytes) -> str:
    try:
        raw = BytesHeaderParser().parsebytes(content)["Subject"] or ""
        return str(make_header(decode_header(raw)))
    except (
        Exception
    ):  # Python's parser stumbles over some malformed headers; the message is kept all the same
        return ""


def _names(folder: Path) -> list[str]:
    """Names of files alone: to make a path of each would take longer than to read the folder."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as found:
        return [one.name for one in found if one.name.endswith(".eml")]


def _number_of(name: str) -> int:
    number = name.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _slug(subject: str) -> str:
    """The subject's words for a file name: letters and digits of any script, a bounded number of them."""
    words = re.sub(r"[\W_]+", "-", subject.casefold()).strip("-")
    return words[:_LONGEST_SLUG].strip("-") or "no-subject"

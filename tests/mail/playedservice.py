"""A mail service's HTTP side that behaves as it is told to: real HTTP on a free port of this machine.

A service of its own says how it checks a request and what it answers; see `tests/mail/services.py`.
"""

from __future__ import annotations

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from http import HTTPStatus
from typing import Any

HANG, DROP, KEEP_AND_DROP, HALF, STALL = "hang", "drop", "keep and drop", "half", "stall"
"""Never answers; cuts; takes the letter and cuts; sends half an answer and cuts; reads no body at all."""

DATE = "Mon, 01 Jun 2026 09:00:00 GMT"


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it came; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Its body, read as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: a JSON value, or text as it stands."""

    status: int
    body: Any = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def raw(self) -> bytes:
        """The answer as it travels."""
        plain = isinstance(self.body, str)
        body = (self.body if plain else json.dumps(self.body)).encode()
        known = [one.value for one in HTTPStatus]
        phrase = HTTPStatus(self.status).phrase if self.status in known else "Odd"
        fields = {"Date": DATE, "Content-Type": "text/plain" if plain else "application/json"}
        lines = [f"{name}: {value}" for name, value in (fields | dict(self.headers)).items()]
        head = [f"HTTP/1.1 {self.status} {phrase}", *lines, f"Content-Length: {len(body)}"]
        return "\r\n".join([*head, "", ""]).encode() + body


class Refusal(Exception):
    """The request is not taken; `answer` says so."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class PlayedService(ABC):
    """Serves until left; `next` is what it does instead of its own answer, while it is set."""

    def __init__(self) -> None:
        self.next: str | Answer | None = None
        self.early: Answer | None = None
        """Given as soon as a request's head has come, and the connection cut."""
        self.refused: dict[str, str] = {}
        self.calls: list[Call] = []
        self.taken: list[EmailMessage] = []
        self.connections = 0
        self.hanging = asyncio.Event()
        self.url = ""
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @abstractmethod
    def take(self, call: Call) -> tuple[EmailMessage | None, Answer]:
        """Checks a request as the service would; raises `Refusal`. The message is None for a repetition."""

    async def __aenter__(self) -> PlayedService:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Cannot be reached any more."""
        assert self._server is not None
        self._server.close()
        await self.cut_everybody()

    async def cut_everybody(self) -> None:
        """Cuts every connection and waits until it is."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, any number of requests."""
        try:
            while (call := await self._read(reader, writer)) is not None:
                self.calls.append(call)
                if not await self._react(call, writer):
                    return
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()

    async def _react(self, call: Call, writer: asyncio.StreamWriter) -> bool:
        """Answers, or misbehaves; False if the connection is to be cut."""
        if self.next == HANG:
            self.hanging.set()
            await asyncio.Event().wait()
        if self.next == DROP:
            return False
        answer = self.next if isinstance(self.next, Answer) else self._answer(call)
        if self.next == KEEP_AND_DROP:
            return False
        raw = answer.raw()
        writer.write(raw[: len(raw) - 2] if self.next == HALF else raw)
        await writer.drain()
        return self.next != HALF

    def _answer(self, call: Call) -> Answer:
        try:
            message, answer = self.take(call)
        except Refusal as refusal:
            return refusal.answer
        if message is not None:
            self.taken.append(message)
        return answer

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Call | None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except asyncio.IncompleteReadError:
            return None
        line, *fields = head.strip().split("\r\n")
        method, path, _ = line.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in fields)}
        if self.early is not None:
            writer.write(self.early.raw())
            await writer.drain()
            return None
        if self.next == STALL:
            self.hanging.set()
            await asyncio.Event().wait()
        return Call(method, path, headers, await reader.readexactly(int(headers["content-length"])))

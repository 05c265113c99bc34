"""A chat model's server that behaves as it is told to, badly for the most part; real HTTP on a free port."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class BadModel:
    """What the server saw, and what it does next: `script` first, `always` once that is used up."""

    always: Behaviour
    script: list[Behaviour] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    busy: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, any number of requests."""
        try:
            while head := await _head(reader):
                length = next(
                    int(line[15:]) for line in head.lower().splitlines() if line.startswith("content-length")
                )
                self.headers.append(head)
                self.asked.append(json.loads(await reader.readexactly(length)))
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
                self.busy.set()
                try:
                    await (self.script.pop(0) if self.script else self.always)(writer)
                    await writer.drain()
                finally:
                    self.at_once -= 1
        except ConnectionError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(always: Behaviour, *script: Behaviour) -> AsyncIterator[BadModel]:
    """Serves on loopback until left; ends every connection it has."""
    model = BadModel(always, list(script))
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.create_task(model.serve(reader, writer)))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    model.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield model
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def says(text: str | None, **message: Any) -> Behaviour:
    """A well-formed answer with this text."""
    return replies({"choices": [{"index": 0, "message": {"role": "assistant", "content": text, **message}}]})


def replies(body: Any, status: str = "200 OK", **headers: str) -> Behaviour:
    """An answer with this body: JSON, or a string or bytes as they are."""
    raw = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())

    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {status}\r\ncontent-length: {len(raw)}\r\n{lines}\r\n".encode() + raw)

    return behave


def fails(status: str, **headers: str) -> Behaviour:
    """An error as OpenAI words one."""
    return replies({"error": {"message": "no", "type": "server_error"}}, status, **headers)


async def hangs(writer: asyncio.StreamWriter) -> None:
    """Never answers."""
    await asyncio.Event().wait()


async def drops(writer: asyncio.StreamWriter) -> None:
    """Ends the connection without a word."""
    writer.transport.abort()
    raise ConnectionResetError


async def drips(writer: asyncio.StreamWriter) -> None:
    """Promises a body and stops in the middle."""
    writer.write(b'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"choices": [')
    await writer.drain()
    await asyncio.Event().wait()


async def floods(writer: asyncio.StreamWriter) -> None:
    """Sends ten megabytes of one long bio."""
    writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    piece = b"She is diligent. " * 4096
    for _ in range(150):
        writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        await writer.drain()
    writer.write(b"0\r\n\r\n")


async def _head(reader: asyncio.StreamReader) -> str:
    try:
        return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return ""

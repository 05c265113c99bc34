"""How much of a request is read, and for how long; beyond that it is refused, not held."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request

from domain import errors


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes and seconds; each hook says how large a body it takes, and these bound whatever it says."""

    largest: int = 110 * 2**20
    """Bytes of one body."""
    together: int = 200 * 2**20
    """Bytes of all bodies that are in hand at one moment. What is made of them takes as much again, and the
    one that is being read some three times its size, so that receiving may take 0.75 GB of memory."""
    silence: float = 20.0
    """Seconds between two pieces of a body."""
    whole: float = 120.0
    """Seconds for a whole body."""
    storing: float = 15.0
    """Seconds until what came is stored, or the service is asked to come again."""
    at_once: int = 500
    """Requests in hand at one moment, open pages among them."""


class TooLarge(errors.UserError):
    """The body is larger than is taken."""


class TooSlow(errors.UserError):
    """The body does not come to its end."""


class TooMuch(errors.Unavailable):
    """Too many bodies are in hand: trying again helps."""


class Bodies:
    """Reads bodies as they come, counting: a declared length is believed only where it is too large."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._in_hand = 0

    @asynccontextmanager
    async def read(self, request: Request, largest: int) -> AsyncIterator[bytes]:
        """Reads a whole body of so many bytes at most, which counts as in hand until the block is left.

        Raises `TooLarge`, `TooSlow`, `TooMuch`, and what Starlette raises where the client goes away.
        """
        largest = min(largest, self._limits.largest)
        self._check(_declared(request), largest)
        body = bytearray()
        size = 0
        try:
            await self._whole(request, body, largest)
            size, whole = len(body), bytes(body)
            body.clear()
            yield whole
        finally:
            self._in_hand -= size or len(body)

    async def _whole(self, request: Request, body: bytearray, largest: int) -> None:
        try:
            async with asyncio.timeout(self._limits.whole):
                async for piece in self._pieces(request):
                    body += piece
                    self._in_hand += len(piece)
                    self._check(len(body), largest)
        except TimeoutError:
            raise TooSlow("the body comes too slowly") from None

    async def _pieces(self, request: Request) -> AsyncIterator[bytes]:
        while True:
            message = await asyncio.wait_for(request.receive(), self._limits.silence)
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            yield message.get("body", b"")
            if not message.get("more_body", False):
                return

    def _check(self, size: int, largest: int) -> None:
        if size > largest:
            raise TooLarge(f"a body has {largest} bytes at most here")
        if self._in_hand > self._limits.together:
            raise TooMuch("too many requests are in hand: come again in a moment")


def _declared(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 19 else 0

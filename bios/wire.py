"""HTTP below the language model's client: answers of bounded size, and how long to wait for a busy server."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime

import httpx2
import openai

MOST_BYTES = 256 * 1024
"""Of one answer; a refined bio needs a hundredth of it."""


class TooLarge(openai.OpenAIError):
    """A server sent more than any answer needs, or packed it."""


def bounded_client() -> httpx2.AsyncClient:
    """An HTTP client with the library's own defaults that stops reading at `MOST_BYTES`."""
    return openai.DefaultAsyncHttpxClient(event_hooks={"response": [_bound]})


def retry_after(busy: openai.APIError) -> float | None:
    """Seconds that a server asks to wait, or None; a date is read by its clock (RFC 9110 section 10.2.3)."""
    if not isinstance(busy, openai.APIStatusError):
        return None
    said = busy.response.headers.get("retry-after", "")
    try:
        wait = float(said)
    except ValueError:
        wait = _until(said, busy.response.headers.get("date", ""))
    return wait if math.isfinite(wait) and wait >= 0 else None


def _until(then: str, now: str) -> float:
    try:
        return (parsedate_to_datetime(then) - parsedate_to_datetime(now)).total_seconds()
    except (ValueError, TypeError):
        return math.nan


async def _bound(response: httpx2.Response) -> None:
    # We asked for plain bytes: a packed answer could unfold to any size.
    if response.headers.get("content-encoding", "identity") != "identity":
        raise TooLarge("the answer is packed")
    assert isinstance(response.stream, httpx2.AsyncByteStream)
    response.stream = _Bounded(response.stream)


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for chunk in self._inner:
            read += len(chunk)
            if read > MOST_BYTES:
                raise TooLarge(f"the answer is larger than {MOST_BYTES} bytes")
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()

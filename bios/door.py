"""The language model's door: one question, one answer or none, soon, whatever its server does (SPEC R13)."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import openai
from pydantic import BaseModel, ValidationError

from bios import wire
from bios.breaker import FAILURES, PAUSE, Breaker

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletionMessageParam

log = logging.getLogger(__name__)

PATIENCE = 20.0
"""Seconds for one answer, waiting in line and retries included (R13)."""

AT_ONCE = 8
TRIES = 3
_BACKOFF = 0.5
_MOST_TOKENS = 300


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message


class _Answer(BaseModel):
    """As much of a chat completion as matters here, whoever sent it."""

    choices: list[_Choice]


class _NotAnAnswer(Exception):
    """A server answered with something that is no chat completion."""


class Door:
    """Asks any OpenAI-compatible chat model, a bounded number at a time.

    Whatever the model, its server or the network does, `ask` returns within `patience` seconds. A server
    that fails again and again is left alone for a while, whoever asks.
    """

    def __init__(
        self,
        *,
        api_key: str,
        base_url: str | None = None,
        model: str = "gpt-3.5-turbo",
        patience: float = PATIENCE,
        at_once: int = AT_ONCE,
        tries: int = TRIES,
        failures: int = FAILURES,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.model = model
        self._client = openai.AsyncOpenAI(
            api_key=api_key,
            base_url=base_url,
            timeout=patience,
            max_retries=0,
            http_client=wire.bounded_client(),
            default_headers={"Accept-Encoding": "identity"},
        )
        self._patience = patience
        self._tries = tries
        self._gate = asyncio.Semaphore(at_once)
        self._breaker = Breaker(clock, failures=failures, pause=pause)
        self._options: dict[str, Any] = {"temperature": 0.2, "max_tokens": _MOST_TOKENS}

    async def ask(self, messages: Sequence[ChatCompletionMessageParam]) -> str | None:
        """The model's text for a conversation, or None where it gave none.

        Raises nothing but `CancelledError`; the log says what went wrong, without a word that was said.
        """
        return await self._in_turn(messages, asyncio.get_running_loop().time() + self._patience)

    async def close(self) -> None:
        """Lets go of its connections."""
        await self._client.close()

    async def _in_turn(self, messages: Sequence[ChatCompletionMessageParam], limit: float) -> str | None:
        """Waits for a place in line, no longer than the limit: that is nobody's failure."""
        try:
            async with asyncio.timeout_at(limit):
                await self._gate.acquire()
        except TimeoutError:
            log.info("the language model: no place in line within %g s", self._patience)
            return None
        try:
            if limit - asyncio.get_running_loop().time() < self._patience / 10:
                return None  # too late for any server: asking would only count against it
            return await self._answer(messages, limit)
        finally:
            self._gate.release()

    async def _answer(self, messages: Sequence[ChatCompletionMessageParam], limit: float) -> str | None:
        """The model's text, or None where it gave none; the breaker hears of what was the server's fault."""
        if not self._breaker.lets_through():
            return None
        try:
            async with asyncio.timeout_at(limit):
                text = await self._ask(messages, limit)
        except (openai.BadRequestError, openai.UnprocessableEntityError) as refused:
            log.info("the language model: %s", _code(refused))
            return None
        except Exception as failure:  # R13: whatever a stranger's server makes a client raise
            self._breaker.failed(_code(failure))
            log.info("the language model: %s", _code(failure))
            return None
        self._breaker.worked()
        return text

    async def _ask(self, messages: Sequence[ChatCompletionMessageParam], limit: float) -> str:
        """Asks until there is an answer; waits as long as a busy server says, if there is time for it."""
        for attempt in itertools.count(1):
            try:
                return await self._once(messages)
            except openai.BadRequestError as refused:
                if attempt >= self._tries or not self._gave_way(refused):
                    raise
            except (openai.APIConnectionError, openai.RateLimitError, openai.InternalServerError) as busy:
                wait = wire.retry_after(busy)
                wait = _BACKOFF * 2 ** (attempt - 1) if wait is None else wait
                late = asyncio.get_running_loop().time() + wait >= limit
                if attempt >= self._tries or late or busy.code == "insufficient_quota":
                    raise
                await asyncio.sleep(wait)
        raise AssertionError("unreachable: counting does not end")

    async def _once(self, messages: Sequence[ChatCompletionMessageParam]) -> str:
        raw = await self._client.chat.completions.with_raw_response.create(
            model=self.model, messages=list(messages), **self._options
        )
        try:
            answer = _Answer.model_validate_json(raw.content)
        except ValidationError as wrong:
            raise _NotAnAnswer("no chat completion") from wrong
        if not answer.choices:
            raise _NotAnAnswer("a chat completion without choices")
        return (answer.choices[0].message.content or "").strip()

    def _gave_way(self, refused: openai.BadRequestError) -> bool:
        """Drops an option that this model does not know (newer ones have another name for the limit)."""
        option = refused.param or ""
        if option not in self._options:
            return False
        del self._options[option]
        if option == "max_tokens":
            self._options["max_completion_tokens"] = _MOST_TOKENS
        return True


def _code(failure: Exception) -> str:
    """What went wrong, without a word of what was sent or received."""
    status = getattr(failure, "status_code", None)
    return type(failure).__name__ if status is None else f"{type(failure).__name__} {status}"

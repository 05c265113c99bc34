"""The language model's door (SPEC R13): asks for a refined bio, checks the answer, never fails a letter."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any, Literal

import openai
from pydantic import BaseModel, ValidationError

from bios import prompt, source, wire
from bios.breaker import FAILURES, PAUSE, Breaker
from bios.check import verdict
from bios.facts import Facts
from domain import records

log = logging.getLogger(__name__)

PATIENCE = 20.0
"""Seconds for one bio, waiting in line and retries included (R13)."""

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


@dataclass(frozen=True, slots=True)
class Refined:
    """The text to use, where it comes from, and, where it is the candidate's own, why.

    The reason may quote the candidate: it belongs in a log row, not in a history.
    """

    text: str
    source: Literal["model", "own"]
    reason: str = ""
    judged: bool = False
    """The model has answered and its text failed the check: asking again is not worth it."""


class Refiner:
    """Refines bios with any OpenAI-compatible chat model, a bounded number at a time.

    Whatever the model, its server or the network does, `refine` returns within `patience` seconds: the
    model's text if it passed the check against the record, else the candidate's own. A result is worth
    keeping under (candidate id, role id, `source.source_hash`, `source.PROMPT_VERSION`, `model`).
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

    async def refine(
        self, candidate: records.Candidate, role: records.Role, known_skills: Set[str]
    ) -> Refined:
        """Returns a checked text for one candidate and role, else the candidate's own, tidied.

        `known_skills` are all that the database knows. Raises nothing but `CancelledError`.
        """
        limit = asyncio.get_running_loop().time() + self._patience
        answer = await self._in_turn(candidate, role, limit)
        if answer is None:
            return Refined(source.tidy(candidate), "own", "the language model did not answer")
        judged = verdict(answer, Facts.of(candidate, role, known_skills))
        if not judged.ok:
            log.info("a refined bio was refused: %s", judged.rule)
            return Refined(source.tidy(candidate), "own", judged.reason, judged=True)
        return Refined(" ".join(answer.split()), "model")

    async def close(self) -> None:
        """Lets go of its connections."""
        await self._client.close()

    async def _in_turn(self, candidate: records.Candidate, role: records.Role, limit: float) -> str | None:
        """Waits for a place in line, no longer than the limit: that is nobody's failure."""
        try:
            async with asyncio.timeout_at(limit):
                await self._gate.acquire()
        except TimeoutError:
            log.info("no refined bio: no place in line within %g s", self._patience)
            return None
        try:
            if limit - asyncio.get_running_loop().time() < self._patience / 10:
                return None  # too late for any server: asking would only count against it
            return await self._answer(candidate, role, limit)
        finally:
            self._gate.release()

    async def _answer(self, candidate: records.Candidate, role: records.Role, limit: float) -> str | None:
        """The model's text, or None where it gave none; the breaker hears of what was the server's fault."""
        if not self._breaker.lets_through():
            return None
        try:
            async with asyncio.timeout_at(limit):
                text = await self._ask(candidate, role, limit)
        except (openai.BadRequestError, openai.UnprocessableEntityError) as refused:
            log.info("no refined bio: %s", _code(refused))
            return None
        except Exception as failure:  # R13: whatever a stranger's server makes a client raise
            self._breaker.failed(_code(failure))
            log.info("no refined bio: %s", _code(failure))
            return None
        self._breaker.worked()
        return text

    async def _ask(self, candidate: records.Candidate, role: records.Role, limit: float) -> str:
        """Asks until there is an answer; waits as long as a busy server says, if there is time for it."""
        for attempt in itertools.count(1):
            try:
                return await self._once(candidate, role)
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

    async def _once(self, candidate: records.Candidate, role: records.Role) -> str:
        raw = await self._client.chat.completions.with_raw_response.create(
            model=self.model, messages=prompt.messages(candidate, role), **self._options
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

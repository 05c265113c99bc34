"""Hands letters to a mail service over kept HTTPS connections, and knows what became of each (R10, R11).

Before the last byte of a request has left us nothing was handed over, so every failure is an outage.
Afterwards only an answer ends the doubt. What an answer means is the adapter's to say; what no adapter
reads better is the table in `otherwise`.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import cache
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx2

from domain.letters import Accepted, AllRefused, Delivery, Outage, Uncertain
from domain.mail_url import is_loopback
from mail import headers
from mail.services.answers import Reply, TurnedDown

MOST_BYTES = 64 * 1024
"""Of one answer; a hundred times what any of them says."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each part of a hand-over may take, in seconds; `longest` bounds the whole."""

    longest: float = 60.0
    connect: float = 10.0
    write: float = 30.0
    answer: float = 45.0
    slot: float = 20.0
    """Waiting for a free connection."""
    idle: float = 5.0
    """How long an unused connection is kept: well below what services allow, since a letter written on
    one that they have just closed is uncertain."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter and to whom it goes in this request."""

    message: EmailMessage
    to: tuple[str, ...]
    at: datetime
    dropped: int = 0
    """How many were left out because the service had turned them down a moment ago."""

    @property
    def id(self) -> str:
        """Its Message-ID, angle brackets included."""
        return str(self.message["Message-ID"])


@dataclass(frozen=True, slots=True)
class Request:
    """What to post: to a URL, with these headers, as JSON or as a form with a file."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    login: tuple[str, str] | None = None
    form: Mapping[str, Any] | None = None
    files: Mapping[str, tuple[str, bytes, str]] | None = None


Verdict = Accepted | TurnedDown | Outage | Uncertain


class Service(Protocol):
    """What an adapter knows of one service: how to ask it, and what its answers mean. It does no I/O."""

    @property
    def name(self) -> str:
        """What logs and metrics call it, such as `postmark`."""

    @property
    def resends_safely(self) -> bool:
        """As `Transport.resends_safely`."""

    @property
    def endpoint(self) -> str:
        """Where it is asked, without a slash at the end."""

    def request(self, mail: Mail) -> Request:
        """Builds the request that hands the letter over."""

    def read(self, reply: Reply, mail: Mail) -> Verdict:
        """Says what an answer means; never raises, whatever it holds."""


def as_json(value: Mapping[str, Any]) -> bytes:
    """Writes a request's body; lone surrogates, which no service reads, become question marks."""
    return json.dumps(value, ensure_ascii=False).encode(errors="replace")


class HttpTransport:
    """One mail service, at most `connections` requests at once; fits `mail.transport.Transport`."""

    def __init__(
        self,
        service: Service,
        *,
        limits: Limits | None = None,
        connections: int = 10,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._service = service
        self._limits = limits or Limits()
        self._clock = clock
        self._client = _client(service.endpoint, self._limits, connections)

    @property
    def name(self) -> str:
        """The service's name."""
        return self._service.name

    @property
    def resends_safely(self) -> bool:
        """As the service does."""
        return self._service.resends_safely

    @property
    def longest(self) -> float:
        """The seconds that one `send` may take at the very most."""
        return self._limits.longest

    async def send(self, message: EmailMessage, *, sender: str, recipients: Sequence[str]) -> Delivery:
        """Hands the message over once, to all recipients, and says what became of it.

        A service that turns some recipients down sends to nobody: it is asked again at once without
        them, for they are refused for good and the others should not wait. `sender` is SMTP's: a service
        takes bounces in itself, and tells of them by its events.
        """
        to = _once(recipients)
        limit = asyncio.get_running_loop().time() + self._limits.longest
        refused: dict[str, str] = {}
        while left := tuple(one for one in to if one not in refused):
            verdict = await self._ask(Mail(message, left, self._clock(), len(refused)), limit)
            if isinstance(verdict, Accepted):
                return Accepted({**refused, **verdict.refused}, verdict.service_id)
            if not isinstance(verdict, TurnedDown):
                return verdict
            refused |= verdict.refused
        return AllRefused(refused)

    async def close(self) -> None:
        """Lets go of every connection; harmless when repeated."""
        await self._client.aclose()

    async def _ask(self, mail: Mail, limit: float) -> Verdict:
        """One request and what its answer means, or what the lack of one does."""
        handed = _HandedOver()
        try:
            async with asyncio.timeout_at(limit):
                reply = await self._post(self._service.request(mail), handed)
        except TimeoutError:
            return self._silence(handed, "timeout", f"no answer within {self._limits.longest:g} s")
        except httpx2.PoolTimeout:
            words = f"no connection came free in {self._limits.slot:g} s"
            return self._silence(handed, "busy", words)
        except httpx2.TimeoutException as late:
            return self._silence(handed, "timeout", type(late).__name__)
        except (httpx2.HTTPError, httpx2.InvalidURL, _TooLarge) as failed:
            return self._silence(handed, "lost" if handed.begun else "connect", f"{failed}")
        return self._service.read(reply, mail)

    async def _post(self, request: Request, handed: _HandedOver) -> Reply:
        async with self._client.stream(
            "POST",
            request.url,
            headers=dict(request.headers),
            content=request.body if request.form is None else None,
            data=request.form,
            files=request.files,
            auth=httpx2.BasicAuth(*request.login) if request.login else None,
            extensions={"trace": handed.note},
        ) as response:
            body = bytearray()
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise _TooLarge(f"its answer is larger than {MOST_BYTES} bytes")
        return Reply(response.status_code, response.headers, body.decode(errors="replace"))

    def _silence(self, handed: _HandedOver, what: str, words: str) -> Outage | Uncertain:
        """No whole answer came: an outage if the service cannot have the whole letter, else in doubt."""
        place = urlsplit(self._service.endpoint).netloc
        if handed.whole:
            return Uncertain(f"{place}: {words or 'the connection was lost before the answer'}")
        return Outage(f"{self.name}_{what}", f"{place} (OUTREACH_MAIL_URL): {words or 'not reached'}")


def _once(recipients: Sequence[str]) -> list[str]:
    """Each mailbox once, however it is spelt, in order: services refuse a letter that names one twice."""
    found: dict[str, str] = {}
    for one in recipients:
        found.setdefault(headers.wire_address(one).lower(), one)
    return list(found.values())


class _TooLarge(Exception):
    """An answer that no service gives."""


class _HandedOver:
    """How far a request has got, told by the HTTP library as it writes."""

    begun = False
    whole = False

    async def note(self, event: str, info: Mapping[str, Any]) -> None:
        """Takes one event of `httpcore`'s trace; a proxy that is asked for a tunnel has no letter yet."""
        if event.endswith("send_request_headers.started"):
            self.begun = info["request"].method != b"CONNECT"
        elif event.endswith("send_request_body.complete"):
            self.whole = self.begun


def _client(endpoint: str, limits: Limits, connections: int) -> httpx2.AsyncClient:
    """An HTTP client that follows nobody elsewhere and unpacks nothing: both could hide what was said."""
    on_this_machine = is_loopback(urlsplit(endpoint).hostname or "")
    return httpx2.AsyncClient(
        headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "outreach"},
        timeout=httpx2.Timeout(
            connect=limits.connect, write=limits.write, read=limits.answer, pool=limits.slot
        ),
        limits=httpx2.Limits(max_connections=connections, keepalive_expiry=limits.idle),
        follow_redirects=False,
        trust_env=not on_this_machine,
        verify=_trusted(),
    )


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities that this machine trusts, read once: it takes a tenth of a second."""
    return httpx2.create_ssl_context()

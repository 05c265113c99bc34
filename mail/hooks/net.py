"""What hooks ask of the services over the net: certificates, a confirming visit, messages named by an id."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import httpx2

from mail.hooks import resend, sns
from mail.hooks.port import Malformed, ServiceDown

_PATIENCE = httpx2.Timeout(10.0, connect=5.0)
_CONNECTIONS = httpx2.Limits(max_connections=20, max_keepalive_connections=5)


class Net:
    """One pool of connections; no redirect is ever followed, and nothing waits longer than seconds."""

    def __init__(self, resend_key: str = "", *, client: httpx2.AsyncClient | None = None) -> None:
        self._resend_key = resend_key
        self._client = client or httpx2.AsyncClient(timeout=_PATIENCE, limits=_CONNECTIONS)

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    @property
    def certificates(self) -> sns.Fetch:
        """Gets Amazon's signing certificates."""
        return sns.certificates(self._client)

    @property
    def fetchers(self) -> Mapping[str, Callable[[str], Awaitable[bytes]]]:
        """How to get a message of which a service sent only its id, by service."""
        return {"resend": self._from_resend} if self._resend_key else {}

    async def confirm(self, url: str) -> None:
        """Visits the address that confirms a subscription; it must be Amazon's.

        Raises `Malformed` where it is not, `ServiceDown` where the visit confirms nothing.
        """
        if not sns.is_amazon(url):
            raise Malformed("SubscribeURL: expected an https address of Amazon SNS")
        try:
            async with self._client.stream("GET", url, follow_redirects=False) as answer:
                status = answer.status_code
        except httpx2.HTTPError as down:
            raise ServiceDown(f"Amazon SNS confirms nothing: {type(down).__name__}") from None
        if status != 200:
            raise ServiceDown(f"Amazon SNS confirms nothing: it answers {status}")

    async def _from_resend(self, email_id: str) -> bytes:
        return await resend.fetch(self._client, self._resend_key, email_id)

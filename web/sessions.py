"""Logged in by a cookie: signed, for one day's work, and worth no more than the token that it began with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.responses import Response

from desk.access import Keys
from domain.access import Caller, digest

COOKIE = "outreach"
LASTS = timedelta(hours=12)
"""Then its person logs in again."""


class Sessions:
    """Begins, recognises and ends sessions; nothing of them is kept here."""

    def __init__(self, keys: Keys, *, secure: bool) -> None:
        self._keys = keys
        self._secure = secure

    async def begin(self, answer: Response, token: str, now: datetime) -> None:
        """Gives whoever has this token a session."""
        signed = (await self._signer()).dumps([digest(token).hex(), int(now.timestamp())])
        value = signed if isinstance(signed, str) else signed.decode()
        most = int(LASTS.total_seconds())
        answer.set_cookie(COOKIE, value, most, httponly=True, samesite="lax", secure=self._secure)

    async def caller(self, cookie: str, now: datetime) -> Caller | None:
        """Tells whose session it is; None for one that has ended, was made up, or whose token was revoked."""
        try:
            found, since = (await self._signer()).loads(cookie)
        except BadSignature:
            return None
        if not timedelta(0) <= now - datetime.fromtimestamp(since, UTC) + timedelta(seconds=1) < LASTS:
            return None
        return await self._keys.holder(bytes.fromhex(found))

    def end(self, answer: Response) -> None:
        """Has the browser forget its session."""
        answer.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=self._secure)

    async def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(await self._keys.session_key(), salt="session")

"""Who may come in: tokens given out and taken back, and whose a token or a session is."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime

from db import access
from db.pool import transaction
from desk.office import Office
from desk.snapshot import snapshot
from desk.steering import Done
from domain import errors
from domain.access import FROM_SETTINGS, Caller, Key, Scope, Token, digest, find
from domain.letters import Model

log = logging.getLogger("outreach.access")

FRESH = 3.0
"""Seconds after which a token that was taken back elsewhere is known here."""
SOON = 0.25
"""Seconds after which a token that nobody knows is looked up once more: it may have just been given out."""


class Given(Done):
    """A token that was made; `token` is shown this once and kept nowhere."""

    name: str
    scope: Scope
    token: str


class TokenList(Model):
    """Every token that was given out, by name."""

    tokens: tuple[Token, ...]


async def give(office: Office, name: str, scope: Scope, token: str, now: datetime) -> Given:
    """Gives out a token under a name; raises `errors.Refused` where the name is in use."""
    if name == FROM_SETTINGS:
        raise errors.Refused(f"{name} is the token of the settings: choose another name")
    async with transaction(office.pool) as conn:
        if not await access.put(conn, name, digest(token), scope, now):
            raise errors.Refused(
                f"{name!r} has a token already: `token revoke` takes it back, then it may be given anew"
            )
    may = "read and write" if scope == "write" else "read, and change nothing"
    words = f"{name} may {may} with this token. It is shown this once."
    return Given(words=words, name=name, scope=scope, token=token)


async def revoke(office: Office, name: str, now: datetime) -> Done:
    """Takes a token back, within seconds everywhere; sessions that began with it end too."""
    async with transaction(office.pool) as conn:
        if not await access.revoke(conn, name, now):
            raise errors.NotFound(f"nobody called {name!r} has a token: `token list` lists them")
    return Done(words=f"{name}'s token is good for nothing any more.")


async def listed(office: Office) -> TokenList:
    """Lists the tokens that were given out."""
    async with snapshot(office.pool) as conn:
        return TokenList(tokens=tuple(await access.tokens(conn)))


class Keys:
    """Knows whose a token is, from memory: a database that is away locks nobody out who was let in before.

    `fixed` is the token of the settings. Where none was ever given out, everybody is let in who can
    reach the server; it listens on this machine alone then (SPEC section 7).
    """

    def __init__(self, office: Callable[[], Office], fixed: str | None = None) -> None:
        self._office = office
        self._fixed = [Key(Caller(name=FROM_SETTINGS, scope="write"), digest(fixed))] if fixed else []
        self._given: list[Key] = []
        self._session_key = b""
        self._lock = asyncio.Lock()
        self._at = -FRESH
        self._known = False
        self._ever_given = False

    async def open_to_all(self) -> bool:
        """Tells whether no token is needed; raises `errors.DatabaseDown` where that was never read."""
        if self._fixed:
            return False
        await self._refresh()
        self._refuse_to_guess()
        return not self._ever_given

    async def caller(self, token: str) -> Caller | None:
        """Tells whose token it is, in constant time; None for one that is good for nothing.

        Raises `errors.DatabaseDown` for one that may be good, where none was ever read.
        """
        return await self.holder(digest(token))

    async def holder(self, found: bytes) -> Caller | None:
        """Tells whose token it is, by its digest; raises as `caller` does."""
        await self._refresh()
        owner = self._find(found)
        if owner is None:
            await self._refresh(SOON)
            owner = self._find(found)
        if owner is None:
            self._refuse_to_guess()
        return owner

    def _find(self, found: bytes) -> Caller | None:
        return find([*self._fixed, *self._given], found)

    async def session_key(self) -> bytes:
        """Returns the key that signs sessions; raises `errors.DatabaseDown` where it was never read."""
        await self._refresh()
        self._refuse_to_guess()
        return self._session_key

    def _refuse_to_guess(self) -> None:
        if not self._known:
            raise errors.DatabaseDown("PostgreSQL does not answer, so nobody can be let in now")

    async def _refresh(self, fresh: float | None = None) -> None:
        async with self._lock:
            if time.monotonic() - self._at < (FRESH if fresh is None else fresh):
                return
            try:
                async with asyncio.timeout(FRESH), transaction(self._office().pool) as conn:
                    self._given, self._ever_given = await access.keys(conn)
                    self._session_key = await access.session_key(conn)
                    self._known = True
            except (errors.OutreachError, TimeoutError) as away:
                log.warning("tokens cannot be read now: %s", away or "PostgreSQL does not answer")
            finally:  # after the look: whoever waited for it does not look once more
                self._at = time.monotonic()

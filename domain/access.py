"""Who may come in by the web server: named tokens, each with what it allows."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from domain.letters import Model

Scope = Literal["read", "write"]

FROM_SETTINGS = "OUTREACH_API_TOKEN"
"""The name of the one token that the settings hold; it may write."""


class Caller(Model):
    """Whoever asks, by the name of the token; `nobody` needs none, on a server that listens here alone."""

    name: str
    scope: Scope

    @property
    def may_write(self) -> bool:
        """Whether the caller may change anything."""
        return self.scope == "write"


class Token(Model):
    """A named token as a person sees it; what it is made of is shown once, when it is made."""

    name: str
    scope: Scope
    created_at: datetime
    revoked_at: datetime | None = None


class Key(NamedTuple):
    """What tells a token again."""

    caller: Caller
    digest: bytes


NOBODY = Caller(name="this machine", scope="write")
"""Everybody, where the server listens on this machine alone and no token is set (SPEC section 7)."""


def digest(token: str) -> bytes:
    """Makes what is kept of a token: its SHA-256. Tokens are random, so that no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()


def find(keys: Iterable[Key], found: bytes) -> Caller | None:
    """Tells whose token it is, by its digest, in the same time whichever it is."""
    owner = None
    for key in keys:
        if hmac.compare_digest(key.digest, found):
            owner = key.caller
    return owner

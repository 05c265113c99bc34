"""The named tokens of the web server, and the key that signs sessions."""

from __future__ import annotations

import hmac
from datetime import datetime

from db.pool import Connection
from db.sql import queries
from domain.access import Caller, Key, Scope, Token

sql = queries("access")


async def tokens(conn: Connection) -> list[Token]:
    """Lists every token that was ever given out, by name."""
    return [_token(row) for row in await sql.tokens.all(conn)]


async def keys(conn: Connection) -> tuple[list[Key], bool]:
    """Lists what tells the tokens that are good now; and whether any was ever given out."""
    rows = await sql.tokens.all(conn)
    good = [
        Key(Caller(name=row["name"], scope=row["scope"]), row["digest"])
        for row in rows
        if row["revoked_at"] is None
    ]
    return good, bool(rows)


async def session_key(conn: Connection) -> bytes:
    """Reads the key that signs sessions: made of the database's own, for this purpose alone."""
    return hmac.digest(await sql.session_key.value(conn), b"session", "sha256")


async def put(conn: Connection, name: str, digest: bytes, scope: Scope, now: datetime) -> bool:
    """Keeps a token under a name; returns False where the name is in use."""
    return await sql.put.value(conn, name=name, digest=digest, scope=scope, now=now) is not None


async def revoke(conn: Connection, name: str, now: datetime) -> bool:
    """Takes a token back; returns False where there is none of this name in use."""
    return await sql.revoke.value(conn, name=name, now=now) is not None


def _token(row: object) -> Token:
    values = dict(row)  # type: ignore[call-overload]
    return Token.model_validate({name: values[name] for name in Token.model_fields})

"""Signed tokens for addresses and links: unguessable, and the same in upper and in lower case.

A token is base32 of a number and of the first eighty bits of its HMAC-SHA256. Relays may change the case
of an address's local part, so case carries nothing.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Iterable
from typing import Literal

Purpose = Literal["reply", "unsubscribe"]

_NUMBER = 5
_MAC = 10
_LENGTH = (_NUMBER + _MAC) * 8 // 5


def sign(key: bytes, purpose: Purpose, number: int) -> str:
    """Makes the token of a number (0 to 2^40 - 1) for one purpose: 24 lower-case letters and digits."""
    body = number.to_bytes(_NUMBER, "big")
    return base64.b32encode(body + _mac(key, purpose, body)).decode().lower()


def number_of(key: bytes, purpose: Purpose, token: str) -> int | None:
    """Returns the number of a token that `sign` made with this key and purpose, else None."""
    try:
        raw = base64.b32decode(token.upper())
    except (binascii.Error, ValueError):
        return None
    body, mac = raw[:_NUMBER], raw[_NUMBER:]
    if len(token) != _LENGTH or not hmac.compare_digest(mac, _mac(key, purpose, body)):
        return None
    return int.from_bytes(body, "big")


def reply_address(key: bytes, number: int, domain: str) -> str:
    """Names where replies to a cycle go, by its number: `reply+TOKEN@domain`."""
    return f"reply+{sign(key, 'reply', number)}@{domain}"


def opt_out_url(key: bytes, number: int, base_url: str) -> str:
    """Names the page where the one recipient of an e-mail, by its number, opts out."""
    return f"{base_url.rstrip('/')}/unsubscribe/{sign(key, 'unsubscribe', number)}"


def reply_numbers(key: bytes, addresses: Iterable[str]) -> list[int]:
    """Lists the numbers of those addresses that `reply_address` made, whatever their domain and case."""
    tokens = (one.partition("@")[0].lower().partition("reply+")[2] for one in addresses)
    found = (number_of(key, "reply", token) for token in tokens if token)
    return [number for number in found if number is not None]


def _mac(key: bytes, purpose: Purpose, body: bytes) -> bytes:
    return hmac.digest(key, purpose.encode() + b"\0" + body, "sha256")[:_MAC]

"""Addresses and Message-IDs in whatever a header or a sentence says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.utils import getaddresses

from mail.inbound.parsing import Post, guarded, header, headers

_ADDRESS = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]{1,128}@(?:[\w-]{1,63}\.){0,8}[\w-]{1,63}", re.ASCII)
_INTERNATIONAL = re.compile(
    r"[^\s<>()\[\]:;,\"@（）［］〈〉《》「」【】：；，、。]{1,128}@(?:[^\W_][\w-]{0,62}\.){1,8}[^\W_][\w-]{0,62}"
)
_ID = re.compile(r"<[^<>\s]{1,500}>")
_BARE_ID = re.compile(r"^[^<>\s]+@[^<>\s]+$")
_SENT_TO = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "to", "cc")
_ORIGINAL = ("x-original-from", "x-google-original-from")
_MOST = 200
_LONGEST_NAME = 200


def addresses(text: str) -> Iterator[str]:
    """Every address in a text, in order, in lower case."""
    for found in (_ADDRESS if text.isascii() else _INTERNATIONAL).finditer(text):
        yield found[0].strip("'`.=").lower()


def first(text: str) -> str:
    """The first address of a text, or an empty string."""
    return next(addresses(text), "")


def author(message: Post) -> tuple[str, str]:
    """Name and address of the author: From, else Sender (RFC 5322 section 3.6.2)."""
    for field in ("from", "sender", "reply-to"):
        name, address = _person(header(message, field))
        if address:
            return name, address
    return "", ""


def writer(message: Post) -> tuple[str, str, bool]:
    """Name and address of who wrote, also where a list or group wrote its own address over the author's.

    Lists do so for DMARC's sake, and name the writer elsewhere (RFC 7960 section 4.1.3; Google Groups and
    Mailman do). True where the address is a list's and no writer is named.
    """
    name, address = author(message)
    before, via, _ = name[:_LONGEST_NAME].rpartition(" via ")
    listed = _is_list(message, address)
    fields = (
        *_ORIGINAL,
        *(("reply-to",) if via or listed else ()),
        *(("x-original-sender",) if listed else ()),
    )
    for field in fields:
        named, found = _person(header(message, field))
        if found and found != address:
            return named or before.strip("'\" ") or name, found, False
    return name, address, listed


def _is_list(message: Post, address: str) -> bool:
    """Whether an address is the one that a list calls its own (RFC 2919, RFC 2369 section 3.4)."""
    if not address:
        return False
    ids = (one.strip("<>") for one in _ID.findall(header(message, "list-id").lower()))
    return address.replace("@", ".") in ids or address in addresses(header(message, "list-post"))


def _person(value: str) -> tuple[str, str]:
    """The first name and address of a field."""
    named: list[tuple[str, str]] = guarded(lambda: getaddresses([value]), [])
    name, address = next(iter(named), ("", ""))
    return ("" if "@" in name else name), first(address) or first(value)


def recipients(message: Post, envelope: Iterable[str]) -> tuple[str, ...]:
    """Every address that it was sent to, the envelope's first."""
    found = [address for one in envelope for address in addresses(one)]
    for name in _SENT_TO:
        for value in headers(message, name):
            found.extend(addresses(value))
    return tuple(dict.fromkeys(found))[:_MOST]


def message_ids(text: str) -> list[str]:
    """Every Message-ID of a text, with its angle brackets; a bare one gets them."""
    found = _ID.findall(text)
    if not found and _BARE_ID.match(text.strip()):
        found = [f"<{text.strip()}>"]
    return list(dict.fromkeys(found))


def answered(message: Post) -> tuple[str, ...]:
    """What it answers, the nearest first: In-Reply-To, then References from the last back."""
    near = [one for value in headers(message, "in-reply-to") for one in message_ids(value)]
    chain = [one for value in headers(message, "references") for one in message_ids(value)]
    return tuple(dict.fromkeys([*near, *reversed(chain)]))[:_MOST]

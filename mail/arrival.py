"""Tells one message from another, so that a repeated delivery is known for what it is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from email.message import Message
from email.parser import BytesHeaderParser

from mail.headers import clean

_END_OF_HEADERS = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_MOST_HEADERS = 256 * 1024
_MOST_RECIPIENTS = 200
_ENVELOPE = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")


def key_of(raw: bytes, to: Sequence[str] = ()) -> str:
    """Names a message: the same text for a repeated delivery, another for any other message.

    Made of the Message-ID, From, Date and the envelope's recipients `to` (in any order and case), since
    what a relay adds on the way may differ between deliveries; without a Message-ID, of the bytes and `to`.
    From and Date are in it because some programs give every message the same Message-ID, and a message
    taken twice is harmless where a lost one is not. Takes any bytes; 67 ASCII characters at most.
    """
    headers = _headers(raw)
    message_id = _value(headers, "Message-ID")
    recipients = sorted({one.strip().lower() for one in to})
    if not message_id.strip("<> "):
        return f"b:{_digest([raw, *_encoded(recipients)])}"
    return (
        f"m:{_digest(_encoded([message_id, _value(headers, 'From'), _value(headers, 'Date'), *recipients]))}"
    )


def delivered_to(raw: bytes) -> tuple[str, ...]:
    """Lists whom a mailbox's server names as the envelope's recipients, in lower case, each once.

    What it lists can be stored, whatever bytes stand there: one message must not keep others from being read.
    """
    headers = _headers(raw)
    lines = [str(value) for name in _ENVELOPE for value in headers.get_all(name, [])]
    found = (
        clean(address).strip("<> ").replace(" ", "").lower() for line in lines for address in line.split(",")
    )
    return tuple(dict.fromkeys(address for address in found if "@" in address))[:_MOST_RECIPIENTS]


def _headers(raw: bytes) -> Message:
    end = _END_OF_HEADERS.search(raw, 0, _MOST_HEADERS)
    return BytesHeaderParser().parsebytes(raw[: end.start() if end else _MOST_HEADERS])


def _value(headers: Message, name: str) -> str:
    """A header's first value on one line, whatever its bytes; empty where there is none."""
    return " ".join(str(headers.get(name, "")).split())


def _encoded(values: Iterable[str]) -> list[bytes]:
    return [value.encode("utf-8", "surrogateescape") for value in values]


def _digest(parts: Iterable[bytes]) -> str:
    """SHA-256 over parts that cannot run into each other."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()

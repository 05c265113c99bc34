"""Any message as somebody would see it: its headers, its text, its HTML."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from email.utils import getaddresses
from typing import NamedTuple

from domain.caught import Reader
from mail.inbound import parsing
from mail.inbound.parsing import Post

_HEAD = 64 * 1024
_LONGEST = 1 << 20
_MOST_HEADERS = 200


class Head(NamedTuple):
    """What a list says of a message."""

    sender: str
    to: str
    subject: str


class Seen(NamedTuple):
    """A message in full."""

    head: Head
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]
    readers: tuple[Reader, ...]


def head(raw: bytes) -> Head:
    """Reads what a list says of a message, from its first bytes."""
    return _head(parsing.parse(raw[:_HEAD]))


def seen(raw: bytes) -> Seen:
    """Reads a message, whatever bytes it is made of."""
    message = parsing.parse(raw)
    bodies = {kind: next(_of(message, kind), "")[:_LONGEST] for kind in ("text/plain", "text/html")}
    readers = tuple(
        Reader(name=name, address=address)
        for name, address in getaddresses([parsing.header(message, "To")])
        if "@" in address
    )
    headers = tuple((name, parsing.decoded(value)) for name, value in message.raw_items())[:_MOST_HEADERS]
    return Seen(_head(message), bodies["text/plain"], bodies["text/html"], headers, readers)


def _head(message: Post) -> Head:
    return Head(*(parsing.header(message, name) for name in ("From", "To", "Subject")))


def _of(message: Post, kind: str) -> Iterator[str]:
    for part in parsing.parts(message):
        if isinstance(part, Message) and part.get_content_type() == kind:
            yield parsing.content(part).encode("utf-8", "replace").decode()

"""Any bytes whatever as a message: the standard library's parser, bounded in size and depth.

What arrives by mail is made by anybody. Limits keep the time bounded: long runs of base64 (attachments)
are cut out, and what is left beyond `_LONGEST` bytes, `_MOST_PARTS` or `_MOST_DEPTH` is not looked at.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from typing import TypeAlias, TypeVar

_LONGEST = 1 << 20
_LONGEST_HEADER = 20_000
_LONGEST_HEAD = 200_000
_MOST_PARTS = 2_000
_MOST_DEPTH = 40
_BASE64_RUN = re.compile(rb"^((?:[A-Za-z0-9+/=]{40,100}\r?\n){1000})(?:[A-Za-z0-9+/=]{40,100}\r?\n)+", re.M)
_DELIMITER = re.compile(rb"^--", re.M)
_NESTING = re.compile(rb"boundary=|^content-type:\s*message/", re.I | re.M)
_FIELD = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")
_KNOWN_FIELD = re.compile(
    rb"^(?:from|to|date|subject|received|message-id|mime-version|return-path|content-type|delivered-to"
    rb"|x-[a-z-]+)[ \t]*:",
    re.I | re.M,
)
_QUOTED_FIELD = re.compile(rb"^sent:", re.I | re.M)

_ESCAPED = "iso2022_jp_ext"
_ESCAPE = re.compile(rb"\x1b\$[@B]")
_EASTERN = ("euc_jp", "shift_jis", "gb18030")
"""Charsets that East Asian mailers use without saying so."""
_RUN = re.compile(rb"[\x80-\xff]{8}")

Post: TypeAlias = "Message[str, str]"
"""A parsed message or a part of one."""

_Answer = TypeVar("_Answer")


def parse(raw: bytes) -> Post:
    """Parses a message; bytes without headers are the body of one that says nothing else."""
    raw = raw.lstrip(b"\xef\xbb\xbf\r\n\t ")
    if not _has_head(raw):
        raw = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + raw
    raw = _bounded(raw)
    try:
        return BytesParser(policy=compat32).parsebytes(raw)
    except Exception:  # of broken parameters, or of too deep a nesting
        return BytesParser(policy=compat32).parsebytes(raw, headersonly=True)


def _has_head(raw: bytes) -> bool:
    """Whether it begins with header fields, one of them known, and not with a quoted message's."""
    head = re.split(rb"\r?\n\r?\n", raw[:_LONGEST_HEAD], maxsplit=1)[0]
    lines = head.splitlines()
    if lines and lines[0].startswith((b"From ", b">From ")):
        lines = lines[1:]
    first = next(iter(lines), b"")
    return bool(_FIELD.match(first) and _KNOWN_FIELD.search(head) and not _QUOTED_FIELD.search(head))


def _bounded(raw: bytes) -> bytes:
    raw = _BASE64_RUN.sub(rb"\1", raw) if len(raw) > _LONGEST // 8 else raw
    for pattern, most in ((_DELIMITER, _MOST_PARTS), (_NESTING, _MOST_DEPTH)):
        for count, found in enumerate(pattern.finditer(raw, 0, _LONGEST)):
            if count == most:
                raw = raw[: found.start()]
                break
    return raw[:_LONGEST]


def header(message: Post, name: str) -> str:
    """The first field of that name, decoded and unfolded; empty where there is none."""
    return next(headers(message, name), "")


def headers(message: Post, name: str) -> Iterator[str]:
    """Every field of that name, decoded (RFC 2047) and unfolded."""
    wanted = name.lower()
    for key, value in message.raw_items():
        if key.lower() == wanted:
            yield decoded(value)


def decoded(value: object) -> str:
    """A field's value as people read it, whatever bytes it was sent as."""
    text = " ".join(str(value)[:_LONGEST_HEADER].replace("\0", "").split())
    if "=?" in text and text.isascii():
        text = _encoded_words(text)
    return " ".join(_unescaped(text).split())


def _encoded_words(text: str) -> str:
    """RFC 2047; a word that cannot be decoded stays as it is."""
    found = guarded(lambda: decode_header(text), None)
    if found is None:
        return text
    pieces = []
    for chunk, charset in found:
        pieces.append(chunk if isinstance(chunk, str) else in_charset(chunk, charset))
    return "".join(pieces)


def in_charset(data: bytes, charset: str | None) -> str:
    """Bytes as text: in the charset named, else UTF-8, else an East Asian one, else Windows Latin.

    Half a character (a lone surrogate), which UTF-7 can spell, becomes a question mark.
    """
    names = (_ESCAPED, charset) if _ESCAPE.search(data) else (charset,)
    for name in (*names, "utf-8", *(_EASTERN if _looks_eastern(data) else ())):
        try:
            return data.decode(name or "utf-8").encode("utf-8", "replace").decode()
        except (LookupError, ValueError):
            continue
    return data.decode("windows-1252", "replace")


def _looks_eastern(data: bytes) -> bool:
    """Whether letters beyond ASCII come in long runs, as in no Latin text."""
    return bool(_RUN.search(data))


def _unescaped(text: str) -> str:
    """Text whose undecoded bytes (surrogates) are read as UTF-8 or Latin."""
    return text if text.isascii() else in_charset(text.encode("utf-8", "surrogateescape"), None)


def parameter(message: Post, name: str) -> str:
    """A parameter of Content-Type, in lower case; empty where there is none."""
    return str(guarded(lambda: message.get_param(name), None) or "").lower()


def payload(part: Post) -> object:
    """A part's parts, or its content as it was sent; empty where a broken charset hides it."""
    found: object = ""
    with suppress(Exception):  # the parser decodes here, and trips over charsets
        found = part.get_payload()
    return found


def parts(message: Post) -> Iterator[Post]:
    """Every part that is not a container, in order; messages inside are parts, not opened."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inner = payload(part)
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(one for one in reversed(inner) if isinstance(one, Message))
        else:
            yield part


def content(part: Post) -> str:
    """A part's text, its transfer encoding and charset undone; line ends are line feeds."""
    inner = payload(part)
    if isinstance(inner, list):  # message/*: header blocks, or a whole message
        data = b"\n\n".join(guarded(one.as_bytes, b"") for one in inner if isinstance(one, Message))
        if header(part, "content-transfer-encoding").lower() == "base64":
            data = guarded(lambda: base64.b64decode(data), data)
    else:
        found = guarded(lambda: part.get_payload(decode=True), None)
        data = found if isinstance(found, bytes) else str(inner).encode("utf-8", "surrogateescape")
    text = in_charset(data, guarded(part.get_content_charset, None))
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def guarded(ask: Callable[[], _Answer], otherwise: _Answer) -> _Answer:
    """What a parser answers, or the other value where broken input makes it raise."""
    try:
        return ask()
    except Exception:  # parsers raise whatever their own mistakes lead to
        return otherwise

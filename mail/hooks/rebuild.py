"""Puts a message together again that a service took apart, so that one reader understands all.

Headers stay as the service gives them, in their order; only those that describe the body are written
anew. The same pieces give the same bytes, so that a repeated delivery is recognised.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.charset import Charset
from email.utils import formataddr, getaddresses

from mail import headers

_REPORTS = {
    "message/delivery-status": "delivery-status",
    "message/global-delivery-status": "delivery-status",
    "message/feedback-report": "feedback-report",
    "message/disposition-notification": "disposition-notification",
}
"""A report's machine-readable part (RFC 3464, 5965, 8098), and what RFC 6522 calls the whole."""
_BODY_HEADERS = ("content-type", "content-transfer-encoding", "content-disposition", "mime-version")
_PEOPLE = ("from", "sender", "reply-to", "to", "cc", "bcc", "resent-from", "resent-to", "resent-cc")
_UTF8 = Charset("utf-8")
_NAME = re.compile(r"[!-9;-~]{1,200}")
_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Piece:
    """One attachment: its media type, its bytes, its file name and its Content-ID without brackets."""

    content_type: str
    content: bytes
    name: str = ""
    content_id: str = ""


def message(
    given: Iterable[tuple[str, str]], *, text: str = "", html: str = "", attachments: Sequence[Piece] = ()
) -> bytes:
    """Returns an RFC 5322 message with CRLF line ends, from whatever headers and bodies there are."""
    lines = [line for name, value in given if (line := _line(name, value))]
    body = _entity(text, html, attachments)
    return "\r\n".join([*lines, "MIME-Version: 1.0", ""]).encode() + body


def missing(given: Iterable[tuple[str, str]], extra: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Returns the given headers, followed by those of `extra` that are not among them and not empty."""
    headers_ = list(given)
    known = {name.lower() for name, _ in headers_}
    return headers_ + [(name, value) for name, value in extra if value and name.lower() not in known]


def split(block: str) -> list[tuple[str, str]]:
    """Takes a header block apart (RFC 5322 section 2.2), unfolded; lines without a name are left out."""
    unfolded = re.sub(r"\r?\n(?=[ \t])", "", block)
    pairs = (line.partition(":") for line in unfolded.splitlines())
    return [(name.strip(), value.strip()) for name, colon, value in pairs if colon]


def _line(name: str, value: str) -> str:
    """One header line, nothing in it that could start another; empty for what describes the body."""
    if not _NAME.fullmatch(name) or name.lower() in _BODY_HEADERS:
        return ""
    value = headers.clean(value)
    return f"{name}: {value if value.isascii() else _encoded(name, value)}"


def _encoded(name: str, value: str) -> str:
    """A value with characters beyond ASCII as encoded words (RFC 2047), one each: none is to be folded."""
    people = getaddresses([value]) if name.lower() in _PEOPLE else []
    people = [(person, headers.wire_address(address)) for person, address in people]
    if people and all(headers.is_address(address) and address.isascii() for _, address in people):
        return ", ".join(map(formataddr, people))
    return _UTF8.header_encode(value)


def _entity(text: str, html: str, attachments: Sequence[Piece]) -> bytes:
    """The body with the headers that describe it."""
    bodies = [_text("plain", text)] if text or not html else []
    if html:
        bodies.append(_text("html", html))
    whole = bodies[0] if len(bodies) == 1 else _multipart("alternative", bodies)
    if not attachments:
        return whole
    report = next((_REPORTS[_type(piece)] for piece in attachments if _type(piece) in _REPORTS), "")
    kind = f"report; report-type={report}" if report else "mixed"
    return _multipart(kind, [whole, *map(_attachment, attachments)])


def _text(subtype: str, text: str) -> bytes:
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return head.encode() + _base64(text.encode("utf-8", "replace"))


def _attachment(piece: Piece) -> bytes:
    """A part as it was; a message within the message must not be encoded (RFC 2046 section 5.2.1)."""
    kind = _type(piece)
    lines = [f"Content-Type: {kind}"]
    if piece.name:
        quoted = re.sub(r'["\\]', "_", headers.clean(piece.name))[:200]
        word = quoted if quoted.isascii() else _UTF8.header_encode(quoted)
        lines.append(f'Content-Disposition: attachment; filename="{word}"')
    if content_id := re.sub(r"[^!-;=?-~]", "", piece.content_id)[:200]:
        lines.append(f"Content-ID: <{content_id}>")
    if kind.startswith("message/"):
        return "\r\n".join([*lines, "", ""]).encode() + piece.content
    lines.append("Content-Transfer-Encoding: base64")
    return "\r\n".join([*lines, "", ""]).encode() + _base64(piece.content)


def _multipart(kind: str, parts: Sequence[bytes]) -> bytes:
    """Parts between boundaries that are made of the parts themselves, so that they occur in none."""
    boundary = hashlib.sha256(b"".join(parts)).hexdigest()[:40]
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'
    inner = b"".join(f"--{boundary}\r\n".encode() + part + b"\r\n" for part in parts)
    return head.encode() + inner + f"--{boundary}--\r\n".encode()


def _type(piece: Piece) -> str:
    kind = piece.content_type.partition(";")[0].strip().lower()
    if not _TYPE.fullmatch(kind) or kind.startswith("multipart/"):
        return "application/octet-stream"
    return kind


def _base64(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"\r\n")

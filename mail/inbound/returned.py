"""The message that a bounce or a complaint sends back, and the notice that stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mail.inbound import addresses, texts
from mail.inbound.parsing import Post, content, guarded, header, parts

_FIELD = re.compile(r"^[ \t>|]{0,12}([A-Za-z][A-Za-z-]{1,40})[ \t]?:", re.M)
_TRAVELLED = {"received", "message-id", "return-path", "mime-version", "content-type", "date"}
_HEAD = {
    *_TRAVELLED,
    "from",
    "to",
    "subject",
    "cc",
    "sender",
    "reply-to",
    "references",
    "delivered-to",
    "received-spf",
}
_STAMPS = ("x-", "arc-", "dkim-", "domainkey-", "authentication-", "list-", "feedback-")
_RULE = re.compile(
    r"^[ \t]*-{2,}(?![^\n]*(?:transcript|session|address|recipient|diagnos|error))[^\n]{0,40}"
    r"\b(?:copy|original|returned|unsent|headers?)\b[^\n]{0,60}$",
    re.I | re.M,
)
_LISTED = re.compile(
    r"^(?:[ \t]{1,8}(?:Message-ID|Date|From|To|Cc|Subject|Sent):[^\n]*\n(?:[ \t]{9,}\S[^\n]*\n)*){3,}"
    r"(?=[ \t]*\n\S)",
    re.I | re.M,
)
_NEAR = 12
"""Lines within which a returned head shows what it is."""
_MESSAGE_ID = re.compile(
    r"^[ \t>|]{0,12}(?:x-original-)?message-?id[ \t]?:\s*(<[^<>\s]{1,500}>|[^\s<>]+@[^\s<>]+)", re.I | re.M
)
_REPORTS = ("message/delivery-status", "message/global-delivery-status", "message/feedback-report")
_LONGEST = 40_000


@dataclass(frozen=True, slots=True)
class Sheets:
    """A machine's message taken apart."""

    notice: str
    """What the machine says in words."""
    report: str
    """What it says in fields (RFC 3464, RFC 5965)."""
    returned: str
    """What it sends back, as far as it is text; the head at least."""

    @property
    def message_id(self) -> str | None:
        """The Message-ID of the returned message, with its angle brackets."""
        found = (
            _MESSAGE_ID.search(self.returned)
            or re.search(r"^(?:x-)?original-message-id:\s*(<[^<>\s]+>)", self.report, re.I | re.M)
            or _MESSAGE_ID.search(self.notice)
        )
        return next(iter(addresses.message_ids(found[1])), None) if found else None

    @property
    def returned_to(self) -> list[str]:
        """Whom the returned message was written to."""
        found = re.findall(r"^[ \t>|]{0,12}(?:to|cc):((?:.*)(?:\n[ \t].*)*)", self.returned, re.I | re.M)
        return [address for one in found[:4] for address in addresses.addresses(one)]


def take_apart(message: Post) -> Sheets:
    """Sorts the parts of a message; a returned message in running text is found by its head."""
    notice: list[str] = []
    report: list[str] = []
    returned: list[str] = []
    for part in parts(message):
        kind = part.get_content_type()
        if kind in _REPORTS:
            report.append(content(part))
        elif kind.startswith("message/") or kind in ("text/rfc822-headers", "text/rfc822-header"):
            returned.append(_inner(part))
        elif part.get_content_maintype() in ("text", "multipart"):
            before, after = _split(texts.readable(part))
            notice.append(before)
            returned.append(_own_head(part, message) + after)
    if not "".join(report).strip():
        report = notice
    return Sheets(*("\n\n".join(one)[:_LONGEST] for one in (notice, report, returned)))


def _inner(part: Post) -> str:
    """A returned message as text; only its heads, if it has parts."""
    return guarded(lambda: content(part), "")[:_LONGEST]


def _own_head(part: Post, message: Post) -> str:
    """The head of a part that is itself the returned message, as careless mailers make it."""
    own = "" if part is message else header(part, "message-id")
    return f"Message-ID: {own}\n" if own else ""


def _split(text: str) -> tuple[str, str]:
    """A notice, and the returned message in it: what begins with a head of at least three fields.

    An indented head is cited, not returned: where it ends, the notice goes on.
    """
    text = text[:_LONGEST]
    listed = _LISTED.search(text)
    if listed:
        return text[: listed.start()] + text[listed.end() :], listed[0]
    found = [(one.start(), one[1].lower()) for one in _FIELD.finditer(text)]
    known = [(at, name) for at, name in found if name in _HEAD or name.startswith(_STAMPS)]
    for index, (at, _) in enumerate(known):
        near = known[index : index + 6]
        close = {name for where, name in near if text.count("\n", at, where) <= _NEAR}
        if (len(close) > 2 and close & _TRAVELLED - {"date"}) or {"return-path", "received"} <= close:
            return text[:at], text[at:]
    rule = _RULE.search(text)
    return (text[: rule.start()], text[rule.end() :]) if rule else (text, "")

"""Header values as they travel: cleaned, encoded and folded here, on every Python alike.

Python's own folding of address and unstructured headers loses quotes around commas, encodes long
Message-IDs and lets `=?utf-8?q?=0D=0ABcc:…?=` become a new header (seen on 3.11.7; CVE-2024-6923 and
its kin). These functions return finished ASCII values for `Message.set_raw`, which nothing refolds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from email.header import Header
from email.headerregistry import Address

import idna

_LINE = 76
_LONGEST_WORD = 60
_BREAKS = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_SYNTAX = r"\s\x00-\x1f\x7f\ud800-\udfff<>(),;:@\[\]\\\""
_UNWANTED = re.compile("[\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Bidirectional controls, which make a name read as something that it is not, and lone surrogates."""


def clean(value: str) -> str:
    """One line of plain characters: each run of controls, breaks and spaces becomes one space."""
    return _BREAKS.sub(" ", _UNWANTED.sub("", value)).strip()


def text(name: str, value: str) -> str:
    """A free-text header's value, folded; encoded (RFC 2047) only where it has to be."""
    value = clean(value)
    charset = "us-ascii" if _is_plain(value) else "utf-8"
    return Header(value, charset, header_name=name, maxlinelen=_LINE).encode(linesep="\r\n")


def mailboxes(people: Iterable[tuple[str, str]]) -> str:
    """An address header's value from (display name, address) pairs, one a line (RFC 5322 section 3.4)."""
    return ",\r\n ".join(_mailbox(clean(name), address) for name, address in people)


def ids(message_ids: Iterable[str]) -> str:
    """The value of Message-ID, In-Reply-To or References: never encoded, folded between ids only."""
    return "\r\n ".join(clean(one).replace(" ", "") for one in message_ids)


def is_address(address: str) -> bool:
    """Whether SMTP can name it as it stands: one @, nothing quoted, nothing to be mistaken for syntax."""
    return re.fullmatch(f"[^{_SYNTAX}]+@[^{_SYNTAX}]+", address) is not None


def wire_address(address: str) -> str:
    """The address with its domain in ASCII (IDNA 2008), so that only a local part can need SMTPUTF8.

    What `is_address` would not let through is left out, so that it names one mailbox at most. A domain
    that IDNA does not know stays as it is: the server will have its say.
    """
    local, at, domain = address.rpartition("@")
    local, domain = re.sub(f"[{_SYNTAX}]", "", local), re.sub(f"[{_SYNTAX}]", "", domain)
    if not domain.isascii():
        with suppress(idna.IDNAError):
            domain = idna.encode(domain, uts46=True).decode("ascii")
    return f"{local}{at}{domain}"


def _is_plain(value: str) -> bool:
    """Safe to send as it stands: ASCII, nothing that looks encoded, no word too long to fold around."""
    return value.isascii() and "=?" not in value and not re.search(rf"\S{{{_LONGEST_WORD},}}", value)


def _mailbox(name: str, address: str) -> str:
    local, _, domain = wire_address(address).rpartition("@")
    if _is_plain(name) and len(name) <= _LONGEST_WORD:
        return str(Address(name, local, domain))
    phrase = Header(name, "utf-8", header_name="From", maxlinelen=_LINE).encode(linesep="\r\n")
    gap = " " if len(phrase) + len(address) < _LINE - len("From: ") else "\r\n "
    return f"{phrase}{gap}<{Address('', local, domain).addr_spec}>"

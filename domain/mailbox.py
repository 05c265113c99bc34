"""A mailbox that is read over IMAP: where it is, and how far it has been read."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_EXPECTED = "expected imaps://user:password@host:993/INBOX or imap://user:password@host:143/INBOX"
_PORTS = {"imaps": 993, "imap": 143}


@dataclass(frozen=True, slots=True)
class Account:
    """What `OUTREACH_MAILBOX_URL` names; its text never shows the login.

    `imaps` is TLS from the first byte; `imap` is STARTTLS, and without it only for a host on this machine.
    """

    host: str
    port: int
    implicit_tls: bool
    username: str = field(repr=False)
    password: str = field(repr=False)
    folder: str = "INBOX"

    @classmethod
    def parse(cls, url: str) -> Account:
        """Reads a mailbox URL, with what is special in it percent-encoded; raises ValueError in words."""
        try:
            parts = urlsplit(url.strip())
            port = parts.port or _PORTS[parts.scheme]
        except (ValueError, KeyError):
            raise ValueError(
                f"{_EXPECTED}, with / ? # @ : in user and password as %2F %3F %23 %40 %3A"
            ) from None
        username, password = unquote(parts.username or ""), unquote(parts.password or "")
        folder = unquote(parts.path.strip("/")) or "INBOX"
        if not parts.hostname or not username or not password:
            raise ValueError(f"{_EXPECTED}; user, password and host are needed")
        if not (username + password + folder).isprintable():
            raise ValueError(f"{_EXPECTED}; without line breaks and the like")
        if parts.query or parts.fragment:
            raise ValueError(f"{_EXPECTED}; write ? as %3F and # as %23")
        return cls(parts.hostname, port, parts.scheme == "imaps", username, password, folder)

    def __str__(self) -> str:
        return f"{'imaps' if self.implicit_tls else 'imap'}://{self.host}:{self.port}/{self.folder}"


@dataclass(frozen=True, slots=True)
class Position:
    """How far a folder has been read: every message up to `uid` was handed over (RFC 3501, 2.3.1.1).

    A UID means something only together with the folder's UIDVALIDITY: when that changes, the folder is read
    from its start again. The default is the start of any folder.
    """

    validity: int = 0
    uid: int = 0

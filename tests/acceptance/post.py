"""The partners' mail server: the misbehaving one of the mail room, and what it accepted."""

from __future__ import annotations

import asyncio
from collections import Counter
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from embedded import catcher
from tests.mail.badserver import BadServer


class PostOffice(BadServer):
    """Accepts, refuses, hangs and drops as told; remembers every message it took, in order."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.gate = asyncio.Event()
        """While it is shut, messages are handed over and get no answer yet."""
        self.gate.set()
        self.shuts_after: int | None = None
        """The gate shuts by itself once so many messages have been accepted."""
        self.slowness = 0.0
        """Seconds it takes over a message, half of them after it has kept it."""
        self.in_hand = 0
        """How many messages it has taken and not answered yet."""
        self._read: dict[Path, EmailMessage] = {}

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.in_hand += 1
        try:
            await self.gate.wait()
            await asyncio.sleep(self.slowness / 2)
            answer = await super().handle_DATA(server, session, envelope)
            if self.messages == self.shuts_after:
                self.gate.clear()
            await asyncio.sleep(self.slowness / 2)
        finally:
            self.in_hand -= 1
        return answer

    def wants_login(self, name: str, password: str) -> None:
        """Takes messages only from those who log in."""
        self._login = (name, password)

    def letters(self) -> list[EmailMessage]:
        """Every message it accepted, in order; one accepted twice is there twice."""
        for path in sorted(self.folder.glob("*.eml")):
            if path not in self._read:
                self._read[path] = catcher.read(path)
        return list(self._read.values())

    def accepted(self) -> Counter[str]:
        """How often it accepted each Message-ID."""
        return Counter(str(letter["Message-ID"]) for letter in self.letters())

    def arrived(self, letter: EmailMessage) -> float:
        """When it accepted one of its letters, in seconds."""
        return next(path.stat().st_mtime for path, one in self._read.items() if one is letter)

    def letters_to(self, address: str) -> list[EmailMessage]:
        """What was handed over for one address: the envelope counts, not the header."""
        return [one for one in self.letters() if address in envelope(one)]


def envelope(letter: EmailMessage) -> list[str]:
    """The addresses a message was handed over for."""
    return [address for _, address in getaddresses([str(letter["X-Catcher-Rcpt-To"])])]


def body(letter: EmailMessage, kind: str = "plain") -> str:
    """The text of a letter, or with `html` its other half."""
    part = letter.get_body(preferencelist=(kind,))
    assert part is not None
    return str(part.get_content())

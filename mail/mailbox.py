"""Reads what arrives in a mailbox over IMAP, every message at least once, and leaves the mailbox as it is.

A message counts as read only when `deliver` has returned for it; then the position is handed to `keep`. A
crash between the two repeats the message, and `Arrival.key` makes the repetition known. Nothing is ever
deleted, moved or marked seen: the folder is opened for reading only, so people may use it as well.
"""

from __future__ import annotations

import asyncio
import logging
import random
import socket
import ssl
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from imapclient.exceptions import IMAPClientError  # type: ignore[import-untyped]

from domain.errors import MailServerDown
from domain.mailbox import Position
from mail.connections import Server
from mail.imap import Imap
from mail.imap_wire import Limits, LoginRefused, NoWay, TooLarge
from mail.reading import Deliver, Keep, NotStored, Reading, Tries

log = logging.getLogger("outreach.mailbox")

_FAILURES = (OSError, IMAPClientError, NoWay, TooLarge, ValueError)
"""What a server or the way to it can do; ValueError is IMAPClient's for an answer that it cannot read."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait before connecting again, in seconds."""

    first: float = 1.0
    most: float = 300.0
    """Reached by doubling; a refused login waits this long at once, since services lock accounts."""
    steady: float = 60.0
    """A connection that stood this long was a good one: the next pause is a first one again."""


class Mailbox:
    """One folder of one account; `watch` for good, `catch_up` once.

    `since` leaves out what arrived in the folder before that day: set it to the day before the first
    letter went out, or a mailbox full of old mail is read from its beginning. `tries` are given where they
    are to outlive this object; they belong to one reader.
    """

    def __init__(
        self,
        server: Server,
        folder: str = "INBOX",
        *,
        since: date | None = None,
        limits: Limits | None = None,
        patience: Patience | None = None,
        tries: Tries | None = None,
    ) -> None:
        self._server = server
        self._folder = folder
        self._since = since
        self._limits = limits or Limits()
        self._patience = patience or Patience()
        self._tries = tries or Tries()
        self._idle_from = 0.0
        self.trouble: str | None = None
        """What keeps `watch` from hearing of new mail at the moment, in words; None when all is well."""

    async def watch(self, deliver: Deliver, keep: Keep, position: Position | None = None) -> NoReturn:
        """Delivers everything after `position`, then whatever arrives, until it is cancelled.

        Hears of new mail by IDLE within a moment, or asks every `Limits.poll` seconds. Connects again after
        any failure, `deliver`'s and `keep`'s included, with growing pauses; `trouble` and the log say what
        is wrong.
        """
        reading = self._reading(deliver, keep, position)
        loop, pause = asyncio.get_running_loop(), self._patience.first
        while True:
            began = loop.time()
            try:
                async with Imap(self._server, self._limits) as imap:
                    await self._follow(imap, reading)
            except Exception as wrong:  # whatever a server, a network or a database can do: try again
                self._complain(wrong)
                if loop.time() - began > self._patience.steady:
                    pause = self._patience.first
                wait = self._patience.most if isinstance(wrong, LoginRefused) else pause
                await asyncio.sleep(wait * random.uniform(0.8, 1.2))
                pause = min(pause * 2, self._patience.most)

    async def catch_up(self, deliver: Deliver, keep: Keep, position: Position | None = None) -> Position:
        """Delivers everything after `position` once and returns the new one.

        Raises MailServerDown in words where the mailbox cannot be read; what `deliver` and `keep` raise
        passes through. What was delivered by then was kept. A message that breaks the connection each time
        is counted from one call to the next.
        """
        reading = self._reading(deliver, keep, position)
        async with Imap(self._server, self._limits) as imap:
            try:
                await imap.open(self._folder)
                await reading.begin(imap)
                await reading.all_new(imap)
                await imap.close()
            except NotStored as failed:
                raise failed.__cause__ or failed from None
            except _FAILURES as wrong:
                raise MailServerDown(self._words(wrong)) from wrong
        return reading.position

    def _reading(self, deliver: Deliver, keep: Keep, position: Position | None) -> Reading:
        return Reading(deliver, keep, position or Position(), self._limits, self._since, self._tries)

    async def _follow(self, imap: Imap, reading: Reading) -> NoReturn:
        """Reads on one connection for as long as it stands.

        An IDLE that broke the connection soon after it began is not tried again at once: some servers offer
        it and cannot do it.
        """
        loop = asyncio.get_running_loop()
        await imap.open(self._folder)
        await reading.begin(imap)
        while True:
            await reading.all_new(imap)
            self._well()
            if imap.idles and loop.time() >= self._idle_from:
                self._idle_from = loop.time() + self._patience.steady
                await imap.idle()
                self._idle_from = 0.0
            else:
                await asyncio.sleep(self._limits.poll)

    def _well(self) -> None:
        if self.trouble is not None:
            log.info("%s: read again", self._server)
        self.trouble = None

    def _complain(self, wrong: Exception) -> None:
        words = self._words(wrong)
        if words != self.trouble:
            known = isinstance(wrong, (*_FAILURES, NotStored))
            log.warning("%s", words, exc_info=None if known else wrong)
        self.trouble = words

    def _words(self, wrong: Exception) -> str:
        """What went wrong, for a person, with the setting to look at; never the password."""
        return f"mailbox {self._server} (OUTREACH_MAILBOX_URL): {_reason(wrong)}"


def _reason(wrong: Exception) -> str:
    match wrong:
        case NotStored():
            return f"a message could not be stored: {wrong.__cause__}"
        case ssl.SSLCertVerificationError():
            return f"its certificate is not accepted: {wrong.verify_message}"
        case ssl.SSLError():
            return f"no TLS ({wrong.reason or wrong}): imaps:// is TLS from the first byte, imap:// STARTTLS"
        case socket.gaierror():
            return f"no such host: {wrong.strerror}"
        case ConnectionRefusedError():
            return "nothing listens there"
        case _:
            return str(wrong) or type(wrong).__name__

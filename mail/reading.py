"""How a folder is read: in the order of its UIDs, each message handed over before the next is asked for."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date

from domain.inbound import Arrival
from domain.mailbox import Position
from mail.arrival import delivered_to, key_of
from mail.imap import Imap
from mail.imap_wire import Limits

log = logging.getLogger("outreach.mailbox")

Deliver = Callable[[Arrival], Awaitable[None]]
"""Stores a message; returns only when it is safe. May be given the same one again, with the same key."""
Keep = Callable[[Position], Awaitable[None]]
"""Stores how far the folder was read."""

_WHOLE_TRIES = 3
_TRIES = 8
_NOTICE = """\
Subject: A message that could not be read
Content-Type: text/plain; charset=utf-8

Somebody has written, and the mail server could not hand the message over, however often it was asked:
UID {uid}, UIDVALIDITY {validity}. Please look at the mailbox. The messages around it were read.
"""


class NotStored(Exception):
    """`deliver` or `keep` failed; the cause says why. The message is delivered again later."""


@dataclass(slots=True)
class Tries:
    """How often the message in hand was asked for; outlives connections, and the reading of one sweep."""

    at: Position = field(default_factory=Position)
    count: int = 0

    def again(self, position: Position) -> int:
        """Counts one more try of the message at this position and returns how many those are."""
        self.count = self.count + 1 if position == self.at else 1
        self.at = position
        return self.count


@dataclass(slots=True)
class Reading:
    """What is known of a folder over several connections: how far it was read, what was hard to read.

    A message that breaks the connection three times in a row is then asked for by its beginning alone, and
    after five more tries a notice is delivered in its place, for a person to see: one bad message must not
    hide those behind it, and none disappears unseen.
    """

    deliver: Deliver
    keep: Keep
    position: Position
    limits: Limits
    since: date | None = None
    tries: Tries = field(default_factory=Tries)

    async def begin(self, imap: Imap) -> None:
        """Compares the opened folder with the position; a renumbered one is read from its start."""
        restarted = 0 < imap.next_uid <= self.position.uid
        if imap.validity != self.position.validity or restarted:
            if self.position.uid:
                log.warning("the mailbox was numbered anew: it is read again from its start")
            self.position = Position(imap.validity)

    async def all_new(self, imap: Imap) -> None:
        """Delivers everything after the position; what arrives meanwhile too."""
        while True:
            imap.announced()
            uids = await imap.newer(self.position.uid, self.since)
            for uid in uids:
                await self._take(imap, uid)
            if not uids and not imap.announced():
                return

    async def _take(self, imap: Imap, uid: int) -> None:
        raw = await self._read(imap, uid)
        self.tries.count = 0
        position = Position(imap.validity, uid)
        try:
            if raw is not None:
                to = delivered_to(raw)
                await self.deliver(Arrival(key=key_of(raw, to), raw=raw, to=to))
            await self.keep(position)
        except Exception as failed:
            raise NotStored from failed
        self.position = position

    async def _read(self, imap: Imap, uid: int) -> bytes | None:
        """The message, its beginning where it is too large, or the notice; None when somebody deleted it."""
        tries = self.tries.again(Position(imap.validity, uid))
        if tries > _TRIES:
            log.error("message UID %d could not be read %d times: a notice stands in its place", uid, _TRIES)
            return _NOTICE.format(uid=uid, validity=imap.validity).replace("\n", "\r\n").encode()
        raw = await (self._fetched(imap, uid) if tries <= _WHOLE_TRIES else self._begun(imap, uid))
        if raw is None and await imap.has(uid):
            raise ConnectionError(f"message UID {uid} is there and nothing came")
        return raw

    async def _begun(self, imap: Imap, uid: int) -> bytes | None:
        log.warning("message UID %d cannot be read whole: its beginning is taken", uid)
        return await imap.beginning(uid)

    async def _fetched(self, imap: Imap, uid: int) -> bytes | None:
        size = await imap.size(uid)
        if size is None:
            return None
        if size > self.limits.largest:
            log.warning("message UID %d has %d bytes: only its beginning is taken", uid, size)
            return await imap.beginning(uid)
        return await imap.message(uid)

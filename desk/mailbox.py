"""Replies out of a mailbox: each is kept before its position is, then processed like any other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NoReturn

from db import inbox as rows
from db.pool import transaction
from desk import inbox
from desk.inbox import PostRoom
from domain import errors
from domain.inbound import Arrival
from domain.mailbox import Account, Position
from mail.connections import Server
from mail.mailbox import Mailbox
from mail.reading import Keep, Tries

log = logging.getLogger("outreach.mailbox")

SOURCE = "mailbox"
BOUND = 180.0
"""Seconds that one catching up takes at most; the next one goes on where it stopped."""
_PAUSE = 5.0

Now = Callable[[], datetime]


@dataclass(slots=True)
class Letterbox:
    """One mailbox, and the place in the database that says how far it was read.

    Several processes may read it at the same time: what is handed over twice is known by its key.
    """

    account: Account
    _watched: Mailbox | None = None
    _tries: Tries = field(default_factory=Tries)
    """From one catching up to the next, or a message that cannot be read would block the others for ever."""

    @property
    def trouble(self) -> str | None:
        """What keeps `watch` from hearing of new mail, in words for the log; None when all is well."""
        return self._watched.trouble if self._watched else None

    async def watch(
        self, room: Callable[[], PostRoom], now: Now, take: Callable[[Sequence[int]], None]
    ) -> NoReturn:
        """Keeps everything that is new or arrives, and gives what it kept to `take`; ends when cancelled."""

        async def deliver(arrival: Arrival) -> None:
            take(await inbox.keep(room(), [arrival], SOURCE, now()))

        tries = Tries()
        while True:
            try:
                self._watched = await self._opened(room(), now(), tries)
                position = await self._position(room())
                await self._watched.watch(deliver, self._keeper(room, now), position)
            except errors.Unavailable as away:
                log.warning("%s", away)
                await asyncio.sleep(_PAUSE)

    async def catch_up(self, room: PostRoom, now: Now) -> int:
        """Keeps and processes everything that is new, once; returns how many messages that was.

        A mailbox that cannot be read, or not to its end in `BOUND` seconds, is noted in the log: what was
        read by then is kept, and the next time goes on from there. Raises what the database does.
        """
        new: list[int] = []

        async def deliver(arrival: Arrival) -> None:
            new.extend(await inbox.keep(room, [arrival], SOURCE, now()))

        mailbox, position = await self._opened(room, now(), self._tries), await self._position(room)
        try:
            async with asyncio.timeout(BOUND):
                await mailbox.catch_up(deliver, self._keeper(lambda: room, now), position)
        except errors.MailServerDown as away:
            log.warning("%s", away)
        except TimeoutError:
            log.warning("mailbox %s: not read to its end in %.0f s", self.account, BOUND)
        for item_id in new:
            await inbox.again(room, item_id, now())
        return len(new)

    async def _opened(self, room: PostRoom, now: datetime, tries: Tries) -> Mailbox:
        """Leaves out what is older than the first letter: no reply can be among it."""
        async with transaction(room.office.pool) as conn:
            first = await rows.sql.first_letter.value(conn)
        since = ((first or now) - timedelta(days=1)).date()
        account = self.account
        server = Server(account.host, account.port, account.implicit_tls, account.username, account.password)
        return Mailbox(server, account.folder, since=since, tries=tries)

    @property
    def _name(self) -> str:
        return f"{self.account.username} {self.account}"

    async def _position(self, room: PostRoom) -> Position:
        async with transaction(room.office.pool) as conn:
            row = await rows.sql.mailbox_position.one(conn, mailbox=self._name)
        return Position(row["uid_validity"], row["last_uid"]) if row else Position()

    def _keeper(self, room: Callable[[], PostRoom], now: Now) -> Keep:
        async def keep(position: Position) -> None:
            async with transaction(room().office.pool) as conn:
                await rows.sql.keep_mailbox_position.run(
                    conn,
                    mailbox=self._name,
                    uid_validity=position.validity,
                    last_uid=position.uid,
                    now=now(),
                )

        return keep

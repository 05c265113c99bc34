"""The embedded catcher's folder for the web server: read by people, answered by real SMTP."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import getaddresses
from pathlib import Path
from urllib.parse import urlsplit

import aiosmtplib

from desk.steering import Done
from domain import errors
from domain.caught import Caught, Folder, Line, Reader
from embedded import catcher
from embedded.home import Services
from mail import caught
from stack import answering
from web.house import Mailroom

_LONGEST = 20_000
"""Characters of an answer."""
_HEAD = 64 * 1024


def mailroom_of(services: Services, inbound_domain: str | None) -> Mailroom | None:
    """Opens the catcher's folder of running services; None where e-mail leaves by a real server."""
    if services.mail_folder is None or services.mail_server is None:
        return None
    server = urlsplit(services.mail_server)
    assert server.hostname and server.port
    return Room(Path(services.mail_folder), server.hostname, server.port, inbound_domain or "")


@dataclass(frozen=True, slots=True)
class Room:
    """Reads a folder as it is now; `host` and `port` are the catcher's, `domain` that of reply addresses."""

    folder: Path
    host: str
    port: int
    domain: str

    async def page(self, before: int | None, most: int) -> Folder:
        """Lists letters, newest first, from before a number on."""
        return await asyncio.to_thread(self._page, before, most)

    async def read(self, number: int) -> Caught:
        """Reads one in full; raises `errors.NotFound`."""
        return await asyncio.to_thread(self._read, number)

    async def answer(self, number: int, address: str, words: str) -> Done:
        """Answers a letter as one of its readers: what follows is as for any other e-mail."""
        one = await self.read(number)
        reader = next((reader for reader in one.readers if reader.address == address), None)
        if reader is None:
            raise errors.Refused(f"{address} does not read this letter, or nobody reads answers to it")
        if not words.strip():
            raise errors.Refused("the answer is empty: write something")
        if len(words) > _LONGEST:
            raise errors.Refused(f"the answer has {len(words):,} characters; {_LONGEST:,} at most")
        letter = self._letter(number, reader)
        message = answering.answer(letter, words)
        try:
            await answering.send(self.host, self.port, address, letter.answered_at, message)
        except (OSError, aiosmtplib.SMTPException) as failed:
            raise errors.Unavailable(f"the mail catcher did not take the answer: {failed}") from failed
        return Done(words=f"Your answer went out by e-mail, as {address}: look at the replies.")

    def _page(self, before: int | None, most: int) -> Folder:
        total, found = catcher.newest(self.folder, before, most + 1)
        lines = tuple(_lines(found))[:most]
        return Folder(total=total, lines=lines, next=lines[-1].number if len(found) > most else None)

    def _read(self, number: int) -> Caught:
        path = self._path(number)
        seen = caught.seen(path.read_bytes())
        line = _line(number, path, seen.head)
        return Caught(
            **line.model_dump(),
            text=seen.text,
            html=seen.html,
            headers=seen.headers,
            readers=seen.readers if self._comes_back(path) else (),
        )

    def _path(self, number: int) -> Path:
        path = catcher.find(self.folder, number)
        if path is None:
            raise errors.NotFound(f"no letter {number} was caught")
        return path

    def _comes_back(self, path: Path) -> bool:
        """Tells whether an answer would come in: the letter asks for it at an address of ours."""
        found = getaddresses([str(catcher.read(path)["Reply-To"] or "")])
        return any(address.lower().endswith(f"@{self.domain.lower()}") for _, address in found)

    def _letter(self, number: int, reader: Reader) -> answering.Letter:
        message = catcher.read(self._path(number))
        back = str(message["X-Catcher-Mail-From"])
        return answering.Letter(message, (reader.name, reader.address), back)


def _lines(paths: dict[int, Path]) -> Iterator[Line]:
    for number, path in paths.items():
        with path.open("rb") as file:
            yield _line(number, path, caught.head(file.read(_HEAD)))


def _line(number: int, path: Path, head: caught.Head) -> Line:
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Line(number=number, at=at, **head._asdict())

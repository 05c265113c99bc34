"""A small IMAP server that behaves as badly as it is told: every way in which real ones fail us."""

from __future__ import annotations

import asyncio
import base64
import re
import ssl
from collections.abc import Callable
from types import TracebackType
from typing import Self

HANG = "HANG"
"""Never answers."""
DROP = "DROP"
"""Cuts the connection."""
NAME, PASSWORD = "inbox@beyond.example", 'pass "word" \\ 1'


class _Gone(Exception):
    pass


class BadImap:
    """One folder, INBOX; `on` maps a moment to what is said instead: a tagged answer, HANG, DROP or
    BYE with its words.

    Moments are GREETING, LOGIN, EXAMINE, SEARCH, SIZE, BODY, IDLE, and SIZE n or BODY n for one UID. A
    moment in `once` leaves the script when it was played. `untagged` is sent before the answer to a moment.
    """

    def __init__(self, *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None) -> None:
        self.messages: dict[int, bytes] = {}
        self.dates: dict[int, str] = {}
        self.validity = 1
        self.capabilities = ["IMAP4rev1", "IDLE"]
        self.tells_next_uid = True
        self.tells_size = True
        self.on: dict[str, str] = {}
        self.once: set[str] = set()
        self.untagged: dict[str, str] = {}
        self.sizes: dict[int, int] = {}
        self.before: dict[str, Callable[[], None]] = {}
        """Called once when a moment comes."""
        self.connections = 0
        self.open = 0
        self.lines: list[str] = []
        self.idling = asyncio.Event()
        self.polled = asyncio.Event()
        """Set by every search."""
        self.closed = asyncio.Event()
        """Set whenever a connection has ended."""
        self._tls, self._starttls = tls, starttls
        self._idlers: dict[asyncio.StreamWriter, None] = {}
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def arrives(self, raw: bytes, uid: int | None = None, *, quietly: bool = False) -> int:
        """Puts a message into the folder, and tells those who wait."""
        uid = uid or max(self.messages, default=0) + 1
        self.messages[uid] = raw
        if not quietly:
            self.tell_idlers(f"* {len(self.messages)} EXISTS")
        return uid

    def tell_idlers(self, line: str) -> None:
        for writer in self._idlers:
            writer.write(f"{line}\r\n".encode())

    def drop_idlers(self) -> None:
        for writer in self._idlers:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        self.open += 1
        try:
            await _Talk(self, reader, writer).run()
        except (_Gone, OSError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            self._idlers.pop(writer, None)
            self.open -= 1
            self.closed.set()
            writer.transport.abort()


class _Talk:
    def __init__(self, server: BadImap, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server, self.reader, self.writer = server, reader, writer
        self.tag = "*"

    async def run(self) -> None:
        if not await self.played("GREETING"):
            await self.say("* OK ready")
        while line := (await self.reader.readline()).decode("ascii", "replace").rstrip("\r\n"):
            self.server.lines.append(line)
            self.tag, _, rest = line.partition(" ")
            command, _, rest = rest.partition(" ")
            await getattr(self, f"do_{command.lower()}")(rest)

    async def say(self, line: str) -> None:
        self.writer.write(f"{line}\r\n".encode())
        await self.writer.drain()

    async def ok(self, words: str = "done") -> None:
        await self.say(f"{self.tag} OK {words}")

    async def played(self, moment: str) -> bool:
        """Plays what the script says for a moment; tells whether it said anything."""
        server = self.server
        if call := server.before.pop(moment, None):
            call()
        if moment in server.untagged:
            await self.say(server.untagged.pop(moment))
        answer = server.on.get(moment)
        if moment in server.once:
            server.once.discard(moment)
            server.on.pop(moment)
        match answer:
            case None:
                return False
            case _ if answer == HANG:
                await self.reader.read()
                raise _Gone
            case _ if answer == DROP:
                raise _Gone
            case _ if answer.startswith("BYE"):
                await self.say(f"* {answer}")
                raise _Gone
            case _:
                await self.say(f"{self.tag} {answer}")
        return True

    async def do_capability(self, rest: str) -> None:
        offered = [*self.server.capabilities, *(["STARTTLS"] if self.server._starttls else [])]
        await self.say(f"* CAPABILITY {' '.join(offered)}")
        await self.ok()

    async def do_starttls(self, rest: str) -> None:
        await self.ok()
        assert self.server._starttls is not None
        await self.writer.start_tls(self.server._starttls)

    async def do_login(self, rest: str) -> None:
        if await self.played("LOGIN"):
            return
        quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', rest)
        await self._log_in(*(re.sub(r"\\(.)", r"\1", one) for one in quoted))

    async def do_authenticate(self, rest: str) -> None:
        await self.say("+ ")
        plain = base64.b64decode(await self.reader.readline()).decode()
        await self._log_in(*plain.split("\0")[1:])

    async def _log_in(self, name: str, password: str) -> None:
        if (name, password) == (NAME, PASSWORD):
            await self.ok()
        else:
            await self.say(f"{self.tag} NO [AUTHENTICATIONFAILED] no such user or password")

    async def do_list(self, rest: str) -> None:
        await self.say('* LIST () "/" INBOX')
        await self.say('* LIST () "/" Archive')
        await self.ok()

    async def do_examine(self, rest: str) -> None:
        if await self.played("EXAMINE"):
            return
        if rest.strip('"') != "INBOX":
            await self.say(f"{self.tag} NO [NONEXISTENT] no such mailbox")
            return
        server = self.server
        await self.say(f"* {len(server.messages)} EXISTS")
        await self.say("* FLAGS (\\Seen)")
        await self.say(f"* OK [UIDVALIDITY {server.validity}] here")
        if server.tells_next_uid:
            await self.say(f"* OK [UIDNEXT {max(server.messages, default=0) + 1}] here")
        await self.ok("[READ-ONLY] open")

    async def do_uid(self, rest: str) -> None:
        command, _, rest = rest.partition(" ")
        await getattr(self, f"uid_{command.lower()}")(rest)

    async def uid_search(self, rest: str) -> None:
        if await self.played("SEARCH"):
            return
        uids = sorted(self.server.messages)
        low, _, high = rest.split()[1].partition(":")
        high = high or low
        last = max(uids, default=0)
        top = last if high == "*" else int(high)
        found = [uid for uid in uids if min(int(low), last) <= uid <= top]
        await self.say(" ".join(["* SEARCH", *map(str, found)]))
        self.server.polled.set()
        if call := self.server.before.pop("SEARCH END", None):
            call()
            await self.say(f"* {len(self.server.messages)} EXISTS")
        await self.ok()

    async def uid_fetch(self, rest: str) -> None:
        server = self.server
        uid = int(rest.split()[0])
        moment = "SIZE" if "SIZE" in rest else "BODY"
        if await self.played(f"{moment} {uid}") or await self.played(moment):
            return
        raw = server.messages.get(uid)
        if raw is not None:
            number = sorted(server.messages).index(uid) + 1
            part = re.search(r"BODY\.PEEK\[\](?:<0\.(\d+)>)?", rest)
            if part is None:
                size = f" RFC822.SIZE {server.sizes.get(uid, len(raw))}" if server.tells_size else ""
                await self.say(f"* {number} FETCH (UID {uid}{size})")
            else:
                await self._body(number, uid, raw, part[1])
        await self.ok()

    async def _body(self, number: int, uid: int, raw: bytes, most: str | None) -> None:
        key, sent = ("BODY[]", raw) if most is None else ("BODY[]<0>", raw[: int(most)])
        announced = self.server.sizes.get(uid, len(raw)) if most is None else len(sent)
        self.writer.write(f"* {number} FETCH (UID {uid} {key} {{{announced}}}\r\n".encode() + sent)
        if announced > len(sent):
            await self.reader.read()
            raise _Gone
        await self.say(")")

    async def do_noop(self, rest: str) -> None:
        await self.ok()

    async def do_idle(self, rest: str) -> None:
        if await self.played("IDLE"):
            return
        at_once = self.server.untagged.pop("IDLE +", None)
        self.writer.write(f"+ idling\r\n{at_once}\r\n".encode() if at_once else b"+ idling\r\n")
        self.server._idlers[self.writer] = None
        self.server.idling.set()
        done = await self.reader.readline()
        self.server._idlers.pop(self.writer, None)
        if done:
            await self.ok()

    async def do_logout(self, rest: str) -> None:
        await self.say("* BYE")
        await self.ok()
        raise _Gone

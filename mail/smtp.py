"""Hands letters to an SMTP server over kept connections, and knows what became of each (R10, R11).

Before the final dot has been written nothing was handed over, so every failure is an outage. Afterwards
only an answer ends the doubt. What an answer means is the table in `mail.answers`.

Some recipients taken, others put off (4xx): the message goes to nobody and the whole of it is tried
again, since greylisting passes within the hour and a letter to three people should reach three. After
`Limits.patience` it goes to those who are taken and the others stay on record as deferred: one full
mailbox must not silence a company. The wait is kept in this process; a restart begins it anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

import aiosmtplib

from domain.letters import Accepted, AllRefused, Delivery, Outage, Uncertain
from mail.answers import Answer, Verdict, judge
from mail.connections import Connections, Interrupted, Limits, Server, drop
from mail.conversation import Conversation, EndUnknown

_LOGIN_CODES = (530, 534, 535, 538)
_MOST_WAITING = 10_000


@dataclass(frozen=True, slots=True)
class _Mail:
    message: EmailMessage
    sender: str
    recipients: tuple[str, ...]

    @property
    def id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass(frozen=True, slots=True)
class _Offered:
    """A message that the server has all of but its end, and who would not get it."""

    conversation: Conversation
    refused: Mapping[str, str]
    deferred: Mapping[str, str]


class SmtpTransport:
    """One mail server, at most `connections` conversations at once; fits `mail.transport.Transport`."""

    name = "smtp"
    resends_safely = True

    def __init__(self, server: Server, *, limits: Limits | None = None, connections: int = 6) -> None:
        self._server = server
        self._limits = limits or Limits()
        self._connections = Connections(server, self._limits)
        self._slots = asyncio.Semaphore(connections)
        self._put_off_since: dict[str, float] = {}

    @property
    def longest(self) -> float:
        """The seconds that one `send` may take at the very most."""
        return self._limits.longest

    async def send(self, message: EmailMessage, *, sender: str, recipients: Sequence[str]) -> Delivery:
        """Hands the message over once, to all recipients, and says what became of it."""
        try:
            async with asyncio.timeout(self._limits.slot):
                await self._slots.acquire()
        except TimeoutError:
            return Outage("smtp_busy", f"{self._server}: no connection came free in {self._limits.slot:g} s")
        try:
            return await self._hand_over(_Mail(message, sender, tuple(dict.fromkeys(recipients))))
        finally:
            self._slots.release()

    async def close(self) -> None:
        """Says goodbye on every kept connection; harmless when repeated."""
        await self._connections.close()

    async def _hand_over(self, mail: _Mail) -> Delivery:
        try:
            async with asyncio.timeout(self._limits.conversation):
                offered = await self._offer(mail)
            if isinstance(offered, _Offered):
                return await self._end(offered, mail)
        except Interrupted as interrupted:
            return interrupted.outage
        except TimeoutError:
            words = f"{self._server}: the conversation took over {self._limits.conversation:g} s"
            return Outage("smtp_timeout", words)
        return offered

    async def _offer(self, mail: _Mail) -> _Offered | AllRefused | Outage:
        """Offers on a kept connection; one that went stale is replaced once, and is no outage."""
        kept = self._connections.kept()
        if kept is not None:
            try:
                return await self._converse(kept, mail)
            except Interrupted:
                pass  # closed while idle, which says nothing about the server's health
        return await self._converse(await self._connections.open(), mail)

    async def _converse(self, client: aiosmtplib.SMTP, mail: _Mail) -> _Offered | AllRefused | Outage:
        """Everything but the final dot; a conversation that breaks, or is cancelled, is cut."""
        conversation = Conversation(client, (mail.sender, *mail.recipients))
        try:
            offered = await self._envelope(conversation, mail)
            if not isinstance(offered, _Offered):
                await self._give_back(conversation)
        except BaseException:
            drop(client)
            raise
        return offered

    async def _give_back(self, conversation: Conversation) -> None:
        """Keeps a connection that forgets the envelope; one that cannot is no loss, the verdict stands."""
        try:
            clean = (await conversation.reset()).code == 250
        except Interrupted:
            clean = False
        if clean:
            self._connections.keep(conversation.client)
        else:
            drop(conversation.client)

    async def _envelope(self, conversation: Conversation, mail: _Mail) -> _Offered | AllRefused | Outage:
        answer = await conversation.mail(mail.sender)
        if answer.code >= 300:
            return _outage(answer, "smtp_sender" if answer.code >= 500 else None)
        answers = {one: await conversation.rcpt(one) for one in mail.recipients}
        settled = self._settle(answers, mail)
        if not isinstance(settled, Accepted):
            return settled
        answer = await conversation.data(mail.message)
        if answer.code != 354:
            return _outage(answer)
        return _Offered(conversation, settled.refused, settled.deferred)

    async def _end(self, offered: _Offered, mail: _Mail) -> Delivery:
        """The final dot and the server's word on it; a connection is kept only after a clear answer."""
        client = offered.conversation.client
        try:
            answer = await offered.conversation.end(self._limits.data)
        except EndUnknown as unknown:
            drop(client)
            return Uncertain(f"{self._server}: {unknown}")
        except BaseException:
            drop(client)
            raise
        if answer.code == 421:
            drop(client)
        else:
            self._connections.keep(client)
        if answer.code >= 300:
            return _outage(answer)
        if self._put_off_since:
            self._put_off_since.pop(mail.id, None)
        return Accepted(offered.refused, answer.queue_id, offered.deferred)

    def _settle(self, answers: Mapping[str, Answer], mail: _Mail) -> Accepted | AllRefused | Outage:
        """Who would get the message: Accepted if it may go on, else why nobody gets it now (R11)."""
        verdicts = {one: judge(answer) for one, answer in answers.items()}
        taken = Verdict.TAKEN in verdicts.values()
        ours = (Verdict.OURS,) if taken else (Verdict.OURS, Verdict.POLICY)
        later = {one: answers[one].words for one, verdict in verdicts.items() if verdict is Verdict.LATER}
        for one, verdict in verdicts.items():
            if verdict in ours:
                return _outage(answers[one], about=one)
        if later and (not taken or self._is_patient(mail)):
            one = next(iter(later))
            return _outage(answers[one], about=one)
        gone = {
            one: answers[one].words
            for one, verdict in verdicts.items()
            if verdict not in (Verdict.TAKEN, Verdict.LATER)
        }
        return Accepted(gone, deferred=later) if taken else AllRefused(gone)

    def _is_patient(self, mail: _Mail) -> bool:
        """Whether the others still wait for those who are put off; begins the wait at the first call."""
        now = asyncio.get_running_loop().time()
        since = self._put_off_since.setdefault(mail.id, now)
        if len(self._put_off_since) > _MOST_WAITING:
            self._put_off_since.pop(next(iter(self._put_off_since)))
        return now - since < self._limits.patience


def _outage(answer: Answer, code: str | None = None, *, about: str = "") -> Outage:
    """An answer that refuses us, or everybody for now, as an outage: try again (R11)."""
    if answer.code in _LOGIN_CODES:
        code = "smtp_login"
    words = f"{about}: {answer.words}" if about else answer.words
    return Outage(code or f"smtp_{answer.code}", words, answer.wait)

"""One SMTP conversation, command by command, so that it is known at which byte it broke (RFC 5321).

Every command raises `Interrupted` when the connection is lost, runs out of time, says 421 or talks
nonsense. Once `end` has written the final dot the same things raise `EndUnknown` instead.
"""

from __future__ import annotations

import asyncio
import copy
import re
from collections.abc import Awaitable, Callable, Sequence
from email.message import EmailMessage
from typing import cast

import aiosmtplib
from aiosmtplib import errors as smtp
from aiosmtplib.protocol import SMTPProtocol
from aiosmtplib.response import SMTPResponse

from domain.letters import Outage
from mail import headers
from mail.answers import Answer
from mail.compose import POLICY
from mail.connections import Interrupted

_CANNOT_TRAVEL = Answer(553, "5.6.7 the mail server does not offer SMTPUTF8, which this address needs")
_NOT_AN_ADDRESS = Answer(501, "5.1.3 not an address that can be named in SMTP")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"(?m)^\.")
_FLUSH_CHECK_SECONDS = 0.01


class EndUnknown(Exception):
    """The whole message was handed over and its end is unknown (R10); the text says what happened."""


class Conversation:
    """Carries one message over an open connection, in UTF-8 if an address needs it (RFC 6531)."""

    def __init__(self, client: aiosmtplib.SMTP, addresses: Sequence[str]) -> None:
        self.client = client
        needed = any(not headers.wire_address(one).isascii() for one in addresses)
        self._utf8 = needed and client.supports_extension("smtputf8")

    async def mail(self, sender: str) -> Answer:
        """Names the sender."""
        options = ["SMTPUTF8", "BODY=8BITMIME"] if self._utf8 else []
        return await self._name(
            sender, lambda address: self.client.mail(address, options=options, encoding="utf-8")
        )

    async def rcpt(self, recipient: str) -> Answer:
        """Names one recipient."""
        return await self._name(recipient, lambda address: self.client.rcpt(address, encoding="utf-8"))

    async def data(self, message: EmailMessage) -> Answer:
        """Sends all of the message but its final dot, if the server answers 354."""
        content = _on_the_wire(message, utf8=self._utf8)
        answer = await self._ask(self.client.execute_command(b"DATA"))
        if answer.code == 354:
            self._write(content)
            await self._flushed()
        return answer

    async def end(self, timeout: float) -> Answer:
        """Writes the final dot and reads the server's last word; EndUnknown where there is none."""
        protocol = self._write(b".\r\n")
        try:
            response = await protocol.read_response(timeout=timeout)
        except (smtp.SMTPException, OSError) as failed:
            raise EndUnknown(f"no answer after the end of the message: {failed}") from failed
        answer = Answer(response.code, response.message)
        if answer.code // 100 not in (2, 4, 5):
            raise EndUnknown(f"no clear answer after the end of the message: {answer.words}")
        return answer

    async def reset(self) -> Answer:
        """Asks the server to forget the envelope, so that the connection can be used again."""
        return await self._ask(self.client.rset())

    async def _name(self, address: str, command: Callable[[str], Awaitable[SMTPResponse]]) -> Answer:
        """MAIL or RCPT; an address that cannot travel is answered here, as a server would."""
        if not headers.is_address(address):
            return _NOT_AN_ADDRESS
        wired = headers.wire_address(address)
        if not wired.isascii() and not self._utf8:
            return _CANNOT_TRAVEL
        return await self._ask(command(wired))

    async def _ask(self, command: Awaitable[SMTPResponse]) -> Answer:
        try:
            response = await command
            answer = Answer(response.code, response.message)
        except smtp.SMTPResponseException as said:
            answer = Answer(said.code, said.message)
        except (smtp.SMTPException, OSError) as failed:
            code = "smtp_timeout" if isinstance(failed, TimeoutError) else "smtp_lost"
            raise Interrupted(Outage(code, f"before the end of the message: {failed}")) from failed
        if answer.code == 421:
            raise Interrupted(Outage("smtp_421", answer.words, answer.wait))
        if not 200 <= answer.code < 600:
            raise Interrupted(Outage("smtp_garbled", answer.words))
        return answer

    def _write(self, content: bytes) -> SMTPProtocol:
        protocol = self.client.protocol
        try:
            if protocol is None:
                raise smtp.SMTPServerDisconnected("Connection lost")
            protocol.write(content)
        except smtp.SMTPServerDisconnected as failed:
            raise Interrupted(Outage("smtp_lost", "connection lost within the message")) from failed
        return protocol

    async def _flushed(self) -> None:
        """Returns once the operating system has it all: only then may the end follow."""
        while (wire := self.client.transport) is not None and not wire.is_closing():
            if not cast("asyncio.WriteTransport", wire).get_write_buffer_size():
                return
            await asyncio.sleep(_FLUSH_CHECK_SECONDS)


def _on_the_wire(message: EmailMessage, *, utf8: bool) -> bytes:
    """The message with CRLF line ends and doubled leading dots (RFC 5321 section 4.5.2)."""
    if not utf8:
        message = _without_unsendable(message)
    content = _LINE_END.sub(b"\r\n", message.as_bytes(policy=POLICY.clone(utf8=utf8)))
    if not content.endswith(b"\r\n"):
        content += b"\r\n"
    return _LEADING_DOT.sub(b"..", content)


def _without_unsendable(message: EmailMessage) -> EmailMessage:
    """The message without those of its recipients whom an ASCII header cannot name."""
    if all(str(value).isascii() for name, value in message.raw_items() if name.lower() == "to"):
        return message  # the usual case, without the cost of parsing
    sendable = [one for one in message["To"].addresses if one.addr_spec.isascii()]
    message = copy.deepcopy(message)
    del message["To"]
    if sendable:
        message.set_raw("To", headers.mailboxes((one.display_name, one.addr_spec) for one in sendable))
    return message

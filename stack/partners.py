"""The demo's partner companies: who answers, after which letter, and how. They answer by real SMTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, getaddresses, make_msgid
from pathlib import Path
from typing import Literal

from db.pool import Pool, transaction
from db.sql import queries
from domain.letters import Stage
from embedded import catcher
from embedded.catcher import Catcher
from stack import answering
from stack.answering import Letter, answer

READS_FOR = 0.6
"""Seconds a partner takes to read a letter and answer."""

Manner = Literal["reply", "away", "bounce", "opt_out"]

_WORDS = {
    "reply": "Thank you for this. They sound like a good match: could we speak with them next week?\n",
    "opt_out": "Please take me off your list, this is not for me.\n",
}


@dataclass(slots=True)
class Partners:
    """Answer like people and their machines do: some at once, some after a reminder, most never."""

    pool: Pool
    catcher: Catcher
    answers: Mapping[str, tuple[Stage, Manner]]
    """Which letter each role's company answers, and how, by role id; the others stay silent."""

    async def read(self, path: Path) -> None:
        """Reads one letter that was caught, and perhaps answers it."""
        message = catcher.read(path)
        async with transaction(self.pool) as conn:
            email = await queries("story").of_message.one(conn, message_id=str(message["Message-ID"]))
        stage, manner = self.answers.get(email["role_id"] if email else "", (None, None))
        if email is None or manner is None or stage != email["stage"]:
            return
        await asyncio.sleep(READS_FOR)
        reader = getaddresses([str(message["To"])])[0]
        letter = Letter(message, reader, str(message["X-Catcher-Mail-From"]))
        await self._send(letter, manner)

    async def _send(self, letter: Letter, manner: Manner) -> None:
        bounces = manner == "bounce"
        sender, to = ("", letter.return_path) if bounces else (letter.reader[1], letter.answered_at)
        await answering.send(self.catcher.host, self.catcher.port, sender, to, _MANNERS[manner](letter))


def _reply(letter: Letter) -> EmailMessage:
    return answer(letter, _WORDS["reply"])


def _opt_out(letter: Letter) -> EmailMessage:
    return answer(letter, _WORDS["opt_out"])


def _away(letter: Letter) -> EmailMessage:
    """An out-of-office notice, as a mail server sends it (RFC 3834)."""
    back = datetime.now(UTC) + timedelta(days=5)
    notice = answer(letter, f"I am out of the office and will be back on {back:%d %B %Y}.\n", quotes=False)
    notice.replace_header("Subject", f"Automatic reply: {letter.message['Subject']}")
    notice["Auto-Submitted"] = "auto-replied"
    return notice


def _bounce(letter: Letter) -> MIMEMultipart:
    """What a mail server sends for an address that it does not know (RFC 3464)."""
    name, address = letter.reader
    domain = address.rpartition("@")[2]
    report = MIMEMultipart("report")
    report.set_param("report-type", "delivery-status")
    report["From"] = f"Mail Delivery System <MAILER-DAEMON@{domain}>"
    report["To"] = letter.return_path
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Date"] = format_datetime(datetime.now(UTC))
    report["Message-ID"] = make_msgid(domain=domain)
    report["Auto-Submitted"] = "auto-replied"
    report.attach(MIMEText(f"Your message to {name} could not be delivered:\n\n<{address}>: unknown user\n"))
    status = MIMEBase("message", "delivery-status")
    status.set_payload(
        [
            _fields({"Reporting-MTA": f"dns; mx.{domain}"}),
            _fields(
                {
                    "Final-Recipient": f"rfc822; {address}",
                    "Action": "failed",
                    "Status": "5.1.1",
                    "Diagnostic-Code": f"smtp; 550 5.1.1 <{address}>: Recipient rejected: User unknown",
                }
            ),
        ]
    )
    report.attach(status)
    report.attach(MIMEMessage(letter.message))
    return report


def _fields(values: Mapping[str, str]) -> EmailMessage:
    block = EmailMessage()
    for name, value in values.items():
        block[name] = value
    return block


_MANNERS: Mapping[Manner, Callable[[Letter], EmailMessage | MIMEMultipart]] = {
    "reply": _reply,
    "away": _away,
    "bounce": _bounce,
    "opt_out": _opt_out,
}

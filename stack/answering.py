"""How a reader of a caught letter answers it: as a mail program does, by real SMTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from email.utils import format_datetime, formataddr, getaddresses, make_msgid

import aiosmtplib


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as its reader has it: from where to answer, and what to quote."""

    message: EmailMessage
    reader: tuple[str, str]
    return_path: str

    @property
    def reply_to(self) -> str:
        """Names where an answer goes."""
        return str(self.message["Reply-To"] or self.message["From"])

    @property
    def answered_at(self) -> str:
        """The address that an answer goes to."""
        return getaddresses([self.reply_to])[0][1]


async def send(host: str, port: int, sender: str, to: str, message: Message) -> None:
    """Hands a message to a mail server; `sender` is empty for a mail server's own words."""
    async with aiosmtplib.SMTP(hostname=host, port=port) as smtp:
        await smtp.sendmail(sender, [to], message.as_bytes())


def answer(letter: Letter, words: str, *, quotes: bool = True) -> EmailMessage:
    """Writes an answer as a mail program does: in the thread, above what it answers."""
    name, address = letter.reader
    asked = letter.message
    answer = EmailMessage()
    answer["From"] = formataddr((name, address))
    answer["To"] = letter.reply_to
    answer["Subject"] = _re(str(asked["Subject"]))
    answer["Date"] = format_datetime(datetime.now(UTC))
    answer["Message-ID"] = make_msgid(domain=address.rpartition("@")[2])
    answer["In-Reply-To"] = asked["Message-ID"]
    answer["References"] = f"{asked['References'] or ''} {asked['Message-ID']}".strip()
    text = words
    if quotes and (body := asked.get_body(("plain",))) is not None:
        quoted = "".join(f"> {line}\n" for line in body.get_content().splitlines())
        text += f"\n{name}\n\nOn {asked['Date']}, {asked['From']} wrote:\n{quoted}"
    answer.set_content(text)
    return answer


def _re(subject: str) -> str:
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"

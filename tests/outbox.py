"""The partners' mail server, played: a transport that keeps what it is given and answers as it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from domain.letters import Accepted, Delivery, Outage

Answer = Callable[[EmailMessage, Sequence[str]], Delivery]
Handed = Callable[[EmailMessage], Any]


@dataclass
class Outbox:
    """A mail server that keeps every accepted message, and answers as it is told."""

    sent: list[EmailMessage] = field(default_factory=list)
    answers: list[Answer | Delivery] = field(default_factory=list)
    handed: Handed | None = None
    """Awaited with each message before it is answered: the time in which things cross."""
    down_until: datetime | None = None
    """Until then (by the letters' own dates) nothing is taken; whoever asks may come back a day later."""
    name: str = "outbox"
    resends_safely: bool = True
    longest: float = 1.0

    async def send(self, message: EmailMessage, *, sender: str, recipients: Sequence[str]) -> Delivery:
        """Answers as told for this message, else accepts it."""
        if self.handed is not None:
            await self.handed(message)
        delivery = self._answer(message, recipients)
        if isinstance(delivery, Accepted):
            self.sent.append(message)
        return delivery

    def _answer(self, message: EmailMessage, recipients: Sequence[str]) -> Delivery:
        if self.down_until and parsedate_to_datetime(str(message["Date"])) < self.down_until:
            return Outage("smtp_451", f"451 <{recipients[0]}> greylisted, Tom", retry_after=86400.0)
        answer = self.answers.pop(0) if self.answers else Accepted({})
        return answer(message, recipients) if callable(answer) else answer

    async def close(self) -> None:
        """Has nothing to let go of."""

    @property
    def subjects(self) -> list[str]:
        """Lists the subjects of what was accepted."""
        return [str(message["Subject"]) for message in self.sent]

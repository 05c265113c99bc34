"""The port that every way of sending fits: one file each, one shared test suite (STYLE 11).

`tests/mail/transport_suite.py` holds the claims; `docs/how-to/add-a-transport.md` the steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from typing import Protocol

from domain.letters import Delivery


class Transport(Protocol):
    """Hands messages to a mail server or service and says exactly what became of them."""

    @property
    def name(self) -> str:
        """What logs and metrics call it, such as `smtp`."""

    @property
    def resends_safely(self) -> bool:
        """Whether a second hand-over with the same Message-ID is recognisably the same e-mail (R10).

        It decides the default of `on_uncertain_send`: `resend` if so, else `hold`.
        """

    @property
    def longest(self) -> float:
        """The seconds that one `send` may take at the very most; a step's time-out lies above it."""

    async def send(self, message: EmailMessage, *, sender: str, recipients: Sequence[str]) -> Delivery:
        """Hands the message over once, to all recipients, and says what became of it (R10, R11).

        Never raises for what a server, a network or an address does: that is a `Delivery`. Addresses
        in it are spelt as in `recipients`. A cancelled send has no known end, as if it had crashed.
        """

    async def close(self) -> None:
        """Lets go of every connection; harmless when repeated."""

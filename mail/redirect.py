"""Sends every e-mail to one address instead: for a first live try (`OUTREACH_REDIRECT_ALL_TO`)."""

from __future__ import annotations

import copy
import html
import re
from collections.abc import Sequence
from email.message import EmailMessage

from domain.letters import Accepted, AllRefused, Delivery, Envelope, Outage
from mail import headers
from mail.transport import Transport

_BODY_TAG = re.compile(r"<body\b[^>]*>", re.I)


class Redirected:
    """Any transport, of which no real recipient ever hears.

    Wrapped around a transport where it is built, so that nothing can be sent past it. A delivery speaks
    of the real recipients or of nobody: if the one address is refused, that is a wrong setting, an
    outage, and says nothing against them.
    """

    def __init__(self, inner: Transport, address: str) -> None:
        self._inner = inner
        self._address = address

    @property
    def name(self) -> str:
        """The inner transport's name."""
        return self._inner.name

    @property
    def resends_safely(self) -> bool:
        """As the inner transport does."""
        return self._inner.resends_safely

    @property
    def longest(self) -> float:
        """The seconds that one `send` may take at the very most."""
        return self._inner.longest

    async def send(self, message: EmailMessage, *, sender: str, recipients: Sequence[str]) -> Delivery:
        """Hands the message over to the one address, with the real recipients shown in it."""
        redirected = _to_one(message, recipients, self._address)
        delivery = await self._inner.send(redirected, sender=sender, recipients=[self._address])
        if isinstance(delivery, AllRefused):
            words = "; ".join(delivery.refused.values())
            return Outage("redirect_refused", f"OUTREACH_REDIRECT_ALL_TO {self._address}: {words}")
        if isinstance(delivery, Accepted):
            return Accepted(refused={}, service_id=delivery.service_id)
        return delivery

    async def close(self) -> None:
        """Closes the inner transport."""
        await self._inner.close()


def redirect(message: EmailMessage, envelope: Envelope, address: str) -> EmailMessage:
    """A copy that goes to `address` alone and shows the real recipients: in a header and in both bodies.

    A person who answers it to everybody reaches none of them.
    """
    return _to_one(message, [one.email for one in envelope.recipients], address)


def _to_one(message: EmailMessage, recipients: Sequence[str], address: str) -> EmailMessage:
    message = copy.deepcopy(message)
    for name in ("To", "Cc", "Bcc"):
        del message[name]
    message.set_raw("To", headers.mailboxes([("", address)]))
    message.set_raw("X-Redirected-From", headers.text("X-Redirected-From", ", ".join(recipients)))
    notice = f"Redirected for a test. It would have gone to: {', '.join(map(headers.clean, recipients))}"
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    if plain is not None:
        plain.set_content(f"[{notice}]\n\n{plain.get_content()}")
    if rich is not None:
        rich.set_content(_with_banner(rich.get_content(), notice), subtype="html")
    return message


def _with_banner(document: str, notice: str) -> str:
    style = "margin:0 0 16px;padding:8px 12px;border:2px solid #b45309;background:#fef3c7;color:#111827"
    banner = f'<p style="{style}">{html.escape(notice)}</p>'
    body = _BODY_TAG.search(document)
    start = body.end() if body else 0
    return document[:start] + banner + document[start:]

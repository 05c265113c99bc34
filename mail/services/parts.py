"""A composed message taken apart again, for services that want its parts and not its MIME text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.headerregistry import AddressHeader
from email.message import EmailMessage

from mail import headers

_SPECIAL = frozenset('()<>[]:;@\\,."')
_QUOTED = _SPECIAL - {"."}
_OWN_FIELDS = {"from", "to", "cc", "bcc", "subject", "reply-to", "date", "mime-version"}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address and the name before it, decoded; its text is RFC 5322's, with the name as it is read."""

    name: str
    address: str

    def __str__(self) -> str:
        if not self.name:
            return self.address
        name = self.name
        if not _SPECIAL.isdisjoint(name):
            escaped = name.replace("\\", "\\\\").replace('"', '\\"')
            name = f'"{escaped}"'
        return f"{name} <{self.address}>"

    @property
    def unquoted(self) -> str:
        """Its text where quotes are not understood: what would need them is left out of the name."""
        name = " ".join("".join(" " if one in _QUOTED else one for one in self.name).split())
        return f"{name} <{self.address}>" if name else self.address


@dataclass(frozen=True, slots=True)
class Parts:
    """What a letter says and how it travels; every value is one clean line but the two bodies."""

    sender: Mailbox
    to: tuple[Mailbox, ...]
    reply_to: tuple[Mailbox, ...]
    subject: str
    text: str
    html: str
    headers: Mapping[str, str]
    """All other headers that compose writes: Message-ID, In-Reply-To, References, List-Unsubscribe, …"""

    def without(self, *names: str) -> dict[str, str]:
        """The other headers without these, compared in lower case."""
        return {name: value for name, value in self.headers.items() if name.lower() not in names}


def take_apart(message: EmailMessage, recipients: Sequence[str]) -> Parts:
    """Reads a composed message; `to` are these recipients in their order, with their names in its To."""
    names = {one.address.lower(): one.name for one in _mailboxes(message, "To")}
    wire = [headers.wire_address(one) for one in recipients]
    return Parts(
        sender=_mailboxes(message, "From")[0],
        to=tuple(Mailbox(names.get(one.lower(), ""), one) for one in wire),
        reply_to=_mailboxes(message, "Reply-To"),
        subject=headers.clean(str(message["Subject"] or "")),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        headers={
            name: headers.clean(str(value))
            for name, value in message.items()
            if name.lower() not in _OWN_FIELDS and not name.lower().startswith("content-")
        },
    )


def _mailboxes(message: EmailMessage, field: str) -> tuple[Mailbox, ...]:
    value = message[field]
    if not isinstance(value, AddressHeader):
        return ()
    return tuple(
        Mailbox(headers.clean(one.display_name), headers.clean(one.addr_spec)) for one in value.addresses
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""

"""What came in, as a person reads it: who wrote, where it belongs, what was done about it."""

from __future__ import annotations

from datetime import datetime

from domain.inbound import Effect, MailKind, MatchedBy
from domain.letters import Model


class Received(Model):
    """One message, or one thing that a mail service told."""

    id: int
    received_at: datetime
    source: str
    """A service's name, `mailbox`, or `file`."""
    form: str
    """`mail` or `event`."""
    status: str
    """`stored` (not read yet), `unmatched`, `attached` or `set_aside`."""
    kind: MailKind | None = None
    """What it is; None while it was not read."""
    sender: str
    sender_name: str
    subject: str
    text: str
    """The writer's own words, without what they quote."""
    cycle_id: str | None
    log_id: int | None
    title: str | None
    company: str | None
    matched_by: MatchedBy | None
    effect: Effect
    addresses: tuple[str, ...] = ()
    """Those that were suppressed because of it."""
    told: bool = True
    """Whoever is concerned was told; False while that is still to be done."""
    error: str | None
    """Why it could not be read or settled at the last try."""


class Post(Model):
    """What came in, newest first; at most as many as were asked for."""

    at: datetime
    unmatched: int
    """Messages that belong to no cycle yet, in all."""
    more: bool
    messages: tuple[Received, ...]
    next: str | None = None
    """The cursor of the next page; None at the end."""


class Opened(Received):
    """One message in full."""

    addressed_to: tuple[str, ...] = ()
    whole: str = ""
    """All that its writer sent as text, with what they quote."""

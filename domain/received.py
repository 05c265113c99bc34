"""What came in, as a person reads it: who wrote, where it belongs, what was done about it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from domain.inbound import Effect, MailKind, MatchedBy
from domain.letters import Model

Asked = Literal["all", "unmatched", "people", "automatic", "bounces", "opt_outs"]
"""Which messages a person wants to see; `unmatched` ones wait for a person."""
OF_KINDS: dict[Asked, tuple[MailKind, ...]] = {
    "people": ("human",),
    "automatic": ("auto_reply", "other"),
    "bounces": ("bounce",),
    "opt_outs": ("unsubscribe", "complaint"),
}

_CALLED = {
    "human": "a reply",
    "auto_reply": "an automatic reply",
    "bounce": "a bounce",
    "complaint": "a complaint",
    "unsubscribe": "an opt-out",
    "other": "something else",
}
_KNOWN_BY: dict[MatchedBy, str] = {
    "token": "by the reply address that it was sent to",
    "references": "by the e-mail that it answers",
    "returned_message": "by the e-mail that it returns",
    "sender": "by its sender, who has one open thread",
    "person": "by a person",
}
_EFFECTS: dict[Effect, str] = {
    "": "nothing was done about it",
    "responded": "the thread stopped",
    "answered_before": "the thread had been answered already",
    "rests": "the next e-mail waits",
    "suppressed": "nobody writes there any more",
    "noted": "noted, nothing else follows",
    "refused": "no e-mail of the cycle had been accepted, so it answers none",
    "taken_back": "a person took it back: it was no answer",
}


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
    for_a_person: bool = False
    """It waits for a person: it belongs to no cycle, or could not be settled at several tries."""

    @property
    def called(self) -> str:
        """What it is: "a reply", "an opt-out"."""
        return _CALLED[self.kind] if self.kind else "a message"

    @property
    def known_by(self) -> str:
        """How it is known where it belongs; empty for what belongs nowhere."""
        return _KNOWN_BY[self.matched_by] if self.matched_by else ""

    @property
    def done_about(self) -> tuple[str, ...]:
        """What became of it, in phrases."""
        if self.status == "stored":
            return (f"not settled yet{f': {self.error}' if self.error else ''}",)
        phrases = []
        if self.status != "attached":
            phrases.append("set aside" if self.status == "set_aside" else "belongs to no cycle yet")
        if self.addresses or self.status == "attached":
            addresses = f" ({', '.join(self.addresses)})" if self.addresses else ""
            phrases.append(f"{_EFFECTS[self.effect]}{addresses}")
        if not self.told:
            phrases.append("workflows are still to be told")
        return tuple(phrases)


class OpenCycle(Model):
    """A cycle that a message may belong to."""

    cycle_id: str
    title: str
    company: str
    status: str
    names: tuple[str, ...]
    """Its candidates'."""
    by_sender: bool
    """Somebody at the sender's own domain is its company's contact."""


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

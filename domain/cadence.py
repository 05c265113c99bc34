"""R6: what a cycle does next and when; pure, told the time by its caller."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict

from domain.letters import STAGES, Model, Stage

Outcome = Literal[
    "responded", "no_response", "undeliverable", "role_closed", "withdrawn", "stopped", "not_admitted"
]

MOVES_ON: frozenset[Outcome] = frozenset({"no_response", "undeliverable", "not_admitted", "role_closed"})
"""Outcomes after which the candidates look for their next roles (R8)."""

HELD = {
    "person": "a person paused it; `resume` lets it go on",
    "uncertain": "an e-mail was handed over and its end is unknown; `resume` with --sent or --again",
    "approval": "its letter waits for approval; `approvals` shows it, `approve` or `refuse` decides",
    "no_specialist": "no specialist to write from; name one in the records, then `resume`",
    "company_answered": "the company has answered another letter; goes on by itself, or with `resume`",
    "parent_answered": "the cycle it came from was answered late; goes on by itself, or with `resume`",
    "opt_out_unclear": "a reader opted out, and nobody can tell which: `suppress` the address, then `resume`",
    "away": "a partner is away, says an automatic reply; goes on by itself, or with `resume`",
}
"""Why a cycle is held, in words, by its `held_reason`."""

ENDED: dict[str, str] = {
    "responded": "a partner replied",
    "no_response": "nobody replied",
    "undeliverable": "no address accepted it",
    "role_closed": "the role was filled or closed",
    "withdrawn": "no candidate is left",
    "stopped": "a person stopped it",
    "not_admitted": "its wait for a slot ran out",
}
"""How a cycle ended, in words, by its `outcome`."""

Do = Literal["await_slot", "send", "await_reply", "await_release", "end"]


class Message(Model):
    """A value in a history; a field of a newer worker is left aside by an older one (rolling deploys)."""

    model_config = ConfigDict(extra="ignore")


class Next(Message):
    """What a cycle does next: the one value that steps return and workflows follow.

    | do | meaning | `at` |
    |---|---|---|
    | `await_slot` | waits for a slot of the week | when the wait runs out |
    | `send` | sends `stage` | not before |
    | `await_reply` | all e-mails are out; silence closes it | when |
    | `await_release` | a person or a rule asked it to wait | when it is looked at again, or never |
    | `end` | closed with `outcome` | |
    """

    do: Do
    stage: Stage | None = None
    at: datetime | None = None
    outcome: Outcome | None = None
    moved_on: bool = False
    """The next roles were booked already (a restart after the booking finds this)."""
    why: str = ""
    """A code such as `person`, `uncertain`, `hold_all`; never a person's name or words."""
    last_stage: Stage | None = None
    """The last stage whose e-mail a server accepted."""
    candidate_ids: tuple[str, ...] = ()
    """Who is still put forward."""
    urgent: bool = False
    """R3, as it stands: an admission or the first e-mail's claim may change it."""

    @property
    def moves_on(self) -> bool:
        """Tells whether next roles are still to be booked."""
        return self.do == "end" and self.outcome in MOVES_ON and not self.moved_on


def following(stage: Stage | None) -> Stage | None:
    """Names the stage after one; the first after None; None after the last."""
    if stage is None:
        return STAGES[0]
    position = STAGES.index(stage) + 1
    return STAGES[position] if position < len(STAGES) else None


def answered(before: Next) -> Next:
    """Returns the end of a cycle that an answer has ended, as its row says it too (R7)."""
    return Next(do="end", outcome="responded", last_stage=before.last_stage, urgent=before.urgent)

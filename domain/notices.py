"""What a specialist is told when somebody answers: who wrote what, what it stopped, what can be done now."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from domain import letters_text, names
from domain.cadence import Outcome
from domain.inbound import Effect, MailKind
from domain.letters import Brand, Model, Sender, Stage
from domain.outcomes import OUTCOMES, PitchOutcome

Intent = Literal[
    "interested", "wants_interview", "needs_information", "declines", "wrong_person", "later", "unclear"
]

MOST_QUOTED = 4000
"""Characters of a reply that a notice quotes; the inbox keeps all of it."""

LONGEST_NAME = 80
LONGEST_ADDRESS = 254
MOST_LISTED = 5

CALLED: Mapping[str, str] = {"human": "reply", "unsubscribe": "opt-out", "complaint": "complaint"}
"""What a message of a kind is called."""

_BLANK_LINES = re.compile(r"\n{3,}")

_SUGGESTS: Mapping[Intent, PitchOutcome] = {
    "interested": "interview",
    "wants_interview": "interview",
    "declines": "declined",
}


class Proposal(Model):
    """What a language model reads in a reply: for a person to confirm, never acted on alone."""

    intent: Intent
    candidate_ids: tuple[str, ...] = ()
    """Those of the cycle that the reply speaks of."""
    why: str = ""


class Links(Model):
    """Where a person can look further; a link whose base is not set is left out."""

    web_ui: str | None = None
    """Temporal's Web UI, such as `http://localhost:8233`."""
    namespace: str = "default"
    dashboard: str | None = None
    """The organisation's own pages, such as `https://outreach.example.org`."""

    def of(self, cycle_id: str) -> tuple[tuple[str, str], ...]:
        """Lists (what is there, address) for a cycle."""
        found = []
        if self.dashboard:
            found.append(("The thread", f"{self.dashboard.rstrip('/')}/cycles/{cycle_id}"))
        if self.web_ui:
            page = f"namespaces/{self.namespace}/workflows/{names.workflow_id(cycle_id)}"
            found.append(("Its workflow, in the Temporal Web UI", f"{self.web_ui.rstrip('/')}/{page}"))
        return tuple(found)


class Writer(Model):
    """Who a message is from, or about."""

    name: str = ""
    """As the records have it, else as the message says."""
    address: str = ""
    known: bool = False
    """One of the company's contacts."""

    @property
    def called(self) -> str:
        """What a notice calls them."""
        return self.name or self.address or "Somebody"


class Answered(Model):
    """The e-mail that a message answers."""

    stage: Stage
    sent_at: datetime | None
    sender: str


class PutForward(Model):
    """A candidate of the cycle."""

    candidate_id: str
    name: str
    status: str


class Resting(Model):
    """A cycle that waits because somebody answered another one."""

    cycle_id: str
    role_title: str
    until: datetime


class Notice(Model):
    """All that a notice may say; made of records, of the message, and of what was done about it."""

    id: int
    cycle_id: str
    kind: MailKind
    effect: Effect
    outcome: Outcome | None = None
    """How the cycle has ended, if it has."""
    closed_at: datetime | None = None
    company_name: str
    role_title: str
    thread_subject: str = ""
    writer: Writer
    subject: str = ""
    text: str = ""
    message_id: str | None = None
    received_at: datetime
    by_sender_alone: bool = False
    """Nothing but its sender says that it belongs to this cycle."""
    addresses: tuple[str, ...] = ()
    """Those that are not written to any more because of it."""
    answered: Answered | None = None
    people: tuple[PutForward, ...] = ()
    resting: tuple[Resting, ...] = ()
    specialist: Sender | None = None
    """Whom to tell."""

    @property
    def late(self) -> bool:
        """Whether the cycle had ended otherwise before the first reply came."""
        return self.effect == "responded" and self.outcome not in (None, "responded")

    @property
    def undecided(self) -> tuple[str, ...]:
        """Lists the candidates whose outcome can be recorded now: answered, and without one."""
        return tuple(one.candidate_id for one in self.people if one.status == "responded")

    @property
    def reply_subject(self) -> str:
        """The subject that an answer has at the partner's: their own."""
        return letters_text.reply_line(self.subject or self.thread_subject or self.role_title)

    def steps(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Lists (what a person can do, the commands for it), but for what needs none."""
        cycle = self.cycle_id
        found: list[tuple[str, tuple[str, ...]]] = []
        if self.kind == "human" and self.undecided:
            outcomes = tuple(outcome_command(cycle, one, "OUTCOME") for one in self.undecided)
            *most, last = OUTCOMES
            words = f"Record what becomes of each: OUTCOME is {', '.join(most)} or {last}."
            found.append((words, outcomes))
        if self.resting:
            resumed = tuple(command("resume", one.cycle_id) for one in self.resting[:MOST_LISTED])
            found.append(("Let a waiting thread go on now.", resumed))
        if self.kind == "unsubscribe" and self.addresses:
            again = tuple(command("unsuppress", one) for one in self.addresses)
            found.append(("Write to them again, should they have meant something else.", again))
        found.append(("See everything about this thread.", (command("show", cycle),)))
        return tuple(found)

    def name_of(self, candidate_id: str) -> str:
        """Names a candidate of the cycle."""
        return next(one.name for one in self.people if one.candidate_id == candidate_id)

    def suggested(self, proposal: Proposal | None) -> tuple[str, ...]:
        """Lists the commands that a proposal comes down to, for a person to run or not."""
        outcome = _SUGGESTS.get(proposal.intent) if proposal else None
        if proposal is None or outcome is None:
            return ()
        about = [one for one in proposal.candidate_ids if one in self.undecided]
        return tuple(outcome_command(self.cycle_id, one, outcome) for one in about)


class NoticeContext(Model):
    """All that the templates of a notice may use."""

    notice: Notice
    proposal: Proposal | None = None
    brand: Brand
    links: Links = Links()
    zone: str = "UTC"


def command(name: str, *arguments: str) -> str:
    """Writes a command as a shell takes it, whatever a record's id holds."""
    return f"starter.py {shlex.join((name, *arguments))}"


def outcome_command(cycle_id: str, candidate_id: str, outcome: str) -> str:
    """Writes the command that records what became of a candidate."""
    return command("outcome", cycle_id, candidate_id, outcome)


def described(one: PutForward) -> str:
    """Names a candidate, with what sets the pitch apart from one that awaits its outcome."""
    usual = one.status in ("claimed", "pitched", "responded")
    return one.name if usual else f"{one.name} ({one.status.replace('_', ' ')})"


def bounded(context: NoticeContext) -> NoticeContext:
    """Copies a context with every text in it on one line, the stranger's own shortened."""
    flat = letters_text.flat(context)
    writer = flat.notice.writer
    short = {"name": letters_text.subject_line(writer.name, LONGEST_NAME)}
    short["address"] = letters_text.subject_line(writer.address, LONGEST_ADDRESS)
    changes = {
        "writer": writer.model_copy(update=short),
        "addresses": flat.notice.addresses[:MOST_LISTED],
        "subject": letters_text.subject_line(flat.notice.subject),
    }
    return flat.model_copy(update={"notice": flat.notice.model_copy(update=changes)})


def quoted(text: str, most: int = MOST_QUOTED) -> str:
    """Makes a stranger's text fit to be shown: no controls, no runs of blank lines, `most` characters.

    Cut at a word, with an ellipsis.
    """
    lines = (letters_text.one_line(line) for line in text[: 4 * most].splitlines())
    clean = _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
    if len(clean) <= most:
        return clean
    kept = clean[: most - 1]
    at_a_word = re.sub(r"\s\S*$", "", kept) if len(kept.split()) > 1 else kept
    return at_a_word.rstrip() + "…"


def moment(at: datetime, zone: str) -> str:
    """Writes an instant as people of the organisation read it: `8 June 2026, 10:00 BST`."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{letters_text.day(local.date())}, {local:%H:%M %Z}"

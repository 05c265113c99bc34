"""Everything about one cycle, for the person who asks (`show`): state, people, e-mails, what happened."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from domain.cadence import Next, Outcome
from domain.letters import Model, Stage
from domain.outcomes import PitchOutcome, open_to
from domain.received import Received


class Pitch(Model):
    """One candidate put forward for the cycle's role."""

    candidate_id: str
    first_name: str
    last_name: str
    status: str
    cycle_number: int
    score: float | None
    start_date: date
    visa_required: bool
    responded_at: datetime | None = None
    interview_at: datetime | None = None
    outcome_at: datetime | None = None

    @property
    def name(self) -> str:
        """The candidate's name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def may_become(self) -> tuple[PitchOutcome, ...]:
        """What can still be said of it."""
        return open_to(self.status, answered=self.responded_at is not None)


class Email(Model):
    """One row of `outreach_log`, as it was written."""

    id: int
    stage: Stage
    status: str
    urgent: bool
    sender: str
    recipients: tuple[str, ...]
    refused: dict[str, str]
    deferred: dict[str, str]
    bounced: dict[str, str] = Field(default_factory=dict)
    """Addresses whose delivery failed after a server had accepted it, with the bounce's words."""
    delivered_at: datetime | None = None
    subject: str
    text: str
    html: str = ""
    message_id: str
    in_reply_to: str | None
    candidate_ids: tuple[str, ...]
    attempts: int
    created_at: datetime
    in_flight_since: datetime | None
    sent_at: datetime | None
    uncertain_at: datetime | None
    response_received_at: datetime | None
    error: str | None


class Happening(Model):
    """Something that happened to the cycle: a kind, and a detail such as a stage or an id."""

    at: datetime
    kind: str
    detail: str


class Child(Model):
    """A cycle that this one started for its candidates' next roles (R8)."""

    id: str
    title: str
    company: str
    status: str
    outcome: Outcome | None


class Dossier(Model):
    """A cycle in full."""

    cycle_id: str
    workflow_id: str
    web_ui: str | None = None
    """The workflow's page in Temporal's Web UI, where its address is known."""
    role_id: str
    title: str
    location: str
    role_status: str
    company_id: str
    company: str
    specialist_id: str | None = None
    specialist: str = ""
    """Who signs, or would sign, by name."""
    generation: int
    run_id: str | None
    admitted_run_id: str | None
    parent_cycle_id: str | None
    urgent: bool
    status: str
    stage: Stage | None
    outcome: Outcome | None
    held_reason: str | None
    draft_id: int | None
    """The letter that waits for a person's word, if one does."""
    created_at: datetime
    responded_at: datetime | None
    closed_at: datetime | None
    slot_week: date | None
    subject: str | None
    next: Next
    pitches: tuple[Pitch, ...]
    emails: tuple[Email, ...]
    events: tuple[Happening, ...]
    children: tuple[Child, ...]
    messages: tuple[Received, ...] = ()
    """What came in about it, oldest first."""
    email_id: int | None = None
    """The e-mail that was asked for, if it was one."""

    @property
    def names(self) -> dict[str, str]:
        """The candidates' names by id."""
        return {one.candidate_id: one.name for one in self.pitches}

    @property
    def may_be_reopened(self) -> bool:
        """Whether its answer can be taken back: it has one, and no outcome is on record (db/reopening.py)."""
        decided = any(one.outcome_at or one.interview_at for one in self.pitches)
        return self.responded_at is not None and not decided

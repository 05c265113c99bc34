"""What workflows, steps and clients say to each other; histories hold these, so they carry ids alone.

New fields get defaults: a worker of today reads what a worker of last month wrote, and the other way.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from domain.cadence import Message, Next, Outcome
from domain.letters import Stage

EventKind = Literal[
    "response_received",
    "admitted",
    "candidate_withdrawn",
    "role_closed",
    "pause",
    "resume",
    "stop",
    "send_next_now",
]


class CycleStart(Message):
    """What a cycle's workflow is started with."""

    cycle_id: str
    role_id: str
    company_id: str
    title: str
    """Role title and company, such as "Data Analyst at Acme"; no person's name."""
    generation: int
    urgent: bool
    next: Next


class CycleEnd(Message):
    """What a cycle's workflow returns."""

    outcome: Outcome
    children: tuple[str, ...] = ()


class Event(Message):
    """Something that a cycle was told by a signal."""

    kind: EventKind
    log_id: int | None = None
    force: bool = False
    ended: bool = False


class ResponseReceived(Message):
    """The signal of a reply; with an outreach_log id where it is known which e-mail was answered."""

    log_id: int | None = None
    ended: bool = False
    """The answer is on record and has ended the cycle: there is nothing left to ask the database."""


class SendNow(Message):
    """The signal that looks at a cycle at once; `force` sends the next follow-up before it is due."""

    force: bool = False


class SendLetter(Message):
    """The order to send one stage of a cycle, at the workflow's time."""

    cycle_id: str
    stage: Stage
    now: datetime
    force: bool = False
    again: bool = False
    """An earlier step for this stage has ended without a result: whatever it began is over."""


class Settle(Message):
    """The order to bring a cycle's row in line with what its workflow was told."""

    cycle_id: str
    events: tuple[Event, ...]
    now: datetime


class MoveOn(Message):
    """The order to close a cycle whose time has come, and to book its candidates' next roles (R8)."""

    cycle_id: str
    now: datetime
    candidate_id: str | None = None
    """After a decline: this candidate's next roles alone."""


class MovedOn(Message):
    """What the cycle does now, and the children to start if it ended."""

    next: Next
    children: tuple[CycleStart, ...] = ()


class DeclineStart(Message):
    """What the workflow of a declined candidate is started with."""

    cycle_id: str
    candidate_id: str


class RunRequest(Message):
    """What a run is asked for; `after` is where a continued run goes on."""

    max_roles: int | None = None
    roles: tuple[str, ...] | None = None
    after: str | None = None
    counts: RunCounts | None = None


class RunCounts(Message):
    """What a run planned."""

    planned: int = 0
    started: int = 0
    admitted: int = 0
    passed_over: int = 0
    restarted: int = 0


class PlanRun(Message):
    """The order to plan, claim and book a run in one transaction (R17)."""

    run_id: str
    now: datetime
    max_roles: int | None = None
    roles: tuple[str, ...] | None = None


class PageOfRun(Message):
    """The order for the next cycles of a run, in order of id."""

    run_id: str
    after: str | None
    most: int


class Page(Message):
    """Cycles to start, waiting ones that were admitted, and where to go on (None at the end)."""

    starts: tuple[CycleStart, ...] = ()
    admitted: tuple[str, ...] = ()
    after: str | None = None


class FinishRun(Message):
    """The order to note that every cycle of a run has been started."""

    run_id: str
    started: int
    now: datetime


class Reconcile(Message):
    """The order to mend what fell between the database and Temporal (R17)."""

    now: datetime


class Reconciled(Message):
    """What `reconcile` found and did (R17)."""

    restarted: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    without_row: tuple[str, ...] = ()
    moved_on: tuple[str, ...] = ()
    """Declined candidates who had not moved on, as workflow ids."""


class NoticeStart(Message):
    """What a notice's workflow is started with."""

    notice_id: int


class SendNotice(Message):
    """The order to send one notice to the specialist whom it concerns."""

    notice_id: int
    now: datetime


class SweepInbox(Message):
    """The order to take up what came in and was not finished."""

    now: datetime


class SweptInbox(Message):
    """What a sweep did."""

    processed: int = 0
    left: int = 0
    notices: int = 0
    read: int = 0
    """New messages that the mailbox had."""
    told: int = 0
    """Workflows that had not heard what a person decided."""


RunRequest.model_rebuild()

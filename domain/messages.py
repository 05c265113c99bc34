"""What workflows, steps and clients say to each other; histories hold these, so they carry ids alone.

New fields get defaults: a worker of today reads what a worker of last month wrote.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from domain.cadence import Next, Outcome
from domain.letters import Model, Stage

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


class CycleStart(Model):
    """What a cycle's workflow is started with."""

    cycle_id: str
    role_id: str
    company_id: str
    title: str
    """Role title and company, such as "Data Analyst at Acme"; no person's name."""
    generation: int
    urgent: bool
    next: Next


class CycleEnd(Model):
    """What a cycle's workflow returns."""

    outcome: Outcome
    children: tuple[str, ...] = ()


class Event(Model):
    """Something that a cycle was told by a signal."""

    kind: EventKind
    log_id: int | None = None
    force: bool = False


class ResponseReceived(Model):
    """The signal of a reply; with an outreach_log id where it is known which e-mail was answered."""

    log_id: int | None = None


class SendNow(Model):
    """The signal that looks at a cycle at once; `force` sends the next follow-up before it is due."""

    force: bool = False


class SendLetter(Model):
    """The order to send one stage of a cycle, at the workflow's time."""

    cycle_id: str
    stage: Stage
    now: datetime
    force: bool = False


class Settle(Model):
    """The order to bring a cycle's row in line with what its workflow was told."""

    cycle_id: str
    events: tuple[Event, ...]
    now: datetime


class MoveOn(Model):
    """The order to close a cycle whose time has come, and to book its candidates' next roles (R8)."""

    cycle_id: str
    now: datetime


class MovedOn(Model):
    """What the cycle does now, and the children to start if it ended."""

    next: Next
    children: tuple[CycleStart, ...] = ()


class RunRequest(Model):
    """What a run is asked for; `after` is where a continued run goes on."""

    max_roles: int | None = None
    roles: tuple[str, ...] | None = None
    after: str | None = None
    counts: RunCounts | None = None


class RunCounts(Model):
    """What a run planned."""

    planned: int = 0
    started: int = 0
    admitted: int = 0
    passed_over: int = 0
    restarted: int = 0


class PlanRun(Model):
    """The order to plan, claim and book a run in one transaction (R17)."""

    run_id: str
    now: datetime
    max_roles: int | None = None
    roles: tuple[str, ...] | None = None


class PageOfRun(Model):
    """The order for the next cycles of a run, in order of id."""

    run_id: str
    after: str | None
    most: int


class Page(Model):
    """Cycles to start, waiting ones that were admitted, and where to go on (None at the end)."""

    starts: tuple[CycleStart, ...] = ()
    admitted: tuple[str, ...] = ()
    after: str | None = None


class FinishRun(Model):
    """The order to note that every cycle of a run has been started."""

    run_id: str
    started: int
    now: datetime


class Reconcile(Model):
    """The order to mend what fell between the database and Temporal (R17)."""

    now: datetime


class Reconciled(Model):
    """What `reconcile` found and did (R17)."""

    restarted: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    without_row: tuple[str, ...] = ()


RunRequest.model_rebuild()

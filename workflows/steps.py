"""Each activity as a typed step: its time-out and retry policy beside its name, with the reason.

Workflows know activities by these names alone, so that no SQL, SMTP or template code is ever loaded in
the sandbox; a contract test compares each step with its activity's type hints.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TypedDict

from temporalio import workflow
from temporalio.common import Priority, RetryPolicy
from temporalio.workflow import ActivityCancellationType

from domain import names
from domain.cadence import Next
from domain.letters import STAGE_NAMES
from domain.messages import (
    FinishRun,
    MovedOn,
    MoveOn,
    Page,
    PageOfRun,
    PlanRun,
    Reconcile,
    Reconciled,
    RunCounts,
    SendLetter,
    SendNotice,
    Settle,
    SweepInbox,
    SweptInbox,
)

URGENT = Priority(priority_key=1)
NORMAL = Priority(priority_key=3)

# A database or a mail server comes back some time: nothing is given up, and nobody is hammered.
UNTIL_IT_WORKS = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    backoff_coefficient=2,
    maximum_interval=timedelta(minutes=5),
)

# One transaction on a database that answers: seconds. Planning the whole set under load: less than this.
TRANSACTION = timedelta(minutes=2)

# Bios (20 s, R13), one hand-over (`Transport.longest`: 210 s for SMTP) and the transactions around it:
# the attempt always ends by itself before this, so that its end is on record (R10).
SENDING = timedelta(minutes=5)

# Every step says every few seconds that it is worked on (activities/alive.py). One that falls silent lost
# its worker: another takes over after this, not after the whole time-out. Long enough for a busy machine.
ALIVE = timedelta(seconds=20)


class Shared(TypedDict):
    """Options that several steps share."""

    start_to_close_timeout: timedelta
    heartbeat_timeout: timedelta
    retry_policy: RetryPolicy


BOOKED = Shared(start_to_close_timeout=TRANSACTION, heartbeat_timeout=ALIVE, retry_policy=UNTIL_IT_WORKS)

# Looks at many things, so minutes; few attempts, since another is under way soon anyway.
MENDING = Shared(
    start_to_close_timeout=timedelta(minutes=10),
    heartbeat_timeout=ALIVE,
    retry_policy=RetryPolicy(maximum_attempts=3),
)


async def send_letter(order: SendLetter, *, urgent: bool) -> Next:
    """Claims, sends and records one e-mail, each committed by itself; returns what comes next (R7, R10).

    Not cancelled while a server may be listening: a cancelled step ends with its attempt.
    """
    done: Next = await workflow.execute_activity(
        "send_letter",
        order,
        result_type=Next,
        task_queue=names.mail_queue(workflow.info().task_queue),
        start_to_close_timeout=SENDING,
        heartbeat_timeout=ALIVE,
        retry_policy=UNTIL_IT_WORKS,
        cancellation_type=ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        priority=URGENT if urgent else NORMAL,
        summary=f"{STAGE_NAMES[order.stage]}{' (urgent)' if urgent else ''}",
    )
    return done


async def settle(order: Settle) -> Next:
    """Brings the cycle's row in line with what the workflow was told; returns what comes next (R7, R15)."""
    done: Next = await workflow.execute_activity(
        "settle",
        order,
        result_type=Next,
        summary=", ".join(event.kind for event in order.events) or "look again",
        **BOOKED,
    )
    return done


async def move_on(order: MoveOn) -> MovedOn:
    """Closes a cycle whose time has come and books its candidates' next roles, in one booking (R8, R17)."""
    done: MovedOn = await workflow.execute_activity(
        "move_on",
        order,
        result_type=MovedOn,
        summary="Book next roles" if order.candidate_id else "Close and book next roles",
        **BOOKED,
    )
    return done


async def plan_run(order: PlanRun) -> RunCounts:
    """Plans, claims and books a run in one transaction (R17)."""
    done: RunCounts = await workflow.execute_activity(
        "plan_run",
        order,
        result_type=RunCounts,
        summary="Plan, claim and book",
        **BOOKED,
    )
    return done


async def page_of_run(order: PageOfRun) -> Page:
    """Reads the next cycles of a run."""
    done: Page = await workflow.execute_activity(
        "page_of_run",
        order,
        result_type=Page,
        summary="Next cycles" if order.after else "First cycles",
        **BOOKED,
    )
    return done


async def finish_run(order: FinishRun) -> None:
    """Notes that every cycle of a run has been started, so that `reconcile` looks after them."""
    await workflow.execute_activity(
        "finish_run",
        order,
        summary=f"{order.started} cycles started",
        **BOOKED,
    )


async def send_notice(order: SendNotice) -> None:
    """Sends one notice to a specialist; a mail server that is away is waited for (R11)."""
    await workflow.execute_activity(
        "send_notice",
        order,
        task_queue=names.mail_queue(workflow.info().task_queue),
        start_to_close_timeout=SENDING,
        heartbeat_timeout=ALIVE,
        retry_policy=UNTIL_IT_WORKS,
        summary="Tell the specialist",
    )


async def sweep_inbox(order: SweepInbox) -> SweptInbox:
    """Takes up what came in and was not finished. Few attempts: the next sweep comes in minutes."""
    done: SweptInbox = await workflow.execute_activity(
        "sweep_inbox",
        order,
        result_type=SweptInbox,
        summary="Take up what came in",
        **MENDING,
    )
    return done


async def reconcile(order: Reconcile) -> Reconciled:
    """Mends what fell between database and Temporal (R17). Asks Temporal about many cycles: minutes."""
    done: Reconciled = await workflow.execute_activity(
        "reconcile",
        order,
        result_type=Reconciled,
        summary="Reconcile database and workflows",
        **MENDING,
    )
    return done

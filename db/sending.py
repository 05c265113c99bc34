"""Check and claim, record: the two transactions around handing one e-mail over (R5, R7, R9 to R11)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db import cycles, letters
from db.pool import Connection
from db.sql import queries
from domain import cadence
from domain.cadence import Next
from domain.letters import (
    Accepted,
    AllRefused,
    Brand,
    Delivery,
    Envelope,
    Letter,
    LetterContext,
    Outage,
    Recipient,
    Sender,
    Stage,
)
from domain.planning import Ranked, urgent
from domain.rules import Rules

sql = queries("sending")
rows = queries("cycles")

TOLERANCE = timedelta(seconds=1)
"""How much earlier than due a step may find itself: timers are rounded."""

IN_FLIGHT = timedelta(minutes=4)
"""An attempt is over after this long: above the activity's time-out (workflows/steps.py)."""


@dataclass(frozen=True, slots=True)
class Order:
    """One stage of one cycle to send, at a moment; `force` sends before it is due."""

    cycle_id: str
    stage: Stage
    now: datetime
    force: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What a claim needs besides the records."""

    rules: Rules
    brand: Brand
    bios: letters.Bios
    message_id: str
    render: Callable[[LetterContext], Letter]


@dataclass(frozen=True, slots=True)
class Claimed:
    """An e-mail that may be handed over now, exactly as it stands."""

    log_id: int
    letter: Letter
    envelope: Envelope


class HoldAll(Exception):
    """Nothing at all is handed to a mail server for now (`hold-all`)."""


async def claim(conn: Connection, order: Order, terms: Terms) -> Claimed | Next:
    """Checks everything once more under the cycle's lock, then claims the e-mail (R7).

    Returns what the cycle does instead if the e-mail must not go. Raises `HoldAll`.
    """
    row = await cycles.lock(conn, order.cycle_id)
    email = await _earlier_attempt(conn, row, order, terms.rules)
    row = await rows.find.one(conn, cycle=order.cycle_id)
    if row["status"] == "active" and await cycles.revalidate(conn, row, terms.rules, order.now):
        if not _is_due(row, order):
            return await cycles.next_step(conn, order.cycle_id)
        if await sql.hold_all.value(conn):
            raise HoldAll
        if await _has_slot(conn, row, email, order, terms.rules):
            return await _write(conn, row, email, order, terms)
    await _skip(conn, email, order)
    return await cycles.next_step(conn, order.cycle_id)


async def _earlier_attempt(conn: Connection, row: Any, order: Order, rules: Rules) -> Any:
    """Reads the stage's row; an attempt without a recorded end is uncertain, and may hold the cycle (R10)."""
    email = await sql.email.one(conn, cycle=order.cycle_id, stage=order.stage)
    if email is None:
        return None
    if email["in_flight_since"] is not None:
        await uncertain(conn, row, email["id"], "the attempt ended without a record", rules, order.now)
    elif email["status"] == "uncertain" and rules.on_uncertain_send == "hold" and not email["resend"]:
        await _hold_uncertain(conn, row, order.now)
    return await sql.email.one(conn, cycle=order.cycle_id, stage=order.stage)


async def uncertain(conn: Connection, row: Any, log_id: int, why: str, rules: Rules, now: datetime) -> None:
    """Notes that an e-mail was handed over and its end is unknown; by setting, holds the cycle (R10)."""
    await sql.mark_uncertain.run(conn, log=log_id, now=now, error=why)
    await cycles.event(conn, row["id"], "uncertain", str(log_id), now)
    if rules.on_uncertain_send == "hold":
        await _hold_uncertain(conn, row, now)


async def _hold_uncertain(conn: Connection, row: Any, now: datetime) -> None:
    if row["status"] in ("active", "waiting"):
        await cycles.hold(conn, row, "uncertain", now)


def _is_due(row: Any, order: Order) -> bool:
    """Tells whether this stage is the next one and its time has come."""
    if cadence.following(row["stage"]) != order.stage:
        return False
    due = row["next_action_at"]
    return order.force or due is None or due <= order.now + TOLERANCE


async def _has_slot(conn: Connection, row: Any, email: Any, order: Order, rules: Rules) -> bool:
    """Verifies a first e-mail's slot, takes one of this week, or sends the cycle back to wait (R5)."""
    week = rules.week(order.now)
    uncertain_keeps = email is not None and email["uncertain_at"] is not None
    if order.stage != "initial" or uncertain_keeps or row["slot_week"] == week:
        return True
    taken = await rows.take_slots.all(
        conn, week=week, weekly_limit=rules.weekly_limit, companies=[row["company_id"]], counts=[1]
    )
    if taken:
        await sql.take_slot_for.run(conn, cycle=row["id"], week=week)
        return True
    await rows.set_waiting.run(conn, cycle=row["id"], until=rules.end_of_wait(order.now))
    await cycles.event(conn, row["id"], "waiting", "no slot of this week", order.now)
    return False


async def _write(conn: Connection, row: Any, email: Any, order: Order, terms: Terms) -> Claimed | Next:
    """Fixes what the first e-mail fixes, renders the letter, and writes the row as `sending`."""
    thread = await _thread(conn, row["id"], order.stage)
    to = await _recipients(conn, row, email, thread)
    if not to:
        await cycles.close(conn, row, "undeliverable", order.now)
        await _skip(conn, email, order)
        return await cycles.next_step(conn, order.cycle_id)
    signed = await _sender(conn, row, thread, email)
    if signed is None:
        await cycles.hold(conn, row, "no_specialist", order.now)
        return await cycles.next_step(conn, order.cycle_id)
    return await _claim(conn, row, email, order, terms, to=to, signed=signed, thread=thread)


async def _claim(
    conn: Connection,
    row: Any,
    email: Any,
    order: Order,
    terms: Terms,
    *,
    to: Sequence[Recipient],
    signed: tuple[str, Sender],
    thread: Sequence[Any],
) -> Claimed:
    people = await cycles.candidates(conn, row["id"])
    fixed = bool(thread) or email is not None
    is_urgent = row["urgent"] if fixed else _urgent(people, terms.rules, order.now)
    ids = [one.candidate_id for one in people]
    context = await letters.context(
        conn,
        row["role_id"],
        order.stage,
        to=to,
        candidate_ids=ids,
        bios=terms.bios,
        signed=signed[1],
        brand=terms.brand,
        urgent=is_urgent,
        subject=row["subject"] if thread else None,
    )
    letter = terms.render(context)
    if not thread:
        subject = row["subject"] if email is not None else letter.subject
        letter = letter.model_copy(update={"subject": subject})
        await sql.fix_thread.run(
            conn, cycle=row["id"], urgent=is_urgent, specialist=signed[0], subject=subject
        )
    references = tuple(one["message_id"] for one in thread)
    claimed = await sql.claim.one(
        conn,
        cycle=row["id"],
        role=row["role_id"],
        company=row["company_id"],
        stage=order.stage,
        urgent=is_urgent,
        sender=signed[1].email,
        recipients=[one.email for one in to],
        contacts=[one.contact_id for one in to],
        candidates=ids,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        message_id=terms.message_id,
        in_reply_to=references[-1] if references else None,
        template=order.stage,
        variant="default",
        now=order.now,
    )
    envelope = Envelope(
        sender=signed[1],
        recipients=tuple(to),
        message_id=claimed["message_id"],
        in_reply_to=references[-1] if references else None,
        references=references,
        urgent=is_urgent,
    )
    return Claimed(claimed["id"], letter, envelope)


def _urgent(people: Sequence[Ranked], rules: Rules, now: datetime) -> bool:
    return urgent(people, rules.today(now))


async def _thread(conn: Connection, cycle_id: str, stage: Stage) -> list[Any]:
    """Lists the e-mails that this one answers: all before it that a server accepted or may have."""
    emails = await rows.emails.all(conn, cycle=cycle_id)
    return [one for one in emails if one["stage"] != stage and one["status"] in ("sent", "uncertain")]


async def _recipients(conn: Connection, row: Any, email: Any, thread: Sequence[Any]) -> list[Recipient]:
    """All eligible partner contacts; once the first e-mail was claimed, those of its own left (R11)."""
    eligible = await letters.recipients(conn, row["company_id"])
    fixed = thread[0] if thread else email
    if fixed is None:
        return list(eligible)
    refused = {address.lower() for address in fixed["refused"]}
    return [
        one for one in eligible if one.contact_id in fixed["contact_ids"] and one.email.lower() not in refused
    ]


async def _sender(conn: Connection, row: Any, thread: Sequence[Any], email: Any) -> tuple[str, Sender] | None:
    """The company's specialist, else the default one; fixed with the first e-mail (R3, R11)."""
    fixed = thread[0] if thread else email
    wanted = row["specialist_id"]
    if wanted is None:
        wanted = (await letters.sql.company.one(conn, company=row["company_id"]))["specialist_id"]
    found = await letters.specialist(conn, wanted)
    if found is None:
        return None
    return found["id"], letters.sender(found, email=fixed["sender"] if fixed else None)


async def _skip(conn: Connection, email: Any, order: Order) -> None:
    """Ends an e-mail that was claimed and must not go any more, once its cycle is closed (R9)."""
    row = await rows.find.one(conn, cycle=order.cycle_id)
    if row["status"] == "closed":
        if email is not None:
            await sql.mark_skipped.run(conn, log=email["id"])
        await cycles.give_back(conn, order.cycle_id, order.now)


async def record(conn: Connection, log_id: int, delivery: Delivery, rules: Rules, now: datetime) -> Next:
    """Records how an attempt ended, under the cycle's lock, and returns what the cycle does next.

    A reply recorded in between has closed the cycle: the e-mail crossed it, its row says so, the outcome
    stays (R7).
    """
    email = await sql.email_by_id.one(conn, log=log_id)
    row = await cycles.lock(conn, email["cycle_id"])
    if isinstance(delivery, Accepted):
        await _sent(conn, row, email, delivery, rules, now)
    elif isinstance(delivery, AllRefused):
        await _failed(conn, row, email, delivery, now)
    elif isinstance(delivery, Outage):
        await sql.mark_refused.run(conn, log=log_id, error=f"{delivery.code}: {delivery.words}")
    else:
        await uncertain(conn, row, log_id, delivery.words, rules, now)
    if row["status"] == "closed":
        await _skip(conn, email, Order(row["id"], email["stage"], now))
    return await cycles.next_step(conn, row["id"])


async def _sent(
    conn: Connection, row: Any, email: Any, delivery: Accepted, rules: Rules, now: datetime
) -> None:
    stage, cycle_id = email["stage"], row["id"]
    due = now + rules.follow_up_interval
    await sql.mark_sent.run(
        conn, log=email["id"], now=now, refused=dict(delivery.refused), service_id=delivery.service_id
    )
    await sql.advance.run(conn, cycle=cycle_id, stage=stage, due=due)
    await sql.pitch_all.run(conn, cycle=cycle_id, candidates=email["candidate_ids"], now=now)
    await _suppress(conn, delivery.refused, now)
    await sql.finish_task.run(conn, cycle=cycle_id, stage=stage, now=now)
    if row["status"] != "closed":
        coming = cadence.following(stage) or "next_roles"
        await sql.plan_task.run(conn, cycle=cycle_id, stage=coming, due=due)
    await cycles.event(conn, cycle_id, "sent", stage, now)


async def _failed(conn: Connection, row: Any, email: Any, delivery: AllRefused, now: datetime) -> None:
    await sql.mark_failed.run(
        conn, log=email["id"], refused=dict(delivery.refused), error="every recipient was refused for good"
    )
    await _suppress(conn, delivery.refused, now)
    await cycles.event(conn, row["id"], "refused", email["stage"], now)
    await cycles.close(conn, row, "undeliverable", now)


async def _suppress(conn: Connection, refused: Any, now: datetime) -> None:
    for address in refused:
        await sql.suppress_address.run(conn, address=address, reason="refused by its server", now=now)

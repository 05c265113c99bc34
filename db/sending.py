"""Check and claim: the transaction before an e-mail is handed over (R5, R7, R9 to R11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db import cycles, deliveries, drafts, threads, windows, writing
from db.deliveries import record as record
from db.drafts import Allowed
from db.pool import Connection
from db.sql import queries
from db.threads import Thread
from db.writing import Order as Order
from db.writing import Terms as Terms
from db.writing import Written
from domain import cadence, tokens
from domain.cadence import Next
from domain.letters import Envelope, Letter, WayBack
from domain.rules import Rules

sql = queries("sending")
rows = queries("cycles")
inbox = queries("inbox")

TOLERANCE = timedelta(seconds=1)
"""How much earlier than due a step may find itself: timers are rounded."""

IN_FLIGHT = timedelta(minutes=6)
"""An attempt is over after this long: above the activity's time-out (workflows/steps.py)."""


UNREAD = timedelta(minutes=10)
"""Mail that came in this recently is read, and followed up, before anything goes out; later it is stuck."""

READS = timedelta(seconds=2)
"""How long an e-mail waits for mail to be read, before it looks again."""


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
    thread = await threads.read(conn, order.cycle_id, order.stage)
    if _may_be_talking(thread.email, order):
        return await _after(conn, order, thread.email["in_flight_since"] + IN_FLIGHT)
    if thread.email is not None:
        row, thread = await _earlier_attempt(conn, row, thread.email, order, terms.rules)
    people = await cycles.revalidate(conn, row, terms.rules, order.now) if row["status"] == "active" else []
    if people:
        if not _is_due(row, order):
            return await cycles.next_step(conn, order.cycle_id)
        control = await sql.hold_all.one(conn)
        if control["hold_all"]:
            raise HoldAll
        if not order.force and await _unread(conn, row, order):
            return await _after(conn, order, order.now + READS)
        if not await _is_open(conn, row, order, terms.rules):
            return await cycles.next_step(conn, order.cycle_id)
        if await _has_slot(conn, row, thread.email, order, terms.rules):
            return await _write(conn, row, thread, people, order, terms, control["token_key"])
    await deliveries.end(conn, order.cycle_id, order.now)
    return await cycles.next_step(conn, order.cycle_id)


async def _unread(conn: Connection, row: Any, order: Order) -> bool:
    """Tells whether what came in moments ago may stop this cycle, or have it rest."""
    return bool(
        await inbox.unread.value(
            conn, since=order.now - UNREAD, company=row["company_id"], parent=row["parent_cycle_id"]
        )
    )


def _may_be_talking(email: Any, order: Order) -> bool:
    """Tells whether another attempt is perhaps with a server at this very moment."""
    if email is None or email["in_flight_since"] is None or order.again:
        return False
    return bool(email["in_flight_since"] + IN_FLIGHT > order.now)


async def _after(conn: Connection, order: Order, at: datetime) -> Next:
    """Returns the time to wait for, if the cycle still is to send (R7)."""
    step = await cycles.next_step(conn, order.cycle_id)
    return step.model_copy(update={"at": at}) if step.do == "send" else step


async def _earlier_attempt(
    conn: Connection, row: Any, email: Any, order: Order, rules: Rules
) -> tuple[Any, Thread]:
    """Settles what an attempt without a recorded end left behind; that may hold the cycle (R10)."""
    if email["in_flight_since"] is not None:
        await deliveries.lost(conn, row, email["id"], rules, order.now)
    elif email["status"] == "uncertain" and rules.on_uncertain_send == "hold" and not email["resend"]:
        await deliveries.hold_uncertain(conn, row, order.now)
    return (
        await rows.find.one(conn, cycle=order.cycle_id),
        await threads.read(conn, order.cycle_id, order.stage),
    )


def _is_due(row: Any, order: Order) -> bool:
    """Tells whether this stage is the next one and its time has come."""
    if cadence.following(row["stage"]) != order.stage:
        return False
    due = row["next_action_at"]
    return order.force or due is None or due <= order.now + TOLERANCE


async def _is_open(conn: Connection, row: Any, order: Order, rules: Rules) -> bool:
    """Tells whether the sending window is open, else moves the cycle's time to its next opening (R6).

    A person who forces a letter out decides on its hour too.
    """
    opening = await windows.opening(conn, row["company_id"], order.now, rules)
    if order.force or opening <= order.now + TOLERANCE:
        return True
    await sql.move_due.run(conn, cycle=row["id"], due=opening)
    await sql.move_task.run(conn, cycle=row["id"], stage=order.stage, due=opening)
    return False


async def _has_slot(conn: Connection, row: Any, email: Any, order: Order, rules: Rules) -> bool:
    """Verifies a first e-mail's slot, takes one of this week, or sends the cycle back to wait (R5)."""
    week = rules.week(order.now)
    uncertain_keeps = email is not None and email["uncertain_at"] is not None
    if order.stage != "initial" or uncertain_keeps or row["slot_week"] == week:
        return True
    await cycles.leave_slot(conn, row)
    taken = await rows.take_slots.all(
        conn, week=week, weekly_limit=rules.weekly_limit, companies=[row["company_id"]], counts=[1]
    )
    if taken:
        await sql.take_slot_for.run(conn, cycle=row["id"], week=week)
        return True
    await rows.set_waiting.run(conn, cycle=row["id"], until=rules.end_of_wait(order.now))
    await cycles.event(conn, row["id"], "waiting", "no slot of this week", order.now)
    return False


async def _write(
    conn: Connection,
    row: Any,
    thread: Thread,
    pitches: Sequence[Any],
    order: Order,
    terms: Terms,
    key: bytes,
) -> Claimed | Next:
    """Claims the e-mail for those left to write to; with none, or nobody to sign it, ends or holds (R7).

    One that a person has to approve waits for that first.
    """
    to = await threads.recipients(conn, row["company_id"], thread)
    signed = await threads.sender(conn, row, thread)
    if to and signed:
        written = await writing.write(conn, row, thread, order.stage, to, signed, pitches, terms, order.now)
        allowed = await drafts.allowed(conn, row, order, written, terms.rules)
        if allowed is not None:
            return await _claim(conn, row, thread, order, terms, written, allowed, key)
    elif to:
        await cycles.hold(conn, row, "no_specialist", order.now)
    else:
        await cycles.close(conn, row, "undeliverable", order.now)
    return await cycles.next_step(conn, order.cycle_id)


async def _claim(
    conn: Connection,
    row: Any,
    thread: Thread,
    order: Order,
    terms: Terms,
    written: Written,
    allowed: Allowed,
    key: bytes,
) -> Claimed:
    """Writes the row as `sending`; a stage claimed before keeps its Message-ID (R10).

    The first e-mail fixes the thread: urgency, sender, subject (R3).
    """
    letter = allowed.letter
    if thread.first is None:
        await sql.fix_thread.run(
            conn,
            cycle=row["id"],
            urgent=written.urgent,
            specialist=written.specialist_id,
            subject=letter.subject,
        )
    claimed = await sql.claim.one(
        conn,
        cycle=row["id"],
        role=row["role_id"],
        company=row["company_id"],
        stage=order.stage,
        urgent=written.urgent,
        sender=written.sender.email,
        recipients=written.addresses,
        contacts=written.contact_ids,
        candidates=written.candidate_ids,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        message_id=terms.message_id(written.sender.email),
        in_reply_to=thread.answers,
        template=order.stage,
        variant=allowed.variant,
        now=order.now,
    )
    way_back = _way_back(terms.way_back, key, row["ordinal"], claimed["id"], len(written.to))
    return Claimed(claimed["id"], letter, _envelope(thread, written, claimed["message_id"], way_back))


def _envelope(thread: Thread, written: Written, message_id: str, way_back: Mapping[str, str]) -> Envelope:
    return Envelope(
        sender=written.sender,
        recipients=written.to,
        message_id=message_id,
        in_reply_to=thread.answers,
        references=thread.references,
        urgent=written.urgent,
        **way_back,
    )


def _way_back(way: WayBack, key: bytes, ordinal: int, log_id: int, addressed: int) -> dict[str, str]:
    """Names where replies, bounces and an opt-out by one click go, as far as there is a way (R14)."""
    reply_to = tokens.reply_address(key, ordinal, way.inbound_domain) if way.inbound_domain else ""
    one_click = addressed == 1 and way.base_url.startswith("https://")
    return {
        "reply_to": reply_to,
        "return_path": reply_to if way.bounces else "",
        "opt_out_url": tokens.opt_out_url(key, log_id, way.base_url) if one_click else "",
    }

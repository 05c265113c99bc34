"""What an operator reads in the Web UI: where a cycle stands, why, and what comes next (SPEC section 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain import names
from domain.cadence import HELD, MOVES_ON, Next, following
from domain.letters import STAGE_NAMES
from domain.messages import CycleStart

_ENDED = {
    "responded": "A partner replied.",
    "no_response": "Nobody replied.",
    "undeliverable": "No address accepted the e-mail.",
    "role_closed": "The role was filled or closed.",
    "withdrawn": "No candidate is left.",
    "stopped": "A person stopped it.",
    "not_admitted": "It waited for a slot of the week until its time ran out.",
}


def summary(start: CycleStart) -> str:
    """Says in one line what a cycle is: "Data Analyst at Acme, 3 candidates, urgent" (200 bytes)."""
    count = len(start.next.candidate_ids)
    people = "1 candidate" if count == 1 else f"{count} candidates"
    tail = f", {people}{', urgent' if start.next.urgent else ''}"
    return start.title.encode()[: 200 - len(tail)].decode(errors="ignore") + tail


def page(start: CycleStart, step: Next, now: datetime, children: Sequence[str] = ()) -> str:
    """Says as Markdown where the cycle stands, and what happens next and why."""
    lines = [f"**{start.title}**", "", _next(step, now), ""]
    lines.append(f"- Last e-mail: {STAGE_NAMES[step.last_stage] if step.last_stage else 'nothing yet'}")
    if step.candidate_ids:
        lines.append(f"- Candidates: {', '.join(step.candidate_ids)}")
    lines.append(f"- Generation {start.generation}{', urgent' if step.urgent else ''}")
    lines.extend(f"- Next role: `{names.workflow_id(child)}`" for child in children)
    return "\n".join(lines)


def waiting(step: Next) -> str:
    """Says in a few words what a timer is for."""
    return {
        "send": f"until {STAGE_NAMES[step.stage].lower()} is due" if step.stage else "",
        "await_slot": "for a slot of the week",
        "await_reply": "for a reply, before the candidates move on",
        "await_release": "until released",
    }.get(step.do, "")


def _next(step: Next, now: datetime) -> str:
    if step.do == "send" and step.stage:
        return _sending(step, STAGE_NAMES[step.stage], now)
    if step.do == "await_slot":
        return f"Waiting for a **slot of the week**; a run gives them out. Gives up{_when(step.at)}."
    if step.do == "await_reply":
        return f"All letters are out. Next: **candidates move on**{_when(step.at)}, unless a partner replies."
    if step.do == "await_release":
        return _held(step)
    ended = _ENDED[step.outcome] if step.outcome else ""
    return f"**Ended.** {ended}{' The candidates move on.' if step.outcome in MOVES_ON else ''}"


def _sending(step: Next, letter: str, now: datetime) -> str:
    if step.at is None or step.at <= now:
        return f"Now: **{letter}** goes out. While it does not, its pending activity says why."
    why = "unless a partner replies first" if step.last_stage else "its slot is taken"
    return f"Next: **{letter}**{_when(step.at)}, {why}."


def _held(step: Next) -> str:
    coming = following(step.last_stage)
    then = STAGE_NAMES[coming] if coming else "Silence closes it"
    again = f" Looked at again{_when(step.at)}." if step.at else ""
    return (
        f"**Held**: {HELD.get(step.why, step.why)}.{again} The clock runs on. "
        f"Once released: **{then}**, at once if it is due."
    )


def _when(at: datetime | None) -> str:
    return f" on {at:%a %d %b %Y, %H:%M} UTC" if at else ""

"""What an operator reads in the Web UI: where a cycle stands, why, and what comes next (SPEC section 5)."""

from __future__ import annotations

from datetime import datetime

from domain.cadence import Next
from domain.letters import STAGE_NAMES
from domain.messages import CycleStart

_HELD = {
    "person": "a person paused it",
    "uncertain": "an e-mail was handed over and its end is unknown: `resume` with `--sent` or `--again`",
    "no_specialist": "there is no specialist to write from",
}

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
    tail = f", {people}{', urgent' if start.urgent else ''}"
    return start.title.encode()[: 200 - len(tail)].decode(errors="ignore") + tail


def page(start: CycleStart, step: Next) -> str:
    """Says as Markdown where the cycle stands, and what happens next and why."""
    lines = [f"**{start.title}**", "", _next(step), ""]
    sent = STAGE_NAMES[step.last_stage] if step.last_stage else "nothing yet"
    lines.append(f"- Last e-mail: {sent}")
    lines.append(f"- Candidates: {', '.join(step.candidate_ids) or 'none left'}")
    lines.append(f"- Generation {start.generation}{', urgent' if start.urgent else ''}")
    return "\n".join(lines)


def waiting(step: Next) -> str:
    """Says in a few words what a timer is for."""
    return {
        "send": f"until {STAGE_NAMES[step.stage].lower()} is due" if step.stage else "",
        "await_slot": "for a slot of the week",
        "await_reply": "for a reply, before the candidates move on",
        "await_release": "until released",
    }.get(step.do, "")


def _next(step: Next) -> str:
    when = _when(step.at)
    if step.do == "send" and step.stage:
        why = "unless a partner replies first" if step.last_stage else "its slot is taken"
        return f"Next: **{STAGE_NAMES[step.stage]}**{when}; {why}."
    if step.do == "await_slot":
        return f"Waiting for a **slot of the week**; a run gives them out. Gives up{when}."
    if step.do == "await_reply":
        return f"All letters are out. Next: **candidates move on**{when}, unless a partner replies first."
    if step.do == "await_release":
        until = f" Looked at again{when}." if when else ""
        return f"**Held**: {_HELD.get(step.why, step.why)}.{until} The clock runs on."
    ended = _ENDED[step.outcome] if step.outcome else ""
    return f"**Ended.** {ended}{' The candidates move on.' if step.moves_on else ''}"


def _when(at: datetime | None) -> str:
    return f" on {at:%a %d %b %Y, %H:%M} UTC" if at else ""

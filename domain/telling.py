"""The story of a cycle in words, for a terminal and a page alike: what comes next, and what happened."""

from __future__ import annotations

from collections.abc import Iterable

from domain.cadence import ENDED, HELD
from domain.dossier import Dossier, Email, Happening
from domain.letters import STAGES
from domain.wording import Clock, count, said, stage


def coming(found: Dossier, clock: Clock) -> str:
    """Says what a cycle does next, when, and why."""
    step, when = found.next, clock.both(found.next.at)
    if step.do == "send" and (tried := _tried(found.emails, step.stage)):
        return f"{stage(step.stage)}, due since {when}; {tried}"
    if step.do == "send":
        unless = ", unless a partner replies first" if step.last_stage else ""
        return f"{stage(step.stage)} at {when}{unless}"
    if step.do == "await_slot":
        return f"a slot of the week, which a run gives out; gives up at {when}"
    if step.do == "await_reply":
        return f"the candidates move on at {when}, unless a partner replies first"
    if step.do == "await_release":
        until = f", at {when}" if step.at else ""
        return f"held: {HELD.get(step.why, step.why)}{until}"
    moves = "; its candidates are about to move on" if step.moves_on else ""
    return f"nothing: {ENDED[step.outcome] if step.outcome else ''}{moves}"


def _tried(emails: Iterable[Email], name: str | None) -> str:
    """Says that a stage was tried before and is being tried again; nothing where it was not."""
    tries = sum(one.attempts for one in emails if one.stage == name and one.error)
    return f"tried {count(tries, 'time')}, and again by itself" if tries else ""


def happened(one: Happening) -> str:
    """Says what happened; a detail may be an id or a person's own words."""
    detail = one.detail
    if one.kind == "refused" and detail not in STAGES:
        return detail
    return {
        "planned": f"planned with a slot ({detail})",
        "admitted": f"got a slot ({detail})",
        "waiting": f"waits for a slot ({detail})",
        "sent": f"{stage(detail)} accepted by the mail server",
        "responded": f"a partner replied to: {stage(detail)}",
        "held": f"held: {HELD.get(detail, detail)}",
        "released": "released",
        "refused": f"{stage(detail)} refused for good by every recipient's server",
        "uncertain": f"e-mail {detail} was handed over, its end unknown",
        "candidate_left": f"{detail} left",
        "waits_on": f"goes on waiting: {HELD.get(detail, detail)}",
        "taken_back": f"an answer to {stage(detail)} was taken back by a person",
        "interview": f"{detail} has an interview",
        "placed": f"{detail} was placed",
        "declined": f"{detail} was declined",
        "bounced": f"a server returned an e-mail ({detail})",
        "delayed": f"a server still tries to deliver an e-mail ({detail})",
        "opted_out": f"somebody asked for no more e-mail ({detail})",
        "draft_approved": f"its letter was approved by {detail}",
        "draft_edited": f"its letter was edited by {detail}",
        "draft_refused": f"its letter was refused by {detail}",
        "candidate_dropped": detail,
        "closed": f"closed: {ENDED.get(detail, detail)}",
    }.get(one.kind, f"{said(one.kind)} {detail}".strip())

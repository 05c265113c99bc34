"""What becomes of a candidate after a reply: an interview, a place, a decline (R8, R15)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from domain import errors
from domain.letters import Model

PitchOutcome = Literal["interview", "placed", "declined"]
OUTCOMES: tuple[PitchOutcome, ...] = ("interview", "placed", "declined")


def open_to(status: str, *, answered: bool) -> tuple[PitchOutcome, ...]:
    """Names what can still be said of a pitch, by its status and whether somebody answered for it."""
    may: dict[str, tuple[PitchOutcome, ...]] = {"responded": OUTCOMES, "withdrawn": ("placed",)}
    return may.get(status, ()) if answered else ()


class Answered(Model):
    """How one candidate's pitch stands when somebody says what became of it."""

    cycle_id: str
    candidate_id: str
    status: str
    responded_at: datetime | None = None
    outcome_at: datetime | None = None
    placed_with: str | None = None
    """The role that the candidate was placed with, by an outcome of another cycle."""


def is_new(pitch: Answered, wanted: PitchOutcome) -> bool:
    """Tells whether an outcome changes anything; the same one again does not, but for an interview.

    | the pitch is | interview | placed | declined |
    |---|---|---|---|
    | answered | yes, again too | yes | yes |
    | declined | refused | refused | no |
    | placed | refused | no | refused |
    | withdrawn after an answer | refused | yes, unless placed with another role | refused |
    | anything else | refused | refused | refused |

    Raises `errors.Refused` in words: what stands against it, and what to do instead.
    """
    who = f"{pitch.candidate_id} in {pitch.cycle_id}"
    if pitch.responded_at is None:
        raise errors.Refused(f"{who} is {_said(pitch.status)}: {_unanswered(pitch)}")
    if pitch.status == wanted:
        return False
    if wanted == "placed" and pitch.placed_with is not None:
        raise errors.Refused(f"{pitch.candidate_id} is placed already, with {pitch.placed_with}")
    if wanted in open_to(pitch.status, answered=True):
        return True
    raise errors.Refused(f"{who} is {_said(pitch.status)}{_since(pitch)}: {_final(pitch)}")


def _unanswered(pitch: Answered) -> str:
    if pitch.status in ("withdrawn", "released"):
        return "the candidate left before anybody answered"
    return f"nobody has answered yet; `reply {pitch.cycle_id}` marks an answer"


def _final(pitch: Answered) -> str:
    if pitch.status == "declined":
        again = f"`withdraw {pitch.candidate_id} --as placed` records a place all the same"
        return f"the candidate has moved on to other roles; {again}"
    if pitch.status == "placed":
        return "a place is final; the candidate has left every other cycle"
    return "whoever has withdrawn is not put forward any more; a place can still be recorded"


def _since(pitch: Answered) -> str:
    return f" since {pitch.outcome_at:%d %b %Y}" if pitch.outcome_at else ""


def _said(status: str) -> str:
    return {"claimed": "not pitched yet", "no_response": "without an answer"}.get(status, status)

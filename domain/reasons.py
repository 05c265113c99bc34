"""Why a role is passed over (R1, R4, R5), and why a better match was not taken, in words."""

from __future__ import annotations

from typing import Literal

from domain.planning import Reason

Against = Literal[
    "placed",
    "withdrawn",
    "start_passed",
    "pitched_before",
    "dropped",
    "score_too_low",
    "no_live_pitch_left",
    "own_candidates_stay",
]
"""Why a better match was not taken."""

REASONS: dict[Reason, str] = {
    "company_suppressed": "the company is suppressed: nobody there is written to",
    "no_partner_contact": "no active partner contact with a valid address",
    "no_specialist": "neither the company's own specialist nor a default one",
    "stopped": "a person stopped its last cycle; `--role` lifts that",
    "open_cycle": "a cycle for it is still open",
    "awaiting_outcome": "a partner answered, and the outcome is not recorded yet",
    "resting": "its last cycle ended in silence a short while ago",
    "no_eligible_candidate": "no candidate is left who may be pitched for it",
    "weekly_limit": "the company has no slot left this week",
}

AGAINST: dict[Against, str] = {
    "placed": "placed",
    "withdrawn": "withdrawn",
    "start_passed": "start date has passed",
    "pitched_before": "pitched for it before",
    "dropped": "taken out of its open cycle by a person",
    "score_too_low": "score too low",
    "no_live_pitch_left": "no live pitch left",
    "own_candidates_stay": "the waiting cycle keeps its own",
}

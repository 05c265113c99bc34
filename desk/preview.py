"""R12: exactly what a run would do, why, and the e-mails it would send; nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import inf

from db import planning, preview
from db.pool import Connection, Pool
from desk.proofs import Press, Proof
from desk.snapshot import snapshot
from domain.letters import Model
from domain.planning import PER_CYCLE, Plan, Planned, Reason
from domain.reasons import Against
from domain.rules import Rules


class PlannedRole(Model):
    """A role that would get a slot; `cycle_id` is a waiting cycle's."""

    role_id: str
    company_id: str
    cycle_id: str | None
    urgent: bool
    candidate_ids: tuple[str, ...]
    recipients: tuple[str, ...]
    sender: str


class PassedOver(Model):
    """A role that was looked at and would get no slot."""

    role_id: str
    reason: Reason


class DryRun(Model):
    """What `launch --dry-run --json` prints: planned in walking order, passed over by role id."""

    as_of: date
    planned: tuple[PlannedRole, ...]
    passed_over: tuple[PassedOver, ...]


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A match that ranks above a chosen one, or that a role without a candidate has, and why it is out."""

    candidate_id: str
    name: str
    score: float
    why: Against


@dataclass(frozen=True, slots=True)
class Preview:
    """A dry run, and what a person needs to understand it."""

    dry_run: DryRun
    plan: Plan
    closed: tuple[str, ...]
    """Roles that were asked for and are closed."""
    about: Mapping[str, preview.About]
    names: Mapping[str, str]
    not_taken: Mapping[str, Sequence[NotTaken]] = field(default_factory=dict)
    proofs: Sequence[Proof] = ()


async def look_ahead(
    pool: Pool,
    rules: Rules,
    today: date,
    *,
    roles: Sequence[str] | None = None,
    max_roles: int | None = None,
    explain: bool = False,
    press: Press | None = None,
    listed: int | None = None,
) -> Preview:
    """Plans a run on `today` in one read-only transaction; with a `press`, renders its e-mails (R12).

    `explain` looks up what spoke against better matches; `about` and `names` know the first `listed` planned
    and passed over. Raises `errors.NotFound` for an unknown role, `errors.Refused` where no role is loaded.
    """
    async with snapshot(pool) as conn:
        closed = await preview.closed_among(conn, roles)
        plan = await planning.plan(conn, rules, today, roles=roles, max_roles=max_roles)
        faces = await planning.faces(conn, [one.company_id for one in plan.planned])
        told = [one.role_id for one in plan.planned[:listed]]
        told += [one.role_id for one in plan.passed_over[:listed]]
        chosen = {candidate for one in plan.planned[:listed] for candidate in one.candidate_ids}
        return Preview(
            dry_run=_shape(today, plan, faces),
            plan=plan,
            closed=tuple(closed),
            about=await preview.about(conn, rules, today, told),
            names=await preview.names(conn, chosen),
            not_taken=await _not_taken(conn, rules, today, plan) if explain else {},
            proofs=[await press.proof(conn, one) for one in plan.planned] if press else (),
        )


def _shape(today: date, plan: Plan, faces: Mapping[str, planning.Faces]) -> DryRun:
    return DryRun(
        as_of=today,
        planned=tuple(_role(one, faces[one.company_id]) for one in plan.planned),
        passed_over=tuple(PassedOver(role_id=one.role_id, reason=one.reason) for one in plan.passed_over),
    )


def _role(one: Planned, faces: planning.Faces) -> PlannedRole:
    return PlannedRole(
        role_id=one.role_id,
        company_id=one.company_id,
        cycle_id=one.cycle_id,
        urgent=one.urgent,
        candidate_ids=tuple(one.candidate_ids),
        recipients=faces.recipients,
        sender=faces.sender,
    )


async def _not_taken(conn: Connection, rules: Rules, today: date, plan: Plan) -> dict[str, list[NotTaken]]:
    """Finds for each role the better matches that were not taken; for one without candidates, its best."""
    planned = {one.role_id: one for one in plan.planned}
    down_to = {role: _last_score(one) for role, one in planned.items()}
    down_to |= {one.role_id: -inf for one in plan.passed_over if one.reason == "no_eligible_candidate"}
    found = await preview.best_matches(conn, down_to)
    return {
        role: _out(matches, rules, today, planned.get(role))[:PER_CYCLE] for role, matches in found.items()
    }


def _out(matches: Sequence[preview.Match], rules: Rules, today: date, one: Planned | None) -> list[NotTaken]:
    return [
        NotTaken(match.ranked.candidate_id, match.name, match.ranked.score, _why(match, rules, today, one))
        for match in matches
        if _is_out(match, one)
    ]


def _last_score(one: Planned) -> float:
    """The score above which every match that was not taken had something against it."""
    return one.candidates[-1].score if len(one.candidates) == PER_CYCLE else -inf


def _is_out(match: preview.Match, one: Planned | None) -> bool:
    if one is None:
        return True
    if match.ranked.candidate_id in one.candidate_ids:
        return False
    return len(one.candidates) < PER_CYCLE or match.ranked.rank < one.candidates[-1].rank


def _why(match: preview.Match, rules: Rules, today: date, one: Planned | None) -> Against:
    if match.status == "placed":
        return "placed"
    if match.status != "available":
        return "withdrawn"
    if match.ranked.start_date < today:
        return "start_passed"
    if match.pitched:
        return "pitched_before"
    if match.dropped:
        return "dropped"
    if match.ranked.score < rules.min_match_score:
        return "score_too_low"
    return "own_candidates_stay" if one and _gives_way(match, one) else "no_live_pitch_left"


def _gives_way(match: preview.Match, one: Planned) -> bool:
    """Tells whether a match gives way to a waiting cycle's own candidates, who stay whatever their rank."""
    added = [candidate.rank for candidate in one.candidates if candidate.candidate_id in one.added]
    return len(one.candidates) == PER_CYCLE and (not added or match.ranked.rank > added[-1])

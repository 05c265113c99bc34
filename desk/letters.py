"""Any of the four letters for any role, to look at: printed as a real one is, and nothing is changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from db import letters, planning, preview, threads
from db.pool import Connection
from desk.office import Office
from desk.proofs import Press, Proof
from desk.snapshot import snapshot
from domain import errors
from domain.letters import Stage
from domain.planning import PER_CYCLE, Ranked, Reason, urgent
from domain.records import Role

Basis = Literal["open_cycle", "planned", "eligible", "matched"]


class Shown(Proof):
    """A letter as it would read now, and whom it was printed for."""

    stage: Stage
    title: str = ""
    company_id: str
    company: str = ""
    candidate_ids: tuple[str, ...]
    names: tuple[str, ...] = ()
    """The candidates' names, in the order of `candidate_ids`."""
    urgent: bool
    basis: Basis
    """Whose letter it is: the `open_cycle`'s own, of those a run would have `planned`, of the best who are
    `eligible`, or of the best who are `matched` where nobody is eligible."""
    cycle_id: str | None = None
    passed_over: Reason | Literal["role_closed"] | None = None
    """Why a run would not plan the role now; None if it would, or if a cycle writes already."""


async def letter(office: Office, press: Press, role_id: str, stage: Stage, now: datetime) -> Shown:
    """Prints a stage's letter for a role with its real sender and recipients; changes nothing (R12).

    Raises `errors.NotFound` for an unknown role, and `errors.Refused` where there is nobody to write about
    or nobody to sign.
    """
    today = office.rules.today(now)
    async with snapshot(office.pool) as conn:
        role = await letters.role(conn, role_id)
        row = await letters.sql.open_cycle.one(conn, role=role_id)
        own = await planning.own(conn, today, row["id"]) if row else []
        if own:
            return await _named(conn, role, await _of_cycle(conn, press, row, own, stage, today))
        return await _named(conn, role, await _to_come(conn, office, press, role, stage, today))


async def _named(conn: Connection, role: Role, shown: Shown) -> Shown:
    """Adds what people call role, company and candidates."""
    company = await letters.sql.company.one(conn, company=shown.company_id)
    names = await preview.names(conn, set(shown.candidate_ids))
    called = tuple(names[one] for one in shown.candidate_ids)
    return shown.model_copy(update={"title": role.title, "company": company["name"], "names": called})


async def _of_cycle(
    conn: Connection, press: Press, row: Any, own: Sequence[Ranked], stage: Stage, today: date
) -> Shown:
    """Prints a letter of a thread: whom its first e-mail fixed, less those who are gone (R3, R11)."""
    thread = await threads.read(conn, row["id"], stage)
    signed = await threads.sender(conn, row, thread)
    if signed is None:
        raise errors.Refused(f"{row['company_id']} has no specialist to write from")
    hurries = row["urgent"] if thread.first else urgent(own, today)
    proof = await press.letter(
        conn,
        row["role_id"],
        stage,
        to=await threads.recipients(conn, row["company_id"], thread),
        candidate_ids=[one.candidate_id for one in own],
        signed=signed[1],
        urgent=hurries,
        subject=row["subject"],
    )
    return _shown(proof, stage, row["company_id"], own, hurries, "open_cycle", cycle_id=row["id"])


async def _to_come(
    conn: Connection, office: Office, press: Press, role: Role, stage: Stage, today: date
) -> Shown:
    """Prints a letter of a thread that has not begun."""
    plan = await planning.plan(conn, office.rules, today, roles=[role.id])
    reason = next((one.reason for one in plan.passed_over), "role_closed")
    people: Sequence[Ranked]
    if plan.planned:
        (one,) = plan.planned
        people, basis, cycle_id = one.candidates, "planned", one.cycle_id
    else:
        people, basis, cycle_id = *(await _others(conn, office, role.id, today)), None
    hurries = urgent(people, today)
    proof = await press.first(
        conn,
        role.id,
        role.company_id,
        [one.candidate_id for one in people],
        urgent=hurries,
        stage=stage,
    )
    why = None if plan.planned else reason
    return _shown(proof, stage, role.company_id, people, hurries, basis, cycle_id=cycle_id, passed_over=why)


async def _others(
    conn: Connection, office: Office, role_id: str, today: date
) -> tuple[Sequence[Ranked], Basis]:
    """Names the best who could be written about, though no run would do so now."""
    if best := await planning.best(conn, office.rules, today, role_id):
        return best, "eligible"
    matches = (await preview.best_matches(conn, {role_id: float("-inf")}))[role_id][:PER_CYCLE]
    if not matches:
        raise errors.Refused(f"no candidate has a match for {role_id}: there is nobody to write about")
    return [one.ranked for one in matches], "matched"


def _shown(
    proof: Proof,
    stage: Stage,
    company_id: str,
    people: Sequence[Ranked],
    hurries: bool,
    basis: Any,
    **more: Any,
) -> Shown:
    return Shown(
        **proof.model_dump(),
        stage=stage,
        company_id=company_id,
        candidate_ids=tuple(one.candidate_id for one in people),
        urgent=hurries,
        basis=basis,
        **more,
    )

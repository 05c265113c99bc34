"""What a person wants to know about a plan: titles and names, and what spoke against better matches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.pool import Connection
from db.sql import queries
from domain import calendar, errors
from domain.planning import Ranked
from domain.rules import Rules

sql = queries("preview")

_DEPTH = 6
"""Three that were taken and three that were not."""


@dataclass(frozen=True, slots=True)
class About:
    """A role in a plan, its company's slots of the week, and its open cycle if it has one."""

    id: str
    title: str
    company_id: str
    company: str
    weekly_limit: int
    used: int
    open_cycle_id: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """One of a role's best matches, and what could speak against it."""

    ranked: Ranked
    name: str
    status: str
    pitched: bool
    dropped: bool
    """A person took the candidate out of the role's open cycle."""


async def closed_among(conn: Connection, roles: Sequence[str] | None) -> list[str]:
    """Names those of `roles` that are closed or filled.

    Raises `errors.NotFound` naming those that do not exist, `errors.Refused` if no role is loaded at all.
    """
    if not await sql.any_role.value(conn):
        raise errors.Refused("no roles are loaded: run `starter.py load DIR` with the CRM's files first")
    statuses = {
        row["id"]: row["status"] for row in await sql.role_statuses.all(conn, roles=list(roles or ()))
    }
    if missing := sorted(set(roles or ()) - set(statuses)):
        raise errors.NotFound(f"there is no role {', '.join(map(repr, missing))}")
    return sorted(role for role, status in statuses.items() if status != "open")


async def about(conn: Connection, rules: Rules, today: date, roles: Iterable[str]) -> dict[str, About]:
    """Reads titles, companies and slots of roles, by id."""
    rows = await sql.roles.all(
        conn, roles=sorted(roles), weekly_limit=rules.weekly_limit, week=calendar.week_start(today)
    )
    return {row["id"]: About(**dict(row)) for row in rows}


async def names(conn: Connection, candidates: Iterable[str]) -> dict[str, str]:
    """Reads the names of candidates, by id."""
    rows = await sql.names.all(conn, candidates=sorted(candidates))
    return {row["id"]: _name(row["first_name"], row["last_name"]) for row in rows}


async def best_matches(conn: Connection, down_to: Mapping[str, float]) -> dict[str, list[Match]]:
    """Reads each role's best matches down to a score, eligible or not, best first (R2)."""
    rows = await sql.not_taken.all(conn, roles=list(down_to), down_to=list(down_to.values()), most=_DEPTH)
    found: dict[str, list[Match]] = {role: [] for role in down_to}
    for row in rows:
        ranked = Ranked(row["candidate_id"], row["score"], row["start_date"], row["visa_required"])
        name = _name(row["first_name"], row["last_name"])
        found[row["role_id"]].append(Match(ranked, name, row["status"], row["pitched"], row["dropped"]))
    return found


def _name(first: str, last: str) -> str:
    return f"{first} {last}".strip()

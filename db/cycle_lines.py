"""Lists cycles for a person, page by page, each with its people and what it waits for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from db import pending
from db.pool import Connection
from db.sending import IN_FLIGHT
from db.sql import queries
from domain import errors, paging
from domain.cadence import ENDED, MOVES_ON
from domain.cycles import CycleLine, Filters, Person
from domain.pending import line

sql = queries("cycle_lines")

FEW = 500
"""Up to so many candidates of a name are looked up from their pitches."""

_LINE = set(CycleLine.model_fields)


async def page(
    conn: Connection, filters: Filters, now: datetime, *, before: int | None, most: int
) -> tuple[list[CycleLine], int | None]:
    """Lists cycles, the newest first, and the place after which more of them follow.

    Raises `errors.NotFound` naming what was asked for and does not exist.
    """
    await sql.custom_plans.run(conn)
    asked = _ids(filters)
    await _refuse_unknown(conn, asked)
    rows = await sql.page.all(
        conn,
        **asked,
        **await _search(conn, filters.q),
        **filters.model_dump(
            include={"status", "open", "outcome", "stage", "urgent", "held_reason", "unsettled"}
        ),
        before=before,
        most=most + 1,
    )
    more = rows[most - 1]["ordinal"] if len(rows) > most else None
    return await lines(conn, rows[:most], now), more


async def lines(conn: Connection, rows: Sequence[Any], now: datetime) -> list[CycleLine]:
    """Reads rows of cycles as lines; two questions, however many they are."""
    everybody = await people(conn, [row["cycle_id"] for row in rows])
    hold_all = await pending.hold_all(conn)
    return [_line(row, everybody.get(row["cycle_id"], ()), now, hold_all) for row in rows]


async def people(conn: Connection, cycle_ids: Iterable[str]) -> Mapping[str, tuple[Person, ...]]:
    """Names the candidates of cycles, best first, by cycle."""
    found: defaultdict[str, tuple[Person, ...]] = defaultdict(tuple)
    for row in await sql.people.all(conn, cycles=list(cycle_ids)):
        name = f"{row['first_name']} {row['last_name']}".strip()
        found[row["cycle_id"]] += (Person(id=row["id"], name=name, status=row["status"]),)
    return found


def _ids(filters: Filters) -> dict[str, str | None]:
    """Names the ids asked for; an empty one asks for nothing."""
    nouns = ("company", "role", "candidate", "specialist", "run")
    return {noun: paging.storable(getattr(filters, f"{noun}_id") or "") or None for noun in nouns}


async def _refuse_unknown(conn: Connection, asked: Mapping[str, str | None]) -> None:
    if any(asked.values()):
        unknown = await sql.unknown.all(conn, **asked)
        if unknown:
            raise errors.NotFound(f"there is no {' and no '.join(f'{noun} {id!r}' for noun, id in unknown)}")


async def _search(conn: Connection, q: str) -> dict[str, Any]:
    """Finds the roles and candidates whose names hold a text: few against tens of thousands of cycles."""
    if not q.strip():
        return {"pattern": None, "roles": [], "few": None, "many": None}
    pattern = paging.like(q)
    roles = [row["id"] for row in await sql.roles_like.all(conn, pattern=pattern)]
    found = [row["id"] for row in await sql.candidates_like.all(conn, pattern=pattern)]
    few = len(found) <= FEW
    return {
        "pattern": pattern,
        "roles": roles,
        "few": found if few and found else None,
        "many": None if few else found,
    }


def _line(row: Any, people: Sequence[Person], now: datetime, hold_all: bool) -> CycleLine:
    values = dict(row)
    said, waits = None, ENDED.get(row["outcome"] or "", "")
    if row["status"] != "closed" or (row["outcome"] in MOVES_ON and row["moved_on_at"] is None):
        said = line(pending.standing(row), now, too_long=IN_FLIGHT, hold_all=hold_all)
        waits = said.why
    known = {name: values[name] for name in _LINE & set(values)}
    return CycleLine(
        **known,
        id=row["cycle_id"],
        candidates=tuple(people),
        kind=said.kind if said else None,
        coming=said.coming if said else None,
        at=said.at if said else row["closed_at"],
        waits=waits,
    )

"""Reads everything about one cycle (SPEC section 6, `show`)."""

from __future__ import annotations

from typing import Any

from db import cycles, received
from db.pool import Connection
from db.sql import queries
from domain import names
from domain.dossier import Child, Dossier, Email, Happening, Pitch

sql = queries("dossier")

_PARTS = {"pitches": sql.pitches, "emails": sql.emails, "events": sql.events, "children": sql.children}
_FROM_ROW = set(Dossier.model_fields)


async def dossier(conn: Connection, cycle_id: str, email_id: int | None = None) -> Dossier:
    """Returns a cycle in full; expects it to exist. `email_id` names the e-mail that was asked for."""
    row = dict(await sql.cycle.one(conn, cycle=cycle_id))
    found: dict[str, Any] = {name: value for name, value in row.items() if name in _FROM_ROW}
    found["specialist_id"] = row["signs"]
    parts = {name: await query.all(conn, cycle=cycle_id) for name, query in _PARTS.items()}
    return Dossier(
        **found,
        cycle_id=cycle_id,
        workflow_id=names.workflow_id(cycle_id),
        next=await cycles.next_step(conn, cycle_id),
        pitches=tuple(Pitch.model_validate(dict(one)) for one in parts["pitches"]),
        emails=tuple(Email.model_validate(dict(one)) for one in parts["emails"]),
        events=tuple(Happening.model_validate(dict(one)) for one in parts["events"]),
        children=tuple(Child.model_validate(dict(one)) for one in parts["children"]),
        messages=tuple(await received.of_cycle(conn, cycle_id)),
        email_id=email_id,
    )


async def html(conn: Connection, cycle_id: str, log_id: int) -> str | None:
    """Reads the HTML of one of a cycle's e-mails; None where it has no such e-mail."""
    found: str | None = await sql.html.value(conn, cycle=cycle_id, log=log_id)
    return found

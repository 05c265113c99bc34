"""Finds the thread that a message belongs to: each sign is harder to have by accident than the next."""

from __future__ import annotations

from dataclasses import dataclass

from db.pool import Connection
from db.sql import queries
from domain import inbound, tokens
from domain.inbound import Mail

sql = queries("inbox")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something belongs, and how that is known."""

    cycle_id: str
    log_id: int | None
    by: inbound.MatchedBy


async def match(conn: Connection, mail: Mail, *, by_person: bool = True) -> Place | None:
    """Finds where a message belongs: by token, else by ids, else by the writer's one open thread.

    Without `by_person` for an event that names an e-mail: if that is none of ours, it is about none of ours.
    """
    key = await sql.token_key.value(conn)
    exact = await sql.by_ids.one(conn, ids=list(mail.answers))
    numbers = tokens.reply_numbers(key, mail.addressed_to)
    if found := await sql.by_ordinals.one(conn, ordinals=numbers):
        same = exact is not None and exact["cycle_id"] == found["cycle_id"]
        return Place(found["cycle_id"], exact["log_id"] if same else None, "token")
    if exact:
        return Place(exact["cycle_id"], exact["log_id"], "references")
    returned = mail.meaning.original_message_id
    if returned and (found := await sql.by_ids.one(conn, ids=[returned])):
        return Place(found["cycle_id"], found["log_id"], "returned_message")
    for person in inbound.people(mail) if by_person else ():
        found = await sql.by_person.one(conn, person=person)
        if found is not None and found["cycle_id"] is not None:
            return Place(found["cycle_id"], None, "sender")
    return None

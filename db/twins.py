"""One message that came in by two ways, such as a hook and a mailbox, with other envelopes (R7).

Both are kept, since a message to two threads comes once for each of them. In one thread, or before a person,
the second says nothing new: it is set aside, so that nobody is told twice and nothing is done twice.
"""

from __future__ import annotations

from typing import Any

from db.pool import Connection
from db.sql import queries
from domain.inbound import Mail

sql = queries("inbox")


async def in_thread(conn: Connection, item_id: int, mail: Mail, cycle_id: str) -> bool:
    """Tells whether a message has come into a thread before. Expects the cycle's row to be held."""
    return mail.message_id is not None and bool(
        await sql.twin_in_thread.value(conn, **_signs(item_id, mail), cycle=cycle_id)
    )


async def before_a_person(conn: Connection, item_id: int, mail: Mail) -> bool:
    """Tells whether a message waits for a person already; of two copies at once the second waits to know."""
    if mail.message_id is None:
        return False
    await sql.lock_message_id.value(conn, message_id=mail.message_id)
    return bool(await sql.twin_unmatched.value(conn, **_signs(item_id, mail)))


async def set_aside(conn: Connection, item_id: int, mail: Mail) -> None:
    """Asks nobody any more about a message that another copy has put where it belongs."""
    if mail.message_id is not None:
        await sql.set_twins_aside.run(conn, **_signs(item_id, mail))


def _signs(item_id: int, mail: Mail) -> dict[str, Any]:
    """What two copies have in common, and hardly any two messages of one writer."""
    sent_at = mail.model_dump(mode="json")["sent_at"]
    return {
        "id": item_id,
        "message_id": mail.message_id,
        "sender": mail.sender,
        "kind": mail.meaning.kind,
        "sent_at": sent_at,
    }

"""What came in finds its thread, and what follows from it follows once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from db import inbox
from db.pool import transaction
from domain import tokens
from domain.inbound import Arrival, Mail, MailKind, Meaning
from tests.db.acts import Play

LI = "li@acme.example"


def mail(kind: MailKind = "human", *, sender: str = "", to: str = "", answers: Any = (), **said: Any) -> Mail:
    return Mail(
        sender=sender,
        addressed_to=(to,) if to else (),
        answers=tuple(answers),
        meaning=Meaning(kind=kind, **said),
    )


async def stored(play: Play, key: str = "m1") -> int:
    async with transaction(play.pool) as conn:
        found = await inbox.store(conn, Arrival(key=key, raw=b"..."), "test", play.now)
    assert found is not None
    return found


async def arrives(play: Play, what: Mail, key: str = "m1") -> inbox.Item:
    item_id = await stored(play, key)
    async with transaction(play.pool) as conn:
        item = await inbox.attach(conn, item_id, what, play.rules, play.now)
    async with transaction(play.pool) as conn:
        await inbox.follow(conn, item, play.now)
    return item


async def first_email(play: Play, cycle: str) -> Any:
    return await play.pool.fetchrow("select * from outreach_log where cycle_id = $1 order by id", cycle)


async def test_a_repeated_delivery_is_kept_once(play: Play) -> None:
    await stored(play)
    async with transaction(play.pool) as conn:
        assert await inbox.store(conn, Arrival(key="m1", raw=b"..."), "test", play.now) is None


async def test_a_reply_is_matched_by_references_and_stops_the_thread(play: Play) -> None:
    cycle = await play.one()
    await play.send(cycle, "initial")
    email = await first_email(play, cycle)
    item = await arrives(play, mail(answers=[email["message_id"]]))
    assert (item.status, item.effect, item.cycle_id, item.log_id) == (
        "attached",
        "responded",
        cycle,
        email["id"],
    )
    assert await play.value("select outcome from outreach_cycle where id = $1", cycle) == "responded"

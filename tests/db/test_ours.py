"""What we wrote ourselves is no reply, and no partner's words are taken for ours (R7)."""

from __future__ import annotations

from typing import Any

import pytest

from db import inbox
from db.pool import transaction
from domain.inbound import Arrival, Mail
from mail.inbound import read
from tests.db.acts import Play

TOM, SOFIA = "tom@acme.example", "sofia@beyond.example"
LIST = f"List-ID: <{SOFIA.replace('@', '.')}>"
NAMED = f"X-Original-From: Tom Reed <{TOM}>"
VIA = f'From: "Tom Reed via Partnerships" <{SOFIA}>'


def written(*head: str, said: str = "Yes, let us talk on Thursday.") -> Mail:
    """Reads a message with these header fields."""
    fields = ["Message-ID: <1@group.example>", "Subject: Re: Ada", "Content-Type: text/plain", *head]
    return read("\r\n".join([*fields, "", said, ""]).encode())


async def begun(play: Play) -> tuple[str, str]:
    """Has a first letter go out; returns its cycle, and the field that answers it."""
    cycle = await play.one()
    await play.send(cycle)
    return cycle, f"In-Reply-To: {(await play.email(cycle))['message_id']}"


async def arrives(play: Play, mail: Mail) -> inbox.Item:
    async with transaction(play.pool) as conn:
        item_id = await inbox.store(conn, Arrival(key="m1", raw=b"..."), "test", play.now)
        assert item_id is not None
        return await inbox.attach(conn, item_id, mail, play.rules, play.now)


@pytest.mark.parametrize(
    "head",
    [
        [VIA, f"Reply-To: {TOM}"],
        [VIA, NAMED],
        [VIA, LIST],
        [f"From: Partnerships <{SOFIA}>", f"X-Google-Original-From: {TOM}"],
        [f"From: Partnerships <{SOFIA}>", LIST, f"X-Original-Sender: {TOM}"],
        [f"From: Partnerships <{SOFIA}>", f"List-Post: <mailto:{SOFIA}>"],
    ],
)
async def test_a_partners_reply_through_the_specialists_group_stops_the_thread(
    play: Play, head: list[str]
) -> None:
    cycle, answers = await begun(play)
    item = await arrives(play, written(*head, answers))
    assert (item.status, item.effect) == ("attached", "responded")
    assert (await play.cycle(cycle))["outcome"] == "responded"


async def test_who_wrote_through_a_group_is_named_where_the_group_names_them(play: Play) -> None:
    mail = written(VIA, NAMED, LIST)
    assert (mail.sender, mail.sender_name, mail.rewritten) == (TOM, "Tom Reed", False)
    mail = written(f"From: 'Tom Reed' via Partnerships <{SOFIA}>", f"Reply-To: {SOFIA}, {TOM}")
    assert (mail.sender, mail.sender_name) == (SOFIA, "'Tom Reed' via Partnerships")
    mail = written(f"From: 'Tom Reed' via Partnerships <{SOFIA}>", f"Reply-To: {TOM}")
    assert (mail.sender, mail.sender_name) == (TOM, "Tom Reed")
    assert written(VIA, LIST).rewritten and written(VIA, LIST).sender == SOFIA


async def test_a_list_that_leaves_the_writers_address_alone_has_rewritten_nothing(play: Play) -> None:
    mail = written(f"From: Tom Reed <{TOM}>", LIST, f"Reply-To: {SOFIA}")
    assert (mail.sender, mail.rewritten) == (TOM, False)


@pytest.mark.parametrize(
    "head",
    [
        [f"From: Sofia Marsh <{SOFIA}>"],
        [f'From: "Tom Reed via Partnerships" <{SOFIA}>'],
        ["From: Team <team@beyond.example>", "List-ID: <team.beyond.example>", f"Reply-To: {SOFIA}"],
    ],
)
@pytest.mark.parametrize("said", ["Yes, let us talk.", "Please unsubscribe me from your list."])
async def test_what_only_its_sender_tells_for_ours_waits_for_a_person(
    play: Play, head: list[str], said: str
) -> None:
    cycle, answers = await begun(play)
    item = await arrives(play, written(*head, answers, said=said))
    assert (item.status, item.addresses) == ("unmatched", ())
    assert (await play.cycle(cycle))["status"] == "active"
    async with transaction(play.pool) as conn:
        mail = written(*head, answers)
        assert (await inbox.assign(conn, item.id, cycle, mail, play.rules, play.now)).effect == "responded"


@pytest.mark.parametrize("head", [[], ["Auto-Submitted: auto-replied"]], ids=["in no thread", "by a machine"])
async def test_what_a_specialist_sends_besides_is_set_aside(play: Play, head: list[Any]) -> None:
    _, answers = await begun(play)
    mail = written(f"From: {SOFIA}", *head, *([answers] if head else []))
    assert (await arrives(play, mail)).status == "set_aside"


async def test_a_copy_of_a_letter_is_set_aside_whoever_sent_it(play: Play) -> None:
    cycle, _ = await begun(play)
    copy = written(VIA, LIST).model_copy(update={"message_id": (await play.email(cycle))["message_id"]})
    assert (await arrives(play, copy)).status == "set_aside"
    assert (await play.cycle(cycle))["status"] == "active"


async def test_a_wish_to_hear_no_more_through_a_group_never_takes_the_group_for_its_writer(
    play: Play,
) -> None:
    _, answers = await begun(play)
    wish = "Please unsubscribe me from your list."
    item = await arrives(play, written(VIA, LIST, answers, said=wish))
    assert (item.status, item.addresses) == ("attached", ())
    assert read(b"").rewritten is False
    assert written(VIA, NAMED, said=wish).meaning.recipients == (TOM,)

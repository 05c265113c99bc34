"""A notice on its way: proposed, claimed, handed over, recorded; never sent twice, never lost."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment, WorkflowEnvironment
from temporalio.worker import Worker

import worker
from activities.failures import Discreet
from activities.notices import NoticeSteps
from bios.door import Door
from bios.replies import ReplyReader
from db import inbox, matching
from db.pool import Pool, transaction
from db.sql import queries
from desk import notices
from desk.office import Office
from domain import names
from domain.inbound import Arrival, Mail, Meaning
from domain.letters import AllRefused, Brand, Outage, Uncertain
from domain.mail_url import MailUrl
from domain.messages import SendNotice
from domain.notices import Links
from domain.rules import Rules
from embedded.catcher import Catcher
from mail import outgoing
from mail.inbound import read
from mail.notices import Notices
from tests.bios import badmodel
from tests.db.acts import Play
from tests.fill import fill
from tests.outbox import Outbox
from workflows.notice import Notice

SAID = "Ada looks good. Could we talk on Tuesday?"
ASKS = {"intent": "wants_interview", "candidates": ["ada"], "why": "They ask to talk on Tuesday."}
NOTICES = Notices()


@pytest.fixture
async def play(pool: Pool) -> Play:
    await fill(pool)
    return Play(pool)


async def replied(play: Play, key: str = "m1", role: str = "r-data") -> int:
    """Has Tom answer the first letter of a role; returns the id of the notice of it."""
    cycle = await play.one(role)
    await play.send(cycle, "initial")
    email = await play.email(cycle)
    what = Mail(
        message_id=f"<{key}@acme.example>",
        sender="tom@acme.example",
        subject="Re: Interns",
        answers=(email["message_id"],),
        meaning=Meaning(kind="human", text=SAID),
    )
    async with transaction(play.pool) as conn:
        item_id = await inbox.store(conn, Arrival(key=key, raw=b"..."), "test", play.now)
        assert item_id is not None
        await inbox.attach(conn, item_id, what, play.rules, play.now)
    found: int = await play.value("select id from notice where inbox_id = $1", item_id)
    return found


def steps(play: Play, outbox: Outbox, **parts: Any) -> NoticeSteps:
    return NoticeSteps(play.pool, play.rules, Brand(), NOTICES, outbox, **parts)


async def attempt(room: NoticeSteps, play: Play, notice: int) -> None:
    order = SendNotice(notice_id=notice, now=play.now)
    await ActivityEnvironment().run(room.send_notice, order)


async def row(play: Play) -> dict[str, Any]:
    return dict((await play.rows("select * from notice"))[0])


@asynccontextmanager
async def a_reader(always: badmodel.Behaviour, **how: Any) -> AsyncIterator[ReplyReader]:
    async with badmodel.serving(always) as server:
        door = Door(api_key="k", base_url=server.url, model="m", **{"patience": 5.0} | how)
        try:
            yield ReplyReader(door)
        finally:
            await door.close()


async def test_the_specialist_gets_the_reply_and_answers_it_by_replying(play: Play) -> None:
    outbox, notice = Outbox(), await replied(play)
    await attempt(steps(play, outbox, links=Links(web_ui="http://localhost:8233")), play, notice)
    [sent] = outbox.sent
    assert sent["To"] == "James O'Neill <james@beyond.example>"
    assert sent["From"] == "Beyond Academy <james@beyond.example>"
    assert sent["Reply-To"] == "Tom Reed <tom@acme.example>"
    assert sent["In-Reply-To"] == "<m1@acme.example>"
    kept = await row(play)
    assert kept["sent_at"] is not None and kept["message_id"] == sent["Message-ID"]
    assert (kept["recipient"], kept["subject"]) == ("james@beyond.example", "Re: Interns")
    assert SAID in kept["text"] and "http://localhost:8233/namespaces/default" in kept["text"]


async def test_by_smtp_it_arrives_as_a_machine_s_e_mail_which_no_mailbox_takes_for_a_reply(
    play: Play, tmp_path: Path
) -> None:
    notice = await replied(play)
    async with Catcher(tmp_path) as catcher:
        wire = outgoing.transport(MailUrl.parse(f"smtp://127.0.0.1:{catcher.port}"))
        try:
            room = NoticeSteps(play.pool, play.rules, Brand(), NOTICES, wire)
            await attempt(room, play, notice)
        finally:
            await wire.close()
    [caught] = tmp_path.glob("*.eml")
    arrived = read(caught.read_bytes())
    assert (arrived.meaning.kind, arrived.sender) == ("auto_reply", "james@beyond.example")
    async with transaction(play.pool) as conn:
        assert await matching.match(conn, arrived) is None


async def test_what_is_sent_is_not_sent_again(play: Play) -> None:
    outbox, notice = Outbox(), await replied(play)
    for _ in range(2):
        await attempt(steps(play, outbox), play, notice)
    assert len(outbox.sent) == 1
    await attempt(steps(play, outbox), play, notice + 1)


@pytest.mark.parametrize(
    "end", [Outage("smtp_451", "451 tom@acme.example busy"), Uncertain("lost tom@acme.example")]
)
async def test_an_attempt_without_an_end_is_made_again_under_the_same_message_id(
    play: Play, end: Outage | Uncertain
) -> None:
    outbox, notice = Outbox(answers=[end]), await replied(play)
    with pytest.raises(ApplicationError) as told:
        await attempt(steps(play, outbox), play, notice)
    assert "tom" not in str(told.value) and not told.value.non_retryable
    before = await row(play)
    assert "tom@acme.example" in before["error"] and before["sent_at"] is None
    await attempt(steps(play, outbox), play, notice)
    assert [one["Message-ID"] for one in outbox.sent] == [before["message_id"]]
    assert (await row(play))["error"] is None


async def test_an_address_refused_for_good_is_given_up(play: Play) -> None:
    refused = AllRefused({"james@beyond.example": "550 no such user"})
    outbox, notice = Outbox(answers=[refused]), await replied(play)
    for _ in range(2):
        await attempt(steps(play, outbox), play, notice)
    kept = await row(play)
    assert outbox.sent == [] and kept["attempts"] == 1
    assert kept["given_up_at"] is not None and "550 no such user" in kept["error"]


async def test_with_nobody_to_tell_it_is_given_up_in_words(play: Play) -> None:
    notice = await replied(play)
    await play.execute("update outreach_cycle set specialist_id = null")
    await play.execute("update company set specialist_id = null")
    await play.execute("update specialist set is_default = false")
    outbox = Outbox()
    await attempt(steps(play, outbox), play, notice)
    kept = await row(play)
    assert outbox.sent == [] and kept["given_up_at"] is not None and "nobody to tell" in kept["error"]


async def test_hold_all_holds_notices_too(play: Play) -> None:
    outbox, notice = Outbox(), await replied(play)
    await queries("sending").set_hold_all.run(play.pool, on=True, now=play.now)
    with pytest.raises(ApplicationError) as told:
        await attempt(steps(play, outbox), play, notice)
    assert (told.value.type, told.value.next_retry_delay) == ("hold_all", timedelta(seconds=30))
    await queries("sending").set_hold_all.run(play.pool, on=False, now=play.now)
    await attempt(steps(play, outbox), play, notice)
    assert len(outbox.sent) == 1


async def test_what_a_language_model_reads_is_proposed_and_nothing_is_done_about_it(play: Play) -> None:
    outbox, notice = Outbox(), await replied(play)
    before = await play.rows("select * from candidate_outreach_history order by candidate_id")
    async with a_reader(badmodel.says(json.dumps(ASKS))) as reader:
        await attempt(steps(play, outbox, reader=reader), play, notice)
    text = " ".join((await row(play))["text"].split())
    assert "Asks for an interview, about Ada Byron. They ask to talk on Tuesday." in text
    assert before == await play.rows("select * from candidate_outreach_history order by candidate_id")


@pytest.mark.parametrize(
    "model", [badmodel.hangs, badmodel.says(json.dumps(ASKS | {"candidates": ["dara"]}))]
)
async def test_a_model_that_fails_or_makes_things_up_costs_the_proposal_alone(
    play: Play, model: badmodel.Behaviour
) -> None:
    outbox, notice = Outbox(), await replied(play)
    async with a_reader(model, patience=0.2) as reader:
        await attempt(steps(play, outbox, reader=reader), play, notice)
    assert len(outbox.sent) == 1 and "language model" not in (await row(play))["text"]


async def test_the_history_of_a_notice_holds_its_number_alone(
    play: Play, temporal: WorkflowEnvironment
) -> None:
    notice = await replied(play)
    outbox = Outbox(answers=[Outage("smtp_451", "451 tom@acme.example busy", 0.0)])
    client: Client = temporal.client
    room = steps(play, outbox)
    queue = "notices"
    async with (
        Worker(
            client,
            task_queue=queue,
            workflows=[Notice],
            activities=[],
            workflow_runner=worker.RUNNER,
        ),
        Worker(
            client,
            task_queue=names.mail_queue(queue),
            activities=[room.send_notice],
            interceptors=[Discreet()],
        ),
    ):
        office = Office(play.pool, Rules(), client, queue)
        assert await notices.start(office, notice)
        handle = client.get_workflow_handle(names.notice_workflow_id(notice))
        await handle.result()
        history = (await handle.fetch_history()).to_json()
    assert len(outbox.sent) == 1 and (await row(play))["sent_at"] > datetime.now(UTC) - timedelta(days=1)
    for personal in ("tom", "acme", "James", "beyond.example", "Ada", "busy"):
        assert personal not in history

"""Mail servers on bad days: cycles wait, say why, and go on; only a refused person is given up (R10, R11)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime

from desk import figures
from domain.letters import STAGES
from domain.pending import Pending
from tests.acceptance import ledger, worlds
from tests.acceptance.post import PostOffice, envelope
from tests.acceptance.programs import looks
from tests.acceptance.theatre import Theatre
from tests.cast import CAST
from tests.mail.badserver import HANG, KEEP_AND_DROP
from workflows.steps import ALIVE

ASKED = "1h"
"""An interval in which nothing happens by itself: each follow-up is asked for."""

Trouble = Callable[[PostOffice], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def nobody_there(post: PostOffice) -> AsyncIterator[None]:
    """Connections are refused."""
    await post.stop()
    yield
    await post.start()


def answers(moment: str, answer: str) -> Trouble:
    """At this moment of every conversation the server says this, or worse."""

    @asynccontextmanager
    async def trouble(post: PostOffice) -> AsyncIterator[None]:
        post.on[moment] = answer
        await post.cut_everybody()
        yield
        del post.on[moment]
        await post.cut_everybody()

    return trouble


OUTAGES: tuple[tuple[Trouble, str], ...] = (
    (nobody_there, "OUTREACH_MAIL_URL"),
    (answers("AUTH", "535 5.7.8 Who are you"), "535 5.7.8 Who are you"),
    (answers("GREETING", HANG), "OUTREACH_MAIL_URL"),
    (answers("MAIL", "451 4.3.2 Come back later"), "451 4.3.2 Come back later"),
)


async def test_a_thread_outlives_every_outage_of_its_mail_server(theatre: Theatre) -> None:
    """Four letters, four bad days: connections refused, login refused, a hang after accept, a 4xx."""
    await theatre.load(worlds.alike(1))
    theatre.post.wants_login("outreach", "secret")
    url = theatre.post.url.replace("//", "//outreach:secret@")
    theatre.settings |= {"OUTREACH_FOLLOW_UP_INTERVAL": ASKED, "OUTREACH_MAIL_URL": url}
    await theatre.worker()

    for stage, (trouble, reason) in zip(STAGES, OUTAGES, strict=True):
        async with trouble(theatre.post):
            if stage == "initial":
                await theatre.done("launch")
            else:
                await theatre.force(await theatre.cycle("r000"))
            line = await outage(theatre)
            assert line.coming == stage
            assert reason in line.why and "secret" not in line.why
            if stage == "initial":
                assert reason in (await theatre.done("pending")).said
        await theatre.sent(await theatre.cycle("r000"), stage, within=90)

    assert len(theatre.post.letters()) == len(STAGES)
    assert await theatre.value("select count(*) from outreach_log where uncertain_at is not null") == 0
    assert await theatre.value("select min(attempts) from outreach_log") > 1


async def outage(theatre: Theatre) -> Pending:
    """What is pending of the one cycle between two attempts that fail."""
    office = await theatre.office()
    async for _ in looks(within=60):
        lines = (await figures.pendings(office, datetime.now(UTC))).pending
        if [line.kind for line in lines] == ["outage"]:
            return lines[0]
    raise AssertionError(f"no outage is pending: {lines}")


async def test_a_letter_whose_end_is_unknown_goes_out_again_under_the_same_message_id(
    theatre: Theatre,
) -> None:
    await theatre.load(worlds.alike(2))
    theatre.post.on["END"] = KEEP_AND_DROP
    theatre.post.once.add("END")
    theatre.settings["OUTREACH_FOLLOW_UP_INTERVAL"] = ASKED
    await theatre.worker()

    await theatre.done("launch", "--wait")

    rows = await theatre.rows("select message_id, status, uncertain_at from outreach_log")
    assert {row["status"] for row in rows} == {"sent"}
    accepted = {row["message_id"]: row["uncertain_at"] is not None for row in rows}
    assert theatre.post.accepted() == {one: 2 if doubtful else 1 for one, doubtful in accepted.items()}
    assert sorted(accepted.values()) == [False, True]


async def test_a_slow_server_gets_each_letter_once_whatever_its_cycle_is_told_meanwhile(
    theatre: Theatre,
) -> None:
    """Slower than a worker may be silent: attempts live on, and one that is told to stop ends in order."""
    await theatre.load(worlds.alike(2))
    theatre.settings["OUTREACH_FOLLOW_UP_INTERVAL"] = ASKED
    await theatre.worker()
    theatre.post.gate.clear()
    await theatre.done("launch")
    await theatre.wait_for(lambda: theatre.post.in_hand == 2, "both letters are with the server")

    paused = await theatre.cycle("r000")
    await theatre.done("pause", paused)
    silence = f"interval '{ALIVE.total_seconds() + 6} seconds'"
    await theatre.until(f"bool_and(now() > in_flight_since + {silence}) from outreach_log", within=60)
    theatre.post.gate.set()

    await theatre.until("bool_and(status = 'sent' and attempts = 1) from outreach_log")
    assert await theatre.value("select status from outreach_cycle where id = $1", paused) == "held"
    assert not (await ledger.ledger(theatre)).uncertain


async def test_where_a_person_decides_a_doubtful_letter_waits_for_them(theatre: Theatre) -> None:
    await theatre.load(worlds.alike(2))
    theatre.post.on["END"] = KEEP_AND_DROP
    theatre.settings |= {"OUTREACH_FOLLOW_UP_INTERVAL": ASKED, "OUTREACH_ON_UNCERTAIN_SEND": "hold"}
    await theatre.worker()
    await theatre.done("launch", "--wait")
    del theatre.post.on["END"]
    went_out, lost = await theatre.cycle("r000"), await theatre.cycle("r001")

    undecided = await theatre.command("resume", lost)
    assert undecided.code == 1
    assert "--sent" in undecided.err and "--again" in undecided.err
    await theatre.done("resume", went_out, "--sent")
    await theatre.done("resume", lost, "--again")

    for cycle_id in (went_out, lost):
        await theatre.sent(cycle_id, "initial")
        await theatre.force(cycle_id)
        await theatre.sent(cycle_id, "follow_up_1")
    ids = await theatre.rows("select cycle_id, message_id from outreach_log where stage = 'initial'")
    accepted = theatre.post.accepted()
    assert {row["cycle_id"]: accepted[row["message_id"]] for row in ids} == {went_out: 1, lost: 2}


async def test_who_is_refused_for_good_is_left_out_and_a_company_without_anybody_is_left(
    theatre: Theatre,
) -> None:
    await theatre.load(CAST)
    theatre.post.rcpt = {
        "tom@acme.example": "550 5.1.1 No such user",
        "desk@cedar.example": "550 5.1.1 No such user",
    }
    theatre.settings["OUTREACH_FOLLOW_UP_INTERVAL"] = ASKED
    await theatre.worker()

    launched = await theatre.done("launch", "--wait", "--json")

    assert launched.json["first_emails"] == {"sent": 3, "failed": 1}
    thread = await theatre.cycle("r-data")
    await theatre.force(thread)
    await theatre.sent(thread, "follow_up_1")
    assert [envelope(one) for one in theatre.post.letters_to("li@acme.example")] == [["li@acme.example"]] * 2
    shown = (await theatre.done("show", thread)).said
    assert "550 5.1.1 No such user" in shown

    suppressed = await theatre.rows("select address from suppressed_address order by address")
    assert [row["address"] for row in suppressed] == ["desk@cedar.example", "tom@acme.example"]

    left = await theatre.cycle("r-care")
    await theatre.until("exists (select from outreach_cycle where parent_cycle_id = $1)", left)
    assert await theatre.value("select outcome from outreach_cycle where id = $1", left) == "undeliverable"
    assert not theatre.post.letters_to("desk@cedar.example")

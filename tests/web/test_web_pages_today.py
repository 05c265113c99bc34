"""Today and Launch now: the day at a glance, what would go out, and that a run begins once."""

from __future__ import annotations

import re
from datetime import timedelta

from temporalio.testing import WorkflowEnvironment

from db.pool import Pool
from domain.letters import Outage, Uncertain
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import DAY, HOUR, RULES, book, do, send
from tests.stage import stage
from tests.web.front import Front
from tests.web.pages import ACME, CARE, FLEET, HOSTILE, PORT, answered, begun, look, press, unsafe


async def test_a_day_without_anything_says_what_to_do(front: Front) -> None:
    words = await look(front, "/")
    assert "Nothing stands still." in words and "Nothing has gone out yet today." in words
    assert "See what a run would start" in words and "1 Jun 2026" in words


async def test_the_day_shows_what_went_out_came_in_is_due_and_stands_still(front: Front) -> None:
    await begun(front, ACME, PORT)
    hold = RULES.model_copy(update={"on_uncertain_send": "hold"})
    await send(front.pool, FLEET, delivery=Uncertain("connection lost"), rules=hold)
    await send(front.pool, CARE, delivery=Outage("refused_450", "450 come again"))
    await answered(front)
    front.now = NOW + timedelta(hours=2)
    words = await look(front, "/")
    assert "Went out today 2" in words and "Came in today 1 1 thread answered" in words
    stuck = words[words.index("Stuck or held") : words.index("Due next")]
    assert "Fleet Planner" in stuck and "an e-mail was handed over and its end is unknown" in stuck
    assert "mail server away" in stuck and "450 come again" in stuck
    assert "Re: Interns reply Li Wei , about Data Analyst" in words
    assert "1 answered thread wants an outcome" in words
    assert "First e-mail, Ada Byron, Bela Nagy, Chidi Eze" in re.sub(r" ,", ",", words)


async def test_what_is_due_within_a_day_is_listed(front: Front) -> None:
    await begun(front, PORT)
    front.now = NOW + DAY + HOUR
    words = await look(front, "/")
    due = words[words.rindex("Due next") : words.rindex("Went out today")]
    assert "Port Operations Intern" in due and "Follow-up 1, Wed 3 Jun 09:00" in due.replace(" ,", ",")


async def test_warnings_come_first_with_what_mends_them(front: Front) -> None:
    await begun(front)
    await do(front.pool, "update control set hold_all = true")
    await do(
        front.pool,
        "insert into inbox (key, form, source, raw, received_at, status) "
        "values ('k', 'mail', 'file', '', $1, 'unmatched')",
        NOW,
    )
    await do(
        front.pool,
        "update outreach_cycle set status = 'waiting', wait_until = $2 where id = $1",
        CARE,
        NOW + DAY,
    )
    answer = await front.client.get("/")
    words = await look(front, "/")
    assert "Everything is held: nothing at all goes out. Release everything" in words
    assert 'action="/settings/release-all"' in answer.text
    assert "1 message belongs to no cycle yet. Say where" in words
    assert "Cycles wait for a slot; whether a run is scheduled could not be checked" in words
    assert words.index("Say where") < words.index("Due within a day")
    assert "`" not in words


async def test_hostile_names_are_text(front: Front) -> None:
    await begun(front)
    await do(front.pool, "update candidate set first_name = $1", HOSTILE)
    await do(front.pool, "update company set name = $1", HOSTILE)
    await send(front.pool, PORT)
    await answered(front, HOSTILE)
    for path in ("/", "/launch"):
        await unsafe(front, path)


async def test_a_launch_is_foretold_in_order_with_reasons_and_changes_nothing(front: Front) -> None:
    assert "No roles are loaded yet" in await look(front, "/launch")
    await fill(front.pool)
    words = await look(front, "/launch")
    assert "Launch now: 4 first e-mails" in words
    assert words.index("Port Operations Intern") < words.index("Data Analyst"), "urgent first"
    assert "james@beyond.example to li@acme.example, tom@acme.example" in words
    assert "1 the company has no slot left this week" in words and "Web Developer at Acme Robotics" in words
    assert await front.pool.fetchval("select count(*) from outreach_cycle") == 0


async def test_a_week_without_slots_says_so(front: Front) -> None:
    await fill(front.pool)
    await book(front.pool)
    words = await look(front, "/launch")
    assert "Nothing would go out now" in words and "Launch now: " not in words
    assert "look at it" in words


async def test_what_a_launch_would_do_is_told_page_by_page(front: Front) -> None:
    await fill(front.pool)
    whole, rest = [(await front.client.get(f"/launch{query}")).text for query in ("", "?after=1")]
    first, second, *_ = re.findall(r"/roles/([^/]+)/letters", whole)
    assert f"/roles/{first}/letters" not in rest and f"/roles/{second}/letters" in rest
    assert "First page" in rest and "First page" not in whole
    for wrong in ("-1", "many", "9" * 30):
        assert (await front.client.get(f"/launch?after={wrong}")).status_code == 422


async def test_a_launch_needs_temporal_and_says_so(front: Front) -> None:
    await fill(front.pool)
    assert "Temporal is not running" in await press(front, "/launch", key="a1")
    assert await front.pool.fetchval("select count(*) from outreach_cycle") == 0


async def test_another_sites_page_launches_nothing(front: Front) -> None:
    await fill(front.pool)
    answer = await front.client.post("/launch", data={"key": "a"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert (await front.client.post("/launch", data={})).status_code == 422


async def test_a_launch_begins_one_run_however_often_its_button_is_pressed(
    temporal: WorkflowEnvironment, pool: Pool
) -> None:
    async with stage(temporal, pool) as play, Front(pool, office=play.office).open() as front:
        front.now = play.monday
        words = await press(front, "/launch", key="k1")
        assert "plans and starts cycles now" in words
        run = re.search(r"run-\w+-\w+", words)
        assert run is not None
        play.runs.append(run[0])
        await play.client.get_workflow_handle(run[0]).result()
        assert "was begun by this request before" in await press(front, "/launch", key="k1")
        assert "Planned 4" in await look(front, f"/runs/{run[0]}")

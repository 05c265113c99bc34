"""The pages of cycles: the list, one with its thread, and what a person does about it."""

from __future__ import annotations

import pytest

from desk import steering
from domain.letters import Uncertain
from tests.cast import NOW
from tests.scenes import DAY, HOUR, RULES, do, send
from tests.web.front import Front
from tests.web.pages import ACME, CARE, FLEET, HOSTILE, PORT, answered, begun, look, press, read, unsafe


async def _status(front: Front, cycle: str) -> str:
    found: str = await front.pool.fetchval("select status from outreach_cycle where id = $1", cycle)
    return found


async def test_an_empty_list_says_what_to_do(front: Front) -> None:
    assert "No cycle yet" in await look(front, "/cycles")


async def test_the_list_shows_who_is_pitched_where_and_what_comes(front: Front) -> None:
    await begun(front, ACME)
    words = await look(front, "/cycles")
    assert "Data Analyst at Acme Robotics" in words and "Ada Byron , Bela Nagy , Chidi Eze" in words
    assert "First e-mail sent" in words and "Wed 3 Jun 09:00 due" in words


async def test_the_list_is_narrowed_and_searched(front: Front) -> None:
    await begun(front, ACME)
    await answered(front)
    assert "Fleet Planner" not in await look(front, "/cycles?standing=closed&outcome=responded&stage=")
    assert "Data Analyst at" not in await look(front, "/cycles?standing=open&urgent=true")
    words = await look(front, "/cycles?search=chidi")
    assert "Data Analyst at" in words and "Care Coordinator" not in words
    assert "No cycle is like that" in await look(front, "/cycles?search=nobody")
    assert "Only those of company cedar" in await look(front, "/cycles?company=cedar")


async def test_a_cycle_leads_to_where_its_candidates_went_next_and_back(front: Front) -> None:
    await begun(front, ACME)
    await do(front.pool, "update outreach_cycle set parent_cycle_id = $1 where id = $2", ACME, CARE)
    words = await look(front, f"/cycles/{ACME}")
    assert "Where its candidates went next Care Coordinator at Cedar Clinic active" in words
    assert f'href="/cycles/{ACME}"' in (await front.client.get(f"/cycles/{CARE}")).text


async def test_pages_of_the_list_keep_what_was_asked(front: Front) -> None:
    await begun(front)
    await do(
        front.pool,
        "insert into role (id, company_id, title) select 'x' || n, 'acme', 'Many ' || n "
        "from generate_series(1, 60) n",
    )
    await do(
        front.pool,
        "insert into outreach_cycle (id, role_id, company_id, generation, urgent, status, created_at) "
        "select 'many-' || n, 'x' || n, 'acme', 1, false, 'waiting', $1 from generate_series(1, 60) n",
        NOW,
    )
    first = await front.client.get("/cycles?search=many&standing=waiting")
    follows = first.text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert "search=many" in follows and "standing=waiting" in follows
    words = await look(front, follows)
    assert "First page" in words and "Next page" not in words and words.count("Many ") == 10


async def test_a_cycle_shows_its_thread_in_order_with_what_came_between(front: Front) -> None:
    await begun(front, ACME)
    await answered(front)
    await send(front.pool, PORT)
    answer = await front.client.get(f"/cycles/{ACME}")
    words = read(answer)
    assert words.index("From james@beyond.example to li@acme.example, tom@acme.example") < words.index(
        "Ada looks like a great fit."
    )
    assert 'sandbox="allow-same-origin"' in answer.text
    assert "First e-mail accepted by the mail server." in words and "Closed: a partner replied." in words
    assert "Hi Li and Tom" in words, "the plain text stands there for who asks for it"


async def test_a_letter_stands_in_a_frame_that_can_do_nothing(front: Front) -> None:
    await begun(front, ACME)
    log_id = await front.pool.fetchval("select id from outreach_log where cycle_id = $1", ACME)
    answer = await front.client.get(f"/cycles/{ACME}/letters/{log_id}")
    assert answer.status_code == 200 and "Hi Li and Tom" in answer.text
    assert "sandbox allow-same-origin" in answer.headers["content-security-policy"]
    assert (await front.client.get(f"/cycles/{PORT}/letters/{log_id}")).status_code == 404
    led = await front.client.get(f"/cycles/{log_id}")
    assert led.headers["location"] == f"/cycles/{ACME}#letter-{log_id}"


@pytest.mark.parametrize("path", ["/cycles/nowhere", "/cycles/nowhere/letters/1", "/cycles/99999999"])
async def test_an_unknown_cycle_is_a_page_in_words(front: Front, path: str) -> None:
    answer = await front.client.get(path)
    assert answer.status_code == 404 and "text/html" in answer.headers["content-type"]
    assert "nowhere" in answer.text.lower() or "99999999" in answer.text
    assert "starter.py" not in answer.text, "whoever sees pages has no terminal"


async def test_a_cycle_is_paused_resumed_and_stopped(front: Front) -> None:
    await begun(front, ACME)
    words = await press(front, f"/cycles/{ACME}/pause")
    assert "This cycle is held until you resume it." in words and "Held: a person paused it." in words
    assert "what follows comes within minutes" in words, "Temporal is not there in this test"
    assert "This cycle was held already." in await press(front, f"/cycles/{ACME}/pause")
    assert "This cycle goes on." in await press(front, f"/cycles/{ACME}/resume")
    assert "nobody moves on" in await press(front, f"/cycles/{ACME}/stop")
    words = await press(front, f"/cycles/{ACME}/stop")
    assert "This cycle was closed already (a person stopped it)." in words, (
        "the second sees what the first did"
    )


async def test_what_was_done_is_said_once(front: Front) -> None:
    await begun(front, ACME)
    assert "held until you resume it" in await press(front, f"/cycles/{ACME}/pause")
    assert "held until you resume it" not in await look(front, f"/cycles/{ACME}")


async def test_the_next_letter_is_sent_now_or_the_page_says_why_not(front: Front) -> None:
    await begun(front, ACME)
    assert "its next follow-up goes out now" in await press(front, f"/cycles/{ACME}/send")
    words = await press(front, f"/cycles/{CARE}/send")
    assert "has no follow-up to send now" in words


async def test_a_reply_is_marked_and_outcomes_are_one_click(front: Front) -> None:
    await begun(front, ACME)
    assert "Placed" not in await look(front, f"/cycles/{ACME}")
    words = await press(front, f"/cycles/{ACME}/reply")
    assert "reply recorded" in words and "Say below what became of each candidate" in words
    assert "It was no reply: reopen" in words
    words = await press(front, f"/cycles/{ACME}/outcome", candidate="ada", outcome="interview")
    assert "Ada Byron has an interview" in words
    assert "It was no reply: reopen" not in words, "whoever has an outcome has answered"
    words = await press(front, f"/cycles/{ACME}/outcome", candidate="bela", outcome="declined")
    assert "Bela Nagy was declined" in words
    words = await press(front, f"/cycles/{ACME}/outcome", candidate="ada", outcome="placed")
    assert "Ada Byron is placed" in words and "`" not in words
    words = await press(front, f"/cycles/{ACME}/outcome", candidate="ada", outcome="declined")
    assert "a place is final" in words, "the second sees what the first did"
    assert "is filled" in await press(front, f"/cycles/{ACME}/role", status="filled")
    assert "The role is filled: nobody is pitched for it any more." in await look(front, f"/cycles/{ACME}")


async def test_of_whom_nothing_can_be_said_nothing_is_offered(front: Front) -> None:
    await begun(front, ACME)
    await steering.withdraw(front.office, "ada", NOW)
    page = f"/cycles/{ACME}"
    assert "What became of Bela Nagy" not in (await front.client.get(page)).text, "nobody has answered"
    await press(front, f"{page}/reply")
    await steering.withdraw(front.office, "bela", NOW)
    text = (await front.client.get(page)).text
    assert "What became of Ada Byron" not in text, "she left before anybody answered"
    offered = text.split('aria-label="What became of Bela Nagy"')[1].split("</td>")[0]
    assert [one in offered for one in ("Placed", "Interview", "Declined")] == [True, False, False]


async def test_a_person_decides_on_an_e_mail_whose_end_is_unknown(front: Front) -> None:
    await begun(front)
    hold = RULES.model_copy(update={"on_uncertain_send": "hold"})
    await send(front.pool, FLEET, delivery=Uncertain("connection lost"), rules=hold)
    words = await look(front, f"/cycles/{FLEET}")
    assert "nobody knows whether it arrived" in words and "It went out" in words and "Send it again" in words
    words = await press(front, f"/cycles/{FLEET}/resume")
    assert "look into the mail server's log" in words and await _status(front, FLEET) == "held"
    assert "This cycle goes on." in await press(front, f"/cycles/{FLEET}/resume", decision="sent")
    assert "has no uncertain e-mail" in await press(front, f"/cycles/{FLEET}/resume", decision="again")


async def test_an_answer_is_not_taken_back_without_temporal(front: Front) -> None:
    await begun(front, ACME)
    await answered(front)
    words = await press(front, f"/cycles/{ACME}/reopen")
    assert "Temporal is not running" in words and await _status(front, ACME) == "closed"


async def test_hostile_names_are_text(front: Front) -> None:
    await begun(front)
    await do(front.pool, "update candidate set first_name = $1 where id = 'ada'", HOSTILE)
    await do(front.pool, "update company set name = $1 where id = 'acme'", HOSTILE)
    await do(front.pool, "update role set title = $1 where id = 'r-data'", HOSTILE)
    await send(front.pool, ACME)
    await answered(front, HOSTILE)
    front.now = NOW + 2 * DAY + HOUR
    for path in ("/cycles", f"/cycles/{ACME}", "/cycles?search=<script>alert"):
        await unsafe(front, path)


async def test_another_sites_page_changes_nothing(front: Front) -> None:
    await begun(front, ACME)
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await front.client.post(f"/cycles/{ACME}/stop", headers=headers)
        assert answer.status_code == 403
    assert await _status(front, ACME) == "active"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/cycles?standing=odd", "standing"),
        ("/cycles?outcome=odd", "outcome"),
        (f"/cycles?search={'x' * 101}", "search"),
    ],
)
async def test_a_wrong_filter_is_named(front: Front, path: str, field: str) -> None:
    answer = await front.client.get(path)
    assert answer.status_code == 422 and field in answer.text


async def test_a_deed_that_nobody_knows_is_refused(front: Front) -> None:
    await begun(front, ACME)
    assert (await front.client.post(f"/cycles/{ACME}/explode")).status_code == 422
    answer = await front.client.post(f"/cycles/{ACME}/outcome", data={"candidate": "ada", "outcome": "odd"})
    assert answer.status_code == 422
    assert (await front.client.post("/cycles/nowhere/stop")).status_code == 404

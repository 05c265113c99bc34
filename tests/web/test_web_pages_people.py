"""The pages of candidates, companies and runs: lists, records, and what a person does about them."""

from __future__ import annotations

import pytest

from desk import received
from desk.inbox import PostRoom
from tests.scenes import do
from tests.web.front import Front
from tests.web.pages import ACME, HOSTILE, PORT, answered, begun, look, press, read, unsafe


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/candidates", "No candidates are loaded yet"),
        ("/companies", "No companies are loaded yet"),
        ("/runs", "No run yet"),
    ],
)
async def test_an_empty_list_says_what_to_do(front: Front, path: str, words: str) -> None:
    assert words in await look(front, path)


async def test_candidates_are_listed_with_their_momentum(front: Front) -> None:
    await begun(front, ACME)
    words = await look(front, "/candidates")
    assert words.index("Emil Holm urgent") < words.index("Ada Byron"), "urgent first"
    assert "in 150 days" in words and "needs a visa" in words
    assert "Ada Byron" not in await look(front, "/candidates?urgent=true")
    assert "Goran" in await look(front, "/candidates?standing=placed")
    assert "Ada" not in await look(front, "/candidates?momentum=idle")
    assert "Nobody is like that" in await look(front, "/candidates?search=zzz")


async def test_a_candidate_is_told_in_full(front: Front) -> None:
    await begun(front, ACME)
    words = await look(front, "/candidates/ada")
    assert "Live pitches 2 of 3 at most" in words and "Days to start 150" in words
    assert "Data Analyst at Acme Robotics" in words and "pitched" in words
    assert "students.example" not in words, "without contact details"


async def test_a_candidate_leaves_every_thread(front: Front) -> None:
    await begun(front, ACME)
    words = await press(front, "/candidates/ada/withdraw", status="withdrawn")
    assert "Ada Byron is withdrawn and leaves 2 open cycles." in words
    words = await press(front, "/candidates/ada/withdraw", status="placed")
    assert "Ada Byron is placed" in words and "Mark as placed" not in words
    assert (await front.client.post("/candidates/ada/withdraw", data={"status": "odd"})).status_code == 422


async def test_companies_are_listed_with_touches_and_slots(front: Front) -> None:
    await begun(front, ACME, PORT)
    await answered(front)
    words = await look(front, "/companies")
    assert "Acme Robotics Software James O'Neill" in words and "1 of 1" in words and "2 of 3" in words
    assert "Cedar" not in await look(front, "/companies?search=logistics")
    assert "Acme" not in await look(front, "/companies?threads=open")
    assert "No company is like that" in await look(front, "/companies?written=no")


async def test_a_company_is_told_in_full(front: Front) -> None:
    await begun(front, ACME)
    await answered(front)
    words = await look(front, "/companies/acme")
    assert "First e-mails 1" in words and "Replies 1" in words and "Slots this week 1 of 1" in words
    assert "Tom Reed tom@acme.example written to" in words and "billing , not a partner contact" in words
    assert (
        "Re: Interns Li Wei" in words and "a partner answered, and the outcome is not recorded yet" in words
    )


async def test_a_company_is_suppressed_and_written_to_again(front: Front) -> None:
    await begun(front, ACME)
    words = await press(front, "/companies/acme/suppress", reason="asked by phone")
    assert "Nobody at Acme Robotics is written to any more" in words and "asked by phone" in words
    assert "1 open cycle of it ended" in words
    words = await press(front, "/companies/acme/suppress", reason="")
    assert "was suppressed already" in words, "the second sees what the first did"
    assert "Acme Robotics may be written to again" in await press(front, "/companies/acme/unsuppress")
    await do(front.pool, "update company set suppressed = true where id = 'cedar'")
    assert "in the CRM's records" in await press(front, "/companies/cedar/unsuppress")


async def test_an_address_is_suppressed_and_written_to_again(front: Front) -> None:
    await begun(front, ACME)
    words = await press(front, "/companies/acme/suppress", address="li@acme.example")
    assert "li@acme.example is not written to any more" in words and "Write again to li@acme.example" in words
    words = await press(front, "/companies/acme/unsuppress", address="li@acme.example")
    assert "li@acme.example may be written to again" in words
    assert "is no e-mail address" in await press(front, "/companies/acme/suppress", address="li")


async def test_what_rests_since_an_answer_goes_on_at_once(front: Front) -> None:
    await begun(front, PORT)
    text = (
        f"From: Ana <ana@blue.example>\r\nSubject: Re: Interns\r\nMessage-ID: <r@blue.example>\r\n"
        f"In-Reply-To: <{PORT}.initial@beyond.example>\r\nDate: Mon, 1 Jun 2026 10:00:00 +0000\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nWe would like to meet Dara.\r\n"
    )
    await received.add(PostRoom(front.office), [text.encode()], front.now)
    assert "1 cycle of Blue Harbour & Sons rests" in await look(front, "/companies/blue")
    words = await press(front, "/companies/blue/resume")
    assert "1 cycle of Blue Harbour & Sons goes on." in words and "Let them go on" not in words


async def test_runs_are_listed_and_told_in_full(front: Front) -> None:
    await begun(front)
    assert "1 Jun 2026" in await look(front, "/runs")
    words = await look(front, "/runs/run-1")
    assert "Planned 4" in words and "Care Coordinator at Cedar Clinic" in words
    assert "1 the company has no slot left this week" in words and "weekly_limit" not in words


@pytest.mark.parametrize("path", ["/candidates/nobody", "/companies/nowhere", "/runs/never"])
async def test_an_unknown_id_is_a_page_in_words(front: Front, path: str) -> None:
    answer = await front.client.get(path)
    assert answer.status_code == 404 and "text/html" in answer.headers["content-type"]
    assert path.rsplit("/", 1)[1] in answer.text


async def test_hostile_names_are_text(front: Front) -> None:
    await begun(front, ACME)
    await answered(front, HOSTILE)
    await do(front.pool, "update candidate set first_name = $1, bio = $1 where id = 'ada'", HOSTILE)
    await do(front.pool, "update company set name = $1, industry = $1 where id = 'acme'", HOSTILE)
    await do(front.pool, "update contact set first_name = $1 where company_id = 'acme'", HOSTILE)
    await do(front.pool, "update role set title = $1 where company_id in ('acme', 'cedar')", HOSTILE)
    for path in ("/candidates", "/candidates/ada", "/companies", "/companies/acme", "/runs/run-1"):
        await unsafe(front, path)


async def test_an_id_with_a_slash_and_a_question_has_its_page(front: Front) -> None:
    await begun(front)
    await do(
        front.pool,
        "insert into candidate (id, first_name, start_date) values ('x/1?#%', 'Zoë', '2026-12-01')",
    )
    answer = await front.client.get("/candidates?search=zo")
    assert 'href="/candidates/x/1%3F%23%25"' in answer.text
    assert "Zoë" in await look(front, "/candidates/x/1%3F%23%25")
    assert "Zoë is withdrawn" in await press(front, "/candidates/x/1%3F%23%25/withdraw", status="withdrawn")


@pytest.mark.parametrize(
    "path", ["/candidates/ada/withdraw", "/companies/acme/suppress", "/companies/acme/resume"]
)
async def test_another_sites_page_changes_nothing(front: Front, path: str) -> None:
    await begun(front)
    headers = {"Origin": "https://evil.example"}
    answer = await front.client.post(path, data={"status": "placed"}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/candidates/%00", "/companies/%00", "/runs/%00", "/cycles/%00"])
async def test_a_nul_in_an_id_is_no_such_thing(front: Front, path: str) -> None:
    await begun(front)
    assert (await front.client.get(path)).status_code in (404, 422)


@pytest.mark.parametrize("path", ["/candidates", "/companies", "/cycles", "/runs"])
async def test_a_made_up_page_is_refused_in_words(front: Front, path: str) -> None:
    await begun(front)
    answer = await front.client.get(f"{path}?after=abc")
    assert answer.status_code == 422 and "no cursor of this list" in answer.text


@pytest.mark.parametrize("path", [f"/cycles/{ACME}/letters/{10**30}", f"/approvals?after=-{10**30}"])
async def test_a_number_that_is_none_is_said(front: Front, path: str) -> None:
    assert (await front.client.get(path)).status_code == 422


async def test_a_foreign_line_is_no_line_of_the_log(front: Front, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("WARNING", "outreach.web")
    await front.client.get("/cycles/a%0Ab/letters/1")
    assert caplog.messages and not any("\n" in one for one in caplog.messages)
    caplog.clear()
    await front.client.get("/candidates?after=secret-words")
    assert caplog.messages and not any("secret-words" in one for one in caplog.messages)


async def test_what_was_done_is_said_in_a_cookie_that_browsers_keep(front: Front) -> None:
    await begun(front, ACME)
    await do(front.pool, "update company set name = repeat('株', 3000) where id = 'acme'")
    answer = await front.client.post("/companies/acme/suppress")
    assert len(answer.headers["set-cookie"]) < 4096
    assert "株株" in read(await front.client.get(answer.headers["location"]))


async def test_half_a_character_in_a_message_hides_neither_it_nor_its_page(front: Front) -> None:
    await begun(front, ACME)
    half = "=?utf-7?q?+2AA-?="
    lines = (
        f"From: {half} <li@acme.example>",
        f"Subject: {half}",
        "Message-ID: <half@acme.example>",
        f"In-Reply-To: <{ACME}.initial@beyond.example>",
        "Content-Type: text/plain; charset=utf-7",
        "",
        "Half +2AA- a character",
    )
    await received.add(PostRoom(front.office), ["\r\n".join(lines).encode()], front.now)
    words = await look(front, "/replies/1")
    assert "Half ? a character" in words and "Data Analyst at Acme" in words

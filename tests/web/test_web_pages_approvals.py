"""Approvals: a letter is read as it goes out, and decided on; a word counts only for what was shown."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from db.pool import Pool
from desk import access, approvals
from desk.office import Office
from domain.drafts import Draft
from domain.rules import Rules
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import book, claim
from tests.web.front import Front

ALL = Rules(approval="all")


@pytest_asyncio.fixture
async def front(pool: Pool) -> AsyncIterator[Front]:
    """A server on the named cast whose letters all need approval."""
    await fill(pool)
    async with Front(pool, office=Office(pool, ALL)).open() as served:
        yield served


async def a_draft(front: Front) -> Draft:
    """Has the first letter of Acme's data role wait."""
    cycle = next(one for one in await book(front.pool, rules=ALL) if "r-data" in one)
    await claim(front.pool, cycle, rules=ALL)
    found = await approvals.waiting(front.office)
    return await approvals.draft(front.office, found.drafts[0].id)


async def page_of(front: Front, draft: Draft) -> str:
    """Reads a draft's page."""
    answer = await front.client.get(f"/approvals/{draft.id}")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


async def test_what_waits_is_listed(front: Front) -> None:
    assert "Nothing waits for your word now" in (await front.client.get("/approvals")).text
    draft = await a_draft(front)
    page = (await front.client.get("/approvals")).text
    assert f'href="/approvals/{draft.id}"' in page
    assert "li@acme.example" in page
    assert (await front.client.get(f"/approvals?after={draft.id}")).status_code == 200


async def test_the_cycle_leads_to_the_letter_that_waits(front: Front) -> None:
    draft = await a_draft(front)
    assert (
        f'href="/approvals/{draft.id}">Read and approve'
        in (await front.client.get(f"/cycles/{draft.cycle_id}")).text
    )


async def test_a_launch_says_that_its_letters_will_wait(front: Front) -> None:
    assert "now? Their first e-mails wait for approval." in (await front.client.get("/launch")).text


async def test_where_nothing_needs_approval_the_page_says_how_to_ask_for_it(pool: Pool) -> None:
    async with Front(pool).open() as front:
        assert "OUTREACH_APPROVAL" in (await front.client.get("/approvals")).text


async def test_the_letter_is_shown_exactly_as_it_goes_out(front: Front) -> None:
    draft = await a_draft(front)
    page = await page_of(front, draft)
    assert 'sandbox="allow-same-origin"' in page
    assert page.count(f'name="hash" value="{draft.hash}"') == 2
    framed = await front.client.get(f"/approvals/{draft.id}/html")
    assert framed.text == draft.html
    assert "default-src 'none'" in framed.headers["content-security-policy"]
    # What a person is given to edit is the text itself, to its first character.
    box = re.search(
        r"<textarea[^>]*>\n(.*?)</textarea>", (await front.client.get(f"/approvals/{draft.id}")).text, re.S
    )
    assert box is not None


async def test_it_is_approved_and_the_page_says_by_whom(front: Front) -> None:
    draft = await a_draft(front)
    done = await front.client.post(f"/approvals/{draft.id}/approve", data={"hash": draft.hash})
    assert (done.status_code, done.headers["location"]) == (303, f"/approvals/{draft.id}")
    page = await page_of(front, draft)
    assert "is approved; it goes out at its time" in page
    assert "This letter is approved by this machine" in page
    assert "Approve: it goes out" not in page


async def test_a_hash_of_something_else_decides_nothing_and_is_said(front: Front) -> None:
    draft = await a_draft(front)
    await front.client.post(f"/approvals/{draft.id}/approve", data={"hash": "0" * 64})
    page = await page_of(front, draft)
    assert "is not as it was shown; read it again, then decide" in page
    assert (await approvals.draft(front.office, draft.id)).status == "waiting"
    missing = await front.client.post(f"/approvals/{draft.id}/approve")
    assert missing.status_code == 422
    assert "hash" in missing.text


async def test_edited_words_take_the_place_of_the_rendered_ones_and_are_only_words(front: Front) -> None:
    draft = await a_draft(front)
    form = {"hash": draft.hash, "text": "Hello <script>alert(1)</script>\n\nAda?", "subject": "Three interns"}
    await front.client.post(f"/approvals/{draft.id}/edit", data=form)
    page = await page_of(front, draft)
    assert "Your words are kept" in page
    assert "Three interns" in page
    assert "<script>alert" not in page
    assert "<script>alert" not in (await front.client.get(f"/approvals/{draft.id}/html")).text
    again = await front.client.post(f"/approvals/{draft.id}/approve", data={"hash": draft.hash})
    assert again.status_code == 303
    assert "is not as it was shown" in await page_of(front, draft)
    await front.client.post(f"/approvals/{draft.id}/edit", data={"hash": draft.hash, "text": ""})
    assert 'class="said wrong"' in await page_of(front, draft)


async def test_a_candidate_is_taken_out(front: Front) -> None:
    draft = await a_draft(front)
    await front.client.post(f"/approvals/{draft.id}/drop", data={"candidate": draft.candidate_ids[0]})
    page = await page_of(front, draft)
    assert f"{draft.names[0]} leaves" in page
    assert "out of date" in page


async def test_it_is_refused_and_the_thread_ends(front: Front) -> None:
    draft = await a_draft(front)
    await front.client.post(f"/approvals/{draft.id}/refuse")
    page = await page_of(front, draft)
    assert "is stopped; nothing more goes out" in page
    assert "This letter is refused by" in page


async def test_the_second_of_two_people_sees_what_the_first_did(front: Front) -> None:
    draft = await a_draft(front)
    for name in ("Mia", "Noa"):
        await access.give(front.office, name, "write", f"token-of-{name}", NOW)
    other = Front(front.pool, office=replace(front.office))
    async with other.open():
        mia, noa = ({"Authorization": f"Bearer token-of-{name}"} for name in ("Mia", "Noa"))
        path, form = f"/approvals/{draft.id}/approve", {"hash": draft.hash}
        await other.client.post(path, data=form, headers=mia)
        second = await other.client.post(path, data=form, headers=noa)
        page = (await other.client.get(second.headers["location"], headers=noa)).text
        assert page.count("approved by Mia at") == 2
        assert 'class="said wrong"' in page


@pytest.mark.parametrize("path", ["/approvals/99", "/approvals/99/html"])
async def test_an_unknown_draft_is_not_found(front: Front, path: str) -> None:
    answer = await front.client.get(path)
    assert (answer.status_code, "There is no draft 99" in answer.text) == (404, True)

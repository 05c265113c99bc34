"""A letter waits for a person's word: what is decided about it, by whom, and what that is bound to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from db import bookings
from db.pool import Pool, transaction
from db.sending import Claimed
from desk import approvals, figures, launch, preview
from desk.office import Office
from domain import errors
from domain.rules import Rules
from tests.cast import NOW
from tests.db import invariants
from tests.desk.drafts import ALL, DATA, asked, cycle_row, pitches, send_claimed
from tests.fill import fill
from tests.scenes import DAY, HOUR, book, claim


@pytest_asyncio.fixture
async def office(pool: Pool) -> AsyncIterator[Office]:
    """A desk on the named cast, without Temporal; every letter needs approval."""
    await fill(pool)
    await book(pool, rules=ALL)
    yield Office(pool, ALL)
    await invariants.check(pool)


async def test_a_letter_waits_with_everything_as_it_would_go_out(office: Office) -> None:
    draft = await asked(office)
    assert draft.recipients == ("li@acme.example", "tom@acme.example")
    assert draft.candidate_ids == ("ada", "bela", "chidi")
    assert draft.names == ("Ada Byron", "Bela Nagy", "Chidi Eze")
    assert draft.text.startswith("Hi Li and Tom,") and draft.html and draft.closing.startswith("Best wishes,")
    assert draft.status == "waiting" and not draft.edited and not draft.note
    assert await office.pool.fetchval("select count(*) from outreach_log") == 0
    assert (await cycle_row(office))["subject"] is None, "the thread is fixed with the claim (R3)"
    assert await asked(office) == draft, "asked for again it is the same draft"


@pytest.mark.parametrize(("mode", "waits"), [("urgent", ["r-port"]), ("off", [])])
async def test_the_mode_says_whose_letters_wait(office: Office, mode: Any, waits: list[str]) -> None:
    rules = Rules(approval=mode)
    for one in await office.pool.fetch("select id from outreach_cycle where status = 'active'"):
        await claim(office.pool, one["id"], rules=rules)
    found = await approvals.waiting(office)
    assert [one.role_id for one in found.drafts if one.role_id == "r-port"] == waits
    assert all(one.urgent for one in found.drafts)
    assert (await cycle_row(office))["status"] == "active"


async def test_approved_it_goes_out_as_it_was_shown(office: Office) -> None:
    draft = await asked(office)
    done = await approvals.approve(office, draft.id, draft.hash, "Ana", NOW + HOUR)
    assert "is approved" in done.words and done.changed
    claimed = await claim(office.pool, DATA, rules=ALL, now=NOW + HOUR)
    assert isinstance(claimed, Claimed)
    assert (claimed.letter.subject, claimed.letter.text) == (draft.subject, draft.text)
    assert await office.pool.fetchval("select variant from outreach_log") == "default"
    await send_claimed(office, claimed)


async def test_what_was_not_shown_cannot_be_approved(office: Office) -> None:
    draft = await asked(office)
    with pytest.raises(errors.Decided, match="not as it was shown"):
        await approvals.approve(office, draft.id, "0" * 64, "Ana", NOW)
    await approvals.edit(office, draft.id, draft.hash, "Hi both,\n\nshort.", "Ana", NOW)
    with pytest.raises(errors.Decided, match=r"edited by Ana at 09:00 on 1 June 2026; read it again"):
        await approvals.approve(office, draft.id, draft.hash, "Tom", NOW)
    assert (await cycle_row(office))["status"] == "held"


async def test_the_second_of_two_people_sees_what_the_first_did(office: Office) -> None:
    draft = await asked(office)
    words = [
        approvals.approve(office, draft.id, draft.hash, "Ana", NOW),
        approvals.refuse(office, draft.id, "Tom", NOW),
    ]
    first, second = await asyncio.gather(*words, return_exceptions=True)
    lost = second if isinstance(second, Exception) else first
    by = "approved by Ana" if lost is second else "refused by Tom"
    assert isinstance(lost, errors.Decided) and f"{by} at 09:00 on 1 June 2026" in str(lost)


async def test_the_same_word_twice_is_harmless(office: Office) -> None:
    draft = await asked(office)
    assert (await approvals.approve(office, draft.id, draft.hash, "Ana", NOW)).changed
    assert not (await approvals.approve(office, draft.id, draft.hash, "Ana", NOW)).changed
    with pytest.raises(errors.Decided, match="approved by Ana"):
        await approvals.approve(office, draft.id, draft.hash, "Tom", NOW)


async def test_edited_it_says_what_the_person_wrote_in_both_looks(office: Office) -> None:
    draft = await asked(office)
    text = "Hi Li & Tom,\n\n<b>three</b> people for you, see https://beyond.example/a\x00\n\n* Ada\n* Bela"
    edited = await approvals.edit(office, draft.id, draft.hash, text, "Ana", NOW, subject="Three\npeople")
    assert edited.edited and edited.hash != draft.hash and edited.subject == "Three people"
    assert edited.text.startswith("Hi Li & Tom,\n\n<b>three") and edited.text.endswith(draft.closing)
    assert (
        "Li &amp; Tom" in edited.html and "&lt;b&gt;three" in edited.html and "* Ada<br>* Bela" in edited.html
    )
    assert 'href="https://beyond.example/a"' in edited.html and "just reply and say so" in edited.html
    again = await approvals.edit(office, draft.id, edited.hash, edited.text, "Ana", NOW)
    assert again.text == edited.text, "with or without how it ends"
    assert again.body == edited.body and again.mark == edited.hash[:8]
    await approvals.approve(office, draft.id, edited.hash, "Ana", NOW)
    claimed = await claim(office.pool, DATA, rules=ALL)
    assert isinstance(claimed, Claimed) and claimed.letter.text == edited.text
    await send_claimed(office, claimed)
    found = await office.pool.fetchrow("select variant, html, subject from outreach_log")
    assert dict(found) == {"variant": "edited", "html": edited.html, "subject": "Three people"}
    follow = await asked(office, stage="follow_up_1", now=NOW + 3 * DAY)
    assert follow.subject == "Re: Three people"
    with pytest.raises(errors.Refused, match="only a first e-mail"):
        await approvals.edit(office, follow.id, follow.hash, "x", "Ana", NOW, subject="Re: other")


@pytest.mark.parametrize(("text", "says"), [(" \n ", "empty"), ("x" * 20_001, "20,000 at most")])
async def test_an_empty_or_endless_text_is_refused(office: Office, text: str, says: str) -> None:
    draft = await asked(office)
    with pytest.raises(errors.Refused, match=says):
        await approvals.edit(office, draft.id, draft.hash, text, "Ana", NOW)
    with pytest.raises(errors.Refused, match="has a name"):
        await approvals.approve(office, draft.id, draft.hash, " ", NOW)


async def test_dropped_somebody_leaves_this_cycle_and_the_letter_is_written_anew(office: Office) -> None:
    draft = await asked(office)
    done = await approvals.drop(office, draft.id, "bela", "Ana", NOW)
    assert "written anew" in done.words
    assert await pitches(office) == {"ada": "claimed", "bela": "released", "chidi": "claimed"}
    new = await asked(office)
    assert new.id != draft.id and new.candidate_ids == ("ada", "chidi") and "Bela" not in new.text
    assert new.note == "Bela Nagy was taken out by Ana"
    with pytest.raises(errors.Decided, match=f"draft {new.id} waits in its place"):
        await approvals.approve(office, draft.id, draft.hash, "Tom", NOW)
    with pytest.raises(errors.Refused, match="not in the draft"):
        await approvals.drop(office, new.id, "bela", "Ana", NOW)


async def test_whom_a_person_dropped_no_top_up_brings_back(office: Office) -> None:
    draft = await asked(office)
    later = NOW + 7 * DAY
    await approvals.drop(office, draft.id, "ada", "Ana", later)
    assert (await cycle_row(office))["status"] == "waiting", "its week has passed (R6)"
    found = await preview.look_ahead(office.pool, ALL, later.date(), roles=["r-data"], explain=True)
    assert [(one.candidate_id, one.why) for one in found.not_taken["r-data"]][-1] == ("ada", "dropped")
    async with transaction(office.pool) as conn:
        await bookings.book_run(conn, ALL, "run-2", later)
    assert (await cycle_row(office))["status"] == "active"
    assert (await pitches(office))["ada"] == "released"
    new = await asked(office, now=later)
    assert "ada" not in new.candidate_ids and len(new.candidate_ids) == 3
    await approvals.refuse(office, new.id, "Ana", later)
    assert await office.pool.fetchval("select count(*) from candidate_outreach_history where dropped") == 0


async def test_with_nobody_left_the_cycle_ends(office: Office) -> None:
    for one in ("ada", "bela"):
        await approvals.drop(office, (await asked(office)).id, one, "Ana", NOW)
    done = await approvals.drop(office, (await asked(office)).id, "chidi", "Ana", NOW)
    assert "nobody is left" in done.words and (await cycle_row(office))["outcome"] == "withdrawn"


async def test_refused_nothing_goes_out_and_the_thread_ends(office: Office) -> None:
    draft = await asked(office)
    done = await approvals.refuse(office, draft.id, "Ana", NOW)
    assert "stopped" in done.words and (await cycle_row(office))["outcome"] == "stopped"
    assert set((await pitches(office)).values()) == {"released"}
    found = await approvals.draft(office, draft.id)
    assert (found.status, found.decided_by) == ("refused", "Ana")
    assert not (await approvals.refuse(office, draft.id, "Ana", NOW)).changed


async def test_figures_lists_and_launch_say_that_it_waits_for_approval(office: Office) -> None:
    await asked(office)
    assert (await figures.status(office, NOW)).approvals == 1
    lines = {one.cycle_id: one.why for one in (await figures.pendings(office, NOW)).pending}
    assert "waits for approval" in lines[DATA]
    assert (await figures.show(office, DATA)).next.why == "approval"
    emails = await launch.first_emails(office, "run-1", NOW)
    assert emails.standings["approval"] == 1


async def test_drafts_are_listed_urgent_first_then_the_oldest_page_by_page(office: Office) -> None:
    ids = [one["id"] for one in await office.pool.fetch("select id from outreach_cycle order by id")]
    for minutes, cycle in enumerate(ids):
        await asked(office, cycle, now=NOW + timedelta(minutes=minutes))
    whole = await approvals.waiting(office)
    assert whole.total == len(whole.drafts) == len(ids) and whole.next is None
    keys = [(not one.urgent, one.created_at) for one in whole.drafts]
    assert keys == sorted(keys) and len({one.urgent for one in whole.drafts}) == 2
    found, after = [], None
    while True:
        page = await approvals.waiting(office, after, 2)
        found += page.drafts
        if page.next is None:
            break
        after = page.next
        await approvals.approve(office, after, page.drafts[-1].hash, "Ana", NOW + HOUR)
    assert [one.id for one in found] == [one.id for one in whole.drafts], "decided meanwhile, none is lost"


async def test_an_unknown_draft_is_not_found(office: Office) -> None:
    with pytest.raises(errors.NotFound, match="no draft 77"):
        await approvals.draft(office, 77)
    with pytest.raises(errors.NotFound, match="no draft 77"):
        await approvals.refuse(office, 77, "Ana", NOW)
    with pytest.raises(errors.NotFound, match=r"no draft 9{30}"):
        await approvals.draft(office, int("9" * 30))
    assert (await approvals.waiting(office, int("9" * 30))).drafts == ()

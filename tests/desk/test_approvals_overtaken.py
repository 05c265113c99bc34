"""What happens between a word and the letter: replies, leavers, weeks, pauses, a mode that is turned off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import asyncpg
import pytest
import pytest_asyncio

from db import bookings, sending
from db import steering as rows
from db.pool import Pool, transaction
from db.sending import Claimed
from desk import approvals, steering, suppressions
from desk.office import Office
from domain import errors
from domain.cadence import Next
from domain.letters import Outage
from domain.messages import Event
from domain.rules import Rules
from tests.cast import NOW
from tests.db import invariants
from tests.desk.drafts import ALL, DATA, asked, cycle_row, send_claimed
from tests.fill import fill
from tests.scenes import DAY, HOUR, book, claim, send


@pytest_asyncio.fixture
async def office(pool: Pool) -> AsyncIterator[Office]:
    """A desk on the named cast, without Temporal; every letter needs approval."""
    await fill(pool)
    await book(pool, rules=ALL)
    yield Office(pool, ALL)
    await invariants.check(pool)


async def test_resume_is_no_approval(office: Office) -> None:
    draft = await asked(office)
    with pytest.raises(errors.Refused, match=f"`approve {draft.id}` lets it go"):
        await steering.resume(office, DATA, NOW)
    async with transaction(office.pool) as conn:
        step = await rows.settle(conn, DATA, [Event(kind="resume")], ALL, NOW)
    assert step.why == "approval", "nor is a signal by hand"


async def test_no_second_draft_of_a_cycle_waits(office: Office) -> None:
    draft = await asked(office)
    columns = (
        "cycle_id, stage, created_at, urgent, forced, sender, recipients, contact_ids, candidate_ids, "
        "subject, text, html, closing, hash, source_hash"
    )
    with pytest.raises(asyncpg.UniqueViolationError, match="one_waiting_draft"):
        await office.pool.execute(
            f"insert into draft ({columns}) select {columns} from draft where id = $1",
            draft.id,
        )


async def test_once_the_mode_is_off_what_waits_goes_on_by_a_persons_word_alone(office: Office) -> None:
    draft = await asked(office)
    off = replace(office, rules=Rules())
    await steering.nudge(off, None, NOW + HOUR)
    assert (await cycle_row(office))["status"] == "held"
    assert "goes on" in (await steering.resume(off, DATA, NOW)).words
    assert (await approvals.draft(office, draft.id)).note == "letters need no approval any more"
    claimed = await claim(office.pool, DATA, rules=Rules())
    assert isinstance(claimed, Claimed)
    await send_claimed(office, claimed)


async def test_an_edited_letter_goes_out_as_edited_though_the_mode_is_off_by_then(office: Office) -> None:
    draft = await asked(office)
    edited = await approvals.edit(office, draft.id, draft.hash, "Mine.", "Ana", NOW)
    off = replace(office, rules=Rules())
    await approvals.approve(off, draft.id, edited.hash, "Ana", NOW)
    claimed = await claim(office.pool, DATA, rules=Rules())
    assert isinstance(claimed, Claimed) and claimed.letter.text.startswith("Mine.")
    await send_claimed(office, claimed)


async def test_a_contact_suppressed_after_the_approval_makes_the_draft_outdated(office: Office) -> None:
    draft = await asked(office)
    await approvals.approve(office, draft.id, draft.hash, "Ana", NOW)
    await suppressions.suppress(office, "li@acme.example", "", NOW)
    new = await asked(office)
    assert new.recipients == ("tom@acme.example",)
    assert new.note == "who it goes to changed since it was approved by Ana at 09:00 on 1 June 2026"
    assert (await approvals.draft(office, draft.id)).status == "outdated"


async def test_an_edited_text_is_outdated_with_what_it_was_made_of(office: Office) -> None:
    draft = await asked(office)
    edited = await approvals.edit(office, draft.id, draft.hash, "Mine.", "Ana", NOW)
    await approvals.approve(office, draft.id, edited.hash, "Ana", NOW)
    await office.pool.execute("update role set title = 'Data Scientist' where id = 'r-data'")
    new = await asked(office)
    assert not new.edited and "Data Scientist" in new.text and new.note.startswith("the words changed since")


async def test_a_candidate_who_leaves_takes_the_draft_along(office: Office) -> None:
    draft = await asked(office)
    await steering.withdraw(office, "ada", NOW)
    assert (await approvals.draft(office, draft.id)).status == "outdated"
    assert (await cycle_row(office))["status"] == "active", "it looks again by itself"
    with pytest.raises(errors.Decided, match="out of date: a candidate left"):
        await approvals.approve(office, draft.id, draft.hash, "Ana", NOW)
    new = await asked(office)
    await approvals.approve(office, new.id, new.hash, "Ana", NOW)
    await steering.withdraw(office, "bela", NOW)
    last = await asked(office)
    assert last.candidate_ids == ("chidi",)
    assert last.note.startswith("the candidates changed since it was approved by Ana")


async def test_a_reply_closes_the_draft_and_outruns_an_approval(office: Office) -> None:
    await send(office.pool, DATA, rules=Rules())
    draft = await asked(office, stage="follow_up_1", now=NOW + 2 * DAY)
    words = [
        steering.reply(office, DATA, NOW + 2 * DAY),
        approvals.approve(office, draft.id, draft.hash, "Ana", NOW + 2 * DAY),
    ]
    replied, approved = await asyncio.gather(*words, return_exceptions=True)
    assert not isinstance(replied, Exception)
    if isinstance(approved, Exception):
        assert "out of date: a partner replied" in str(approved)
    step = await claim(office.pool, DATA, "follow_up_1", now=NOW + 2 * DAY, rules=ALL)
    assert isinstance(step, Next) and step.outcome == "responded"
    assert (await approvals.draft(office, draft.id)).status == "outdated"


async def test_when_the_week_rolls_over_the_approved_letter_waits_for_a_slot(office: Office) -> None:
    draft = await asked(office)
    later = NOW + 7 * DAY
    done = await approvals.approve(office, draft.id, draft.hash, "Ana", later)
    assert "once a run gives it a slot" in done.words
    assert (await cycle_row(office))["status"] == "waiting"
    async with transaction(office.pool) as conn:
        await bookings.book_run(conn, ALL, "run-2", later)
    claimed = await claim(office.pool, DATA, rules=ALL, now=later)
    assert isinstance(claimed, Claimed) and claimed.letter.text == draft.text
    await send_claimed(office, claimed)


async def test_paused_it_keeps_its_draft_and_an_approval_waits_for_the_resume(office: Office) -> None:
    draft = await asked(office)
    await steering.pause(office, DATA, NOW)
    done = await approvals.approve(office, draft.id, draft.hash, "Ana", NOW)
    assert "held all the same: a person paused it" in done.words
    assert "goes on" in (await steering.resume(office, DATA, NOW)).words
    claimed = await claim(office.pool, DATA, rules=ALL)
    assert isinstance(claimed, Claimed)
    await send_claimed(office, claimed)


async def test_another_answer_of_the_company_lets_a_letter_rest_that_waits_for_approval(pool: Pool) -> None:
    await fill(pool)
    ids = await book(pool)
    port, fleet = (next(one for one in ids if role in one) for role in ("r-port", "r-fleet"))
    office = Office(pool, ALL)
    await send(pool, port)
    draft = await asked(office, fleet)
    await steering.reply(office, port, NOW + HOUR)
    assert (await cycle_row(office, fleet))["held_reason"] == "company_answered"
    assert (await approvals.draft(office, draft.id)).status == "waiting"
    done = await approvals.approve(office, draft.id, draft.hash, "Ana", NOW + 2 * HOUR)
    assert "held all the same" in done.words


async def test_a_letter_that_a_server_put_off_goes_again_as_it_was_approved(office: Office) -> None:
    draft = await asked(office)
    edited = await approvals.edit(office, draft.id, draft.hash, "Hi Li,\n\nmeet Ada.", "Ana", NOW, "Meet Ada")
    await approvals.approve(office, draft.id, edited.hash, "Ana", NOW)
    first = await claim(office.pool, DATA, rules=ALL)
    assert isinstance(first, Claimed)
    async with transaction(office.pool) as conn:
        await sending.record(conn, first.log_id, Outage("451", "later"), ALL, NOW)
    again = await claim(office.pool, DATA, rules=ALL)
    assert isinstance(again, Claimed) and again.letter == first.letter


async def test_once_handed_over_a_letter_keeps_its_subject_whoever_edits_it(office: Office) -> None:
    draft = await asked(office)
    await approvals.approve(office, draft.id, draft.hash, "Ana", NOW)
    first = await claim(office.pool, DATA, rules=ALL)
    assert isinstance(first, Claimed)
    async with transaction(office.pool) as conn:
        await sending.record(conn, first.log_id, Outage("451", "later"), ALL, NOW)
    await suppressions.suppress(office, "tom@acme.example", "", NOW)
    newer = await asked(office)
    with pytest.raises(errors.Refused, match="its subject is fixed"):
        await approvals.edit(office, newer.id, newer.hash, "Hi Li.", "Ana", NOW, "Another subject")
    edited = await approvals.edit(office, newer.id, newer.hash, "Hi Li.", "Ana", NOW, newer.subject)
    await approvals.approve(office, newer.id, edited.hash, "Ana", NOW)
    again = await claim(office.pool, DATA, rules=ALL)
    assert isinstance(again, Claimed) and again.letter.subject == first.letter.subject
    assert await office.pool.fetchval("select variant from outreach_log") == "edited"


async def test_a_worker_killed_in_the_act_leaves_the_approval_as_it_was(office: Office) -> None:
    draft = await asked(office)
    edited = await approvals.edit(office, draft.id, draft.hash, "Hi Li,\n\nmeet Ada.", "Ana", NOW, "Meet Ada")
    await approvals.approve(office, draft.id, edited.hash, "Ana", NOW)
    first = await claim(office.pool, DATA, rules=ALL)
    again = await claim(office.pool, DATA, now=NOW + HOUR, rules=ALL)
    assert isinstance(first, Claimed) and isinstance(again, Claimed)
    assert (again.letter, again.envelope.message_id) == (first.letter, first.envelope.message_id)
    await send_claimed(office, again)

"""Nothing leaves without a person's word: a cycle whose letters wait for approval, over days."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

from db.pool import Pool
from desk import approvals, reconcile, steering
from domain.drafts import Draft
from domain.rules import Rules
from tests.stage import Stage, Thread, stage

MINUTE = timedelta(minutes=1)


@pytest_asyncio.fixture
async def play(temporal: WorkflowEnvironment, pool: Pool) -> AsyncIterator[Stage]:
    """A stage on which every letter needs approval."""
    async with stage(temporal, pool, rules=Rules(approval="all")) as play:
        yield play


async def _waiting(thread: Thread) -> Draft:
    """The one draft that waits."""
    (found,) = (await approvals.waiting(thread.play.office)).drafts
    return await approvals.draft(thread.play.office, found.id)


async def _approve(thread: Thread) -> Draft:
    draft = await _waiting(thread)
    await approvals.approve(thread.play.office, draft.id, draft.hash, "Ana", await thread.now())
    await thread.forward(minutes=1)
    return draft


async def test_it_waits_over_days_goes_after_approval_and_the_follow_up_waits_again(play: Stage) -> None:
    acme = await play.underway(letters=0)
    await acme.forward(days=3)
    state = await acme.state()
    assert (state.do, state.why) == ("await_release", "approval")
    assert not play.outbox.sent and not await acme.emails()
    draft = await _approve(acme)
    assert await acme.stages() == ["initial"]
    assert (await acme.emails())[0]["text"] == draft.text
    await acme.forward(hours=47)
    assert (await approvals.waiting(play.office)).total == 0, "it is written when it is due"
    await acme.forward(days=4)
    assert await acme.stages() == ["initial"]
    assert (await _approve(acme)).stage == "follow_up_1"
    assert await acme.stages() == ["initial", "follow_up_1"]
    await acme.forward(days=2, hours=1)
    assert (await _waiting(acme)).stage == "follow_up_2"
    await steering.reply(play.office, acme.id, await acme.now())
    assert (await acme.handle.result()).outcome == "responded"
    assert len(play.outbox.sent) == 2 and (await approvals.waiting(play.office)).total == 0


async def test_refused_it_ends_and_nobody_moves_on(play: Stage) -> None:
    acme = await play.underway(letters=0)
    await acme.forward(hours=1)
    await approvals.refuse(play.office, (await _waiting(acme)).id, "Ana", await acme.now())
    end = await acme.handle.result()
    assert (end.outcome, end.children) == ("stopped", ()) and not play.outbox.sent


async def test_dropped_and_edited_it_says_what_was_approved_in_the_end(play: Stage) -> None:
    acme = await play.underway(letters=0)
    await acme.forward(hours=1)
    now = await acme.now()
    await approvals.drop(play.office, (await _waiting(acme)).id, "bela", "Ana", now)
    await acme.forward(minutes=1)
    draft = await _waiting(acme)
    assert draft.candidate_ids == ("ada", "chidi")
    await approvals.edit(play.office, draft.id, draft.hash, "Hi both,\n\nmeet Ada and Chidi.", "Ana", now)
    await _approve(acme)
    (email,) = await acme.emails()
    assert email["text"].startswith("Hi both,") and email["variant"] == "edited"


async def test_forced_it_waits_for_a_word_and_goes_at_once_with_it(play: Stage) -> None:
    acme = await play.underway(letters=0)
    await acme.forward(hours=1)
    await _approve(acme)
    done = await steering.nudge(play.office, acme.id, await acme.now(), force=True)
    assert "waits for approval now" in done.words
    await acme.forward(minutes=1)
    now = await acme.now()
    assert (await _approve(acme)).forced
    assert await acme.stages() == ["initial", "follow_up_1"]
    assert (await acme.emails())[1]["sent_at"] - now < MINUTE


async def test_the_same_word_again_forces_no_further_letter_out(play: Stage) -> None:
    acme = await play.underway(letters=0)
    await acme.forward(hours=1)
    await _approve(acme)
    await steering.nudge(play.office, acme.id, await acme.now(), force=True)
    await acme.forward(minutes=1)
    forced = await _approve(acme)
    again = await approvals.approve(play.office, forced.id, forced.hash, "Ana", await acme.now())
    assert not again.changed
    await acme.forward(minutes=1)
    assert await acme.stages() == ["initial", "follow_up_1"]
    assert (await approvals.waiting(play.office)).total == 0, "the next one is not even asked for"


async def test_an_approval_forces_nothing_that_was_not_forced(play: Stage) -> None:
    """Mail that nobody has read yet is read first: it may be the partner's answer."""
    acme = await play.underway(letters=0)
    await acme.forward(hours=1)
    soon = await acme.now() + 10 * MINUTE
    store = "insert into inbox (key, form, source, raw, received_at) values ('m', 'mail', 'test', '', $1)"
    await play.rows(store, soon)
    await _approve(acme)
    assert await acme.stages() == []
    await play.rows("update inbox set status = 'set_aside' returning id")
    await acme.forward(minutes=1)
    assert await acme.stages() == ["initial"]


async def test_a_resume_by_signal_is_no_approval(play: Stage) -> None:
    acme = await play.underway(letters=0)
    await acme.forward(hours=1)
    await acme.told("resume")
    assert (await acme.state()).why == "approval" and not play.outbox.sent


async def test_a_word_that_was_given_while_temporal_was_away_is_heard_by_the_next_sweep(play: Stage) -> None:
    acme = await play.underway(letters=0)
    await acme.forward(hours=1)
    draft, now = await _waiting(acme), await acme.now()
    alone = replace(play.office, client=None)
    assert (await approvals.approve(alone, draft.id, draft.hash, "Ana", now)).untold == (acme.id,)
    await acme.forward(minutes=3)
    assert not await acme.emails(), "nobody told its workflow"
    assert await reconcile.retell(play.office, now) == 0, "it may be about to hear"
    assert await reconcile.retell(play.office, await acme.now()) == 1
    await acme.forward(minutes=3)
    assert await acme.stages() == ["initial"]
    assert await reconcile.retell(play.office, await acme.now()) == 0


async def test_a_role_closed_while_temporal_was_away_lets_its_candidates_move_on(play: Stage) -> None:
    acme = await play.underway(letters=0)
    await acme.forward(hours=1)
    await steering.close_role(replace(play.office, client=None), "r-data", await acme.now())
    await acme.forward(minutes=3)
    assert await reconcile.retell(play.office, await acme.now()) == 1
    assert (await acme.handle.result()).outcome == "role_closed"

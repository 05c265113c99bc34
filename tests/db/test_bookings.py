"""Runs and next roles: booked once, whole, whoever asks again (R8, R17)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from db import bookings
from db.pool import Pool, transaction
from domain import errors
from domain.letters import Outage
from domain.messages import CycleStart, Page, PageOfRun
from domain.rules import Rules
from tests.cast import CAST, NOW, TODAY, Records, a_candidate, a_company, a_contact, a_match, a_role, days
from tests.db import invariants
from tests.db.acts import WEEK, Play
from tests.fill import fill


async def cycle_ids(play: Play) -> list[str]:
    """Lists cycles in the order of their making."""
    return [row["id"] for row in await play.rows("select id from outreach_cycle order by ordinal")]


async def test_a_run_books_what_was_planned(play: Play) -> None:
    counts = await play.run()
    assert (counts.planned, counts.admitted, counts.passed_over) == (4, 0, 1)
    assert await cycle_ids(play) == [
        "blue-harbour-sons-port-operations-intern-r-port-1",
        "blue-harbour-sons-fleet-planner-r-fleet-1",
        "cedar-clinic-care-coordinator-r-care-1",
        "acme-robotics-data-analyst-r-data-1",
    ]
    assert await play.used("acme") == await play.used("cedar") == 1
    assert await play.used("blue") == 2
    data = "acme-robotics-data-analyst-r-data-1"
    assert await play.pitches(data) == {"ada": "claimed", "bela": "claimed", "chidi": "claimed"}
    row = await play.cycle(data)
    assert (row["status"], row["slot_week"], row["generation"], row["urgent"]) == ("active", TODAY, 1, False)
    assert row["next_action_at"] == NOW


async def test_a_run_repeated_under_its_id_plans_nothing_new(play: Play) -> None:
    first = await play.run("run-1")
    play.now += WEEK
    assert await play.run("run-1") == first
    assert len(await cycle_ids(play)) == 4


async def test_what_was_passed_over_is_kept_with_the_run(play: Play) -> None:
    await play.run()
    assert await play.value("select passed_over->0->>'reason' from outreach_run") == "weekly_limit"


async def test_a_second_run_plans_what_is_left(play: Play) -> None:
    await play.run("run-1", max_roles=1)
    assert (await play.run("run-2")).planned == 3
    assert (await play.run("run-3")).planned == 0


async def test_a_limit_raised_in_mid_week_gives_the_next_run_a_slot(play: Play) -> None:
    await play.one("r-data")
    await play.execute("update company set weekly_limit = 2 where id = 'acme'")
    assert (await play.run("run-2", roles=["r-web"])).planned == 1
    recorded = await play.rows("select used, weekly_limit from email_limiter where company_id = 'acme'")
    assert [tuple(row) for row in recorded] == [(2, 2)]


async def test_an_empty_database_is_booked_as_an_empty_run(pool: Pool) -> None:
    async with transaction(pool) as conn:
        counts = await bookings.book_run(conn, Rules(), "run-1", NOW)
        assert await bookings.page(conn, PageOfRun(run_id="run-1", after=None, most=50)) == Page()
    assert (counts.planned, counts.passed_over) == (0, 0)


async def test_runs_at_once_never_overbook(play: Play) -> None:
    for number in range(5):
        play.now += WEEK
        await asyncio.gather(*(play.run(f"run-{number}-{each}") for each in range(6)))
        await invariants.check(play.pool)
        for cycle in await play.rows("select id from outreach_cycle where status = 'active'"):
            await play.silence(cycle["id"])


async def test_the_same_run_at_once_is_booked_once(play: Play) -> None:
    counts = await asyncio.gather(*(play.run("run-1") for _ in range(6)))
    assert len(set(map(str, counts))) == 1
    assert len(await cycle_ids(play)) == 4


async def page(play: Play, run: str, after: str | None = None, most: int = 50) -> Page:
    """Reads a page of a run."""
    async with transaction(play.pool) as conn:
        return await bookings.page(conn, PageOfRun(run_id=run, after=after, most=most))


async def test_pages_name_every_cycle_of_a_run_once_urgent_ones_first(play: Play) -> None:
    await play.run()
    found: list[CycleStart] = []
    after = None
    while True:
        part = await page(play, "run-1", after, most=1)
        found.extend(part.starts)
        after = part.after
        if after is None:
            break
    assert [one.role_id for one in found] == ["r-fleet", "r-port", "r-care", "r-data"]
    assert [one.urgent for one in found] == [True, True, True, False]
    assert found[-1].title == "Data Analyst at Acme Robotics"
    assert found[-1].next.do == "send"
    assert found[-1].next.candidate_ids == ("ada", "bela", "chidi")


async def test_a_full_last_page_leads_to_an_empty_one(play: Play) -> None:
    await play.run()
    last = await page(play, "run-1", most=4)
    assert len(last.starts) == 4
    assert await page(play, "run-1", last.after, most=4) == Page()


async def waiting(play: Play, role: str = "r-web") -> str:
    """Has a role's cycle come back to wait for a slot: its e-mail did not go out within its week."""
    cycle = await play.one(role, run_id=f"first-{role}")
    play.now += WEEK
    await play.execute("update company set weekly_limit = 0")
    step = await play.refused(cycle)
    assert step.do == "await_slot"
    await play.execute("update company set weekly_limit = null")
    return cycle


async def test_a_run_admits_what_waits_and_tops_it_up(play: Play) -> None:
    await play.execute("delete from match where role_id = 'r-web' and candidate_id <> 'hana'")
    cycle = await waiting(play)
    await play.execute("insert into match values ('ada', 'r-web', 0.8)")
    counts = await play.run("run-2", roles=["r-web"])
    assert (counts.planned, counts.admitted) == (1, 1)
    assert await play.pitches(cycle) == {"ada": "claimed", "hana": "claimed"}
    row = await play.cycle(cycle)
    assert (row["status"], row["slot_week"], row["wait_until"]) == ("active", days(7), None)
    part = await page(play, "run-2")
    assert (part.starts, part.admitted) == ((), (cycle,))
    assert await play.used("acme", TODAY) == 0


async def test_an_urgency_that_the_first_claim_fixed_outlives_an_admission(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.record(await play.claimed(cycle), Outage("smtp_421", "try later"))
    play.now += WEEK
    await play.execute("update company set weekly_limit = 0")
    assert (await play.refused(cycle)).do == "await_slot"
    await play.execute("update company set weekly_limit = null")
    await play.execute("update candidate set start_date = $1", days(30))
    assert (await play.run("run-2", roles=["r-data"])).admitted == 1
    assert (await play.cycle(cycle))["urgent"] is False
    assert not (await play.claimed(cycle)).envelope.urgent


async def test_who_left_a_waiting_cycle_may_come_back_to_it(play: Play) -> None:
    cycle = await waiting(play)
    await play.execute("update candidate set status = 'withdrawn' where id = 'ada'")
    assert await play.catch_up() == [cycle]
    assert (await play.pitches(cycle))["ada"] == "released"
    await play.execute("update candidate set status = 'available' where id = 'ada'")
    await play.run("run-2", roles=["r-web"])
    assert (await play.pitches(cycle))["ada"] == "claimed"


async def test_a_waiting_cycle_with_nobody_left_ends_and_its_role_is_planned_anew(play: Play) -> None:
    cycle = await waiting(play, "r-data")
    await play.execute("update candidate set status = 'placed' where id in ('ada', 'bela', 'chidi')")
    await play.run("run-2", roles=["r-data"])
    assert (await play.cycle(cycle))["outcome"] == "withdrawn"
    fresh = await play.value("select id from outreach_cycle where run_id = 'run-2'")
    assert fresh == "acme-robotics-data-analyst-r-data-2"
    assert await play.pitches(fresh) == {"dara": "claimed"}


async def test_a_slot_taken_since_the_plan_was_made_undoes_the_whole_booking(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first e-mail whose week has passed takes a slot without asking for the booking lock."""
    plan = bookings.planning.plan

    async def too_late(*args: object, **asked: object) -> object:
        found = await plan(*args, **asked)  # type: ignore[arg-type]
        await play.execute("insert into email_limiter values ('acme', $1, 1, 1)", TODAY)
        return found

    monkeypatch.setattr(bookings.planning, "plan", too_late)
    with pytest.raises(errors.SlotGone):
        await play.run()
    monkeypatch.undo()
    assert await cycle_ids(play) == []
    assert await play.value("select count(*) from outreach_run") == 0
    assert (await play.run()).planned == 3
    await play.execute("delete from email_limiter where company_id = 'acme'")


async def test_a_waiting_cycle_closed_since_the_plan_was_made_undoes_the_booking(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only one that began to wait after the booking had locked those that waited can be closed so late."""
    cycle = await play.one("r-web")
    play.now += WEEK
    plan = bookings.planning.plan

    async def too_late(conn: object, *args: object, **asked: object) -> object:
        await play.execute("update company set weekly_limit = 0")
        await play.refused(cycle)
        await play.execute("update company set weekly_limit = null")
        found = await plan(conn, *args, **asked)  # type: ignore[arg-type]
        await play.close(cycle)
        return found

    monkeypatch.setattr(bookings.planning, "plan", too_late)
    with pytest.raises(errors.Conflict, match="planning anew"):
        await play.run("run-2", roles=["r-web"])


async def test_cycle_ids_count_on_where_slugs_are_alike(pool: Pool) -> None:
    """Three roles whose names and ids read the same, one of them in its second cycle."""
    roles = [a_role(name, title="Data Analyst") for name in ("R-1", "r-1", "r 1", "役", "割")]
    people = [a_candidate(name) for name in ("ada", "bela")]
    matches = [a_match(one.id, role.id) for one in people for role in roles]
    company = a_company(name="株式会社", weekly_limit=9)
    await fill(pool, Records(CAST.specialists, [company], [a_contact()], roles, people, matches))
    play = Play(pool, Rules(max_live_pitches=9))
    await play.run()
    found = await cycle_ids(play)
    assert found[:3] == ["data-analyst-r-1-1", "data-analyst-r-1-2", "data-analyst-r-1-3"]
    assert len(set(found)) == 5
    await invariants.check(pool, max_live=9)


async def test_a_candidates_cycles_are_counted(play: Play) -> None:
    await play.run()
    numbers = "select cycle_number from candidate_outreach_history where candidate_id = 'bela' order by 1"
    assert [row["cycle_number"] for row in await play.rows(numbers)] == [1, 2, 3]


# Next roles.


async def children(play: Play, starts: Sequence[CycleStart]) -> dict[str, tuple[str, list[str]]]:
    """Reads children as (status, candidates), by role."""
    return {
        one.role_id: ((await play.cycle(one.cycle_id))["status"], sorted(await play.pitches(one.cycle_id)))
        for one in starts
    }


async def test_silent_candidates_move_on_together(play: Play) -> None:
    """Acme's data role itself asks again, with urgent Dara: its web role has to wait behind it."""
    parent = await play.one("r-data")
    moved = await play.silence(parent)
    assert (moved.next.do, moved.next.outcome, moved.next.moved_on) == ("end", "no_response", True)
    assert await play.pitches(parent) == dict.fromkeys(("ada", "bela", "chidi"), "no_response")
    assert await children(play, moved.children) == {
        "r-web": ("waiting", ["ada", "chidi"]),
        "r-care": ("active", ["ada", "dara", "hana"]),
        "r-port": ("active", ["bela", "chidi", "dara"]),
        "r-fleet": ("active", ["bela", "emil", "hana"]),
    }
    assert {one.generation for one in moved.children} == {2}


async def test_next_roles_asked_for_again_are_the_same(play: Play) -> None:
    parent = await play.one("r-data")
    moved = await play.silence(parent)
    play.now += WEEK
    again = await play.move_on(parent)
    assert [one.cycle_id for one in again.children] == [one.cycle_id for one in moved.children]
    assert await play.value("select count(*) from outreach_cycle") == 1 + len(moved.children)


async def test_who_has_moved_on_does_not_do_so_again_when_another_role_opens(play: Play) -> None:
    parent = await play.one("r-data")
    moved = await play.silence(parent)
    await play.execute("update role set status = 'open' where id = 'r-old'")
    again = await play.move_on(parent)
    assert [one.cycle_id for one in again.children] == [one.cycle_id for one in moved.children]


async def test_next_roles_asked_for_at_once_are_booked_once(play: Play) -> None:
    parent = await play.one("r-data")
    await play.send(parent, "initial", "follow_up_1", "follow_up_2", "follow_up_3")
    at = (await play.step(parent)).at
    found = await asyncio.gather(*(play.move_on(parent, at) for _ in range(6)))
    assert len({tuple(one.cycle_id for one in each.children) for each in found}) == 1
    assert len(found[0].children) == 4


async def test_a_chain_never_returns_to_a_role_of_its_own(play: Play) -> None:
    roles = set()
    parents = [await play.one("r-data")]
    for parent in parents:
        moved = await play.silence(parent)
        await invariants.check(play.pool)
        play.now += WEEK
        await play.run(f"after-{parent}", roles=[one.role_id for one in moved.children])
        roles |= {one.role_id for one in moved.children}
        parents += [one.cycle_id for one in moved.children if (await play.step(one.cycle_id)).do == "send"]
    assert roles == {"r-web", "r-care", "r-port", "r-fleet"}
    pairs = await play.rows(
        "select candidate_id, role_id from candidate_outreach_history where status <> 'released'"
    )
    assert len({tuple(pair.values()) for pair in pairs}) == len(pairs)


@pytest.mark.parametrize("outcome", ["responded", "stopped", "withdrawn"])
async def test_nobody_moves_on_from_an_answer_a_stop_or_a_withdrawal(play: Play, outcome: str) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    if outcome == "responded":
        await play.reply(cycle)
    elif outcome == "stopped":
        await play.close(cycle)
    else:
        for candidate in ("ada", "bela", "chidi"):
            await play.withdraw(candidate)
    moved = await play.move_on(cycle)
    assert (moved.next.outcome, moved.children) == (outcome, ())


async def test_whoever_was_placed_meanwhile_does_not_move_on(play: Play) -> None:
    parent = await play.one("r-data")
    await play.send(parent, "initial", "follow_up_1", "follow_up_2", "follow_up_3")
    await play.withdraw("chidi", "placed")
    moved = await play.move_on(parent, (await play.step(parent)).at)
    assert moved.children
    assert all("chidi" not in people for _, people in (await children(play, moved.children)).values())
    assert (await play.pitches(parent))["chidi"] == "withdrawn"


async def test_a_chain_ends_at_max_generations(play: Play) -> None:
    play = play.on(max_generations=1)
    moved = await play.silence(await play.one("r-data"))
    assert (moved.next.moved_on, moved.children) == (True, ())


async def test_a_closed_role_lets_its_candidates_move_on(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    assert await play.close_role("r-data") == [cycle]
    moved = await play.move_on(cycle)
    assert moved.next.outcome == "role_closed"
    assert {one.role_id for one in moved.children} == {"r-web", "r-care", "r-port", "r-fleet"}


async def test_a_cycle_that_was_never_admitted_moves_its_candidates_on(play: Play) -> None:
    cycle = await waiting(play, "r-data")
    early = await play.move_on(cycle)
    assert early.next.do == "await_slot"
    moved = await play.move_on(cycle, early.next.at)
    assert moved.next.outcome == "not_admitted"
    assert await play.pitches(cycle) == dict.fromkeys(("ada", "bela", "chidi"), "released")
    assert moved.children


async def test_a_cycle_that_has_not_come_to_its_end_is_left_alone(play: Play) -> None:
    cycle = await play.one("r-data")
    last = await play.send(cycle, "initial", "follow_up_1", "follow_up_2", "follow_up_3")
    assert last.do == "await_reply"
    moved = await play.move_on(cycle, (last.at or NOW) - timedelta(minutes=1))
    assert moved.next.do == "await_reply"
    await play.hold(cycle)
    moved = await play.move_on(cycle, last.at)
    assert moved.next.do == "await_release"


async def test_a_company_has_no_more_waiting_cycles_than_its_limit(play: Play) -> None:
    """Blue's limit of one is taken; one of its two roles waits, the other gives way."""
    await play.execute("update company set weekly_limit = 1 where id = 'blue'")
    play.now += timedelta(days=4)
    await play.run("run-1", roles=["r-data"])
    await play.execute("insert into email_limiter select id, $1, 1, 1 from company", days(7))
    (parent,) = await cycle_ids(play)
    moved = await play.silence(parent)
    found = await children(play, moved.children)
    assert {status for status, _ in found.values()} == {"waiting"}
    assert len(found.keys() & {"r-port", "r-fleet"}) == 1
    await play.execute("delete from email_limiter where week_start = $1", days(7))


async def test_a_child_waits_while_a_better_role_of_its_company_asks(play: Play) -> None:
    """Cedar's care role asks with urgent Dara; the archive with Ada has to stand back."""
    await play.execute("update role set status = 'open' where id = 'r-old'")
    await play.execute("delete from match where role_id = 'r-care' and candidate_id = 'ada'")
    parent = await play.one("r-data")
    moved = await play.silence(parent)
    assert (await children(play, moved.children))["r-old"] == ("waiting", ["ada"])

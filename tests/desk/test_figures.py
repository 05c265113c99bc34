"""What the desk answers: figures, what is pending and why, everything about one cycle."""

from __future__ import annotations

from datetime import timedelta

import pytest
import pytest_asyncio

from db import cycles
from db.pool import Pool, transaction
from desk import figures
from desk.office import Office
from domain import errors
from domain.letters import AllRefused, Outage, Uncertain
from domain.rules import Rules
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import DAY, HOUR, RULES, book, claim, do, send


@pytest_asyncio.fixture
async def office(pool: Pool) -> Office:
    """A desk on the named cast, without Temporal."""
    await fill(pool)
    return Office(pool, RULES)


async def _respond(pool: Pool, cycle_id: str) -> None:
    async with transaction(pool) as conn:
        await cycles.respond(conn, await cycles.lock(conn, cycle_id), None, NOW + HOUR)


async def _hold(pool: Pool, cycle_id: str) -> None:
    async with transaction(pool) as conn:
        await cycles.hold(conn, await cycles.lock(conn, cycle_id), "person", NOW)


async def test_an_untouched_database_has_no_reply_rate(office: Office) -> None:
    found = await figures.status(office, NOW)
    assert found.reply_rate is None
    assert found.last_run is None
    assert found.candidates.available == found.candidates.without_live_pitch == 6
    assert found.slots.used == 0
    assert found.open_roles == 5


async def test_figures_count_cycles_e_mails_replies_and_slots(office: Office) -> None:
    ids = await book(office.pool)
    await send(office.pool, ids[0])
    await send(office.pool, ids[1])
    await send(office.pool, ids[-1], delivery=AllRefused({"desk@cedar.example": "550 no such user"}))
    await _respond(office.pool, ids[0])
    found = await figures.status(office, NOW + HOUR)
    assert found.cycles == {"closed": 2, "active": len(ids) - 2}
    assert found.outcomes == {"responded": 1, "undeliverable": 1}
    assert found.emails["initial"] == {"sent": 2, "failed": 1}
    assert (found.threads, found.replies, found.reply_rate) == (2, 1, 0.5)
    assert found.slots.used == len(ids) - 1, "the refused e-mail gave its slot back"
    assert found.last_run is not None
    assert found.last_run.planned == len(ids)


async def test_the_slots_left_follow_the_limit_of_the_moment(office: Office) -> None:
    before = (await figures.status(office, NOW)).slots
    await do(office.pool, "update company set weekly_limit = 5 where id = 'blue'")
    await do(office.pool, "update company set suppressed = true where id = 'acme'")
    after = (await figures.status(office, NOW)).slots
    assert after.left == before.left + 2 - 1


async def test_a_live_pitch_takes_a_candidate_off_the_bench(office: Office) -> None:
    await book(office.pool)
    found = (await figures.status(office, NOW)).candidates
    assert found.live_pitches > 0
    assert found.without_live_pitch < found.available
    assert found.urgent == 2, "Dara through her visa, Emil through his start date"
    assert found.urgent_without_live_pitch == 0


async def test_pending_tells_the_due_the_held_and_the_stuck_apart(office: Office) -> None:
    first, second, third, *_ = await book(office.pool)
    await send(office.pool, first)
    await _hold(office.pool, second)
    await claim(office.pool, third)
    found = await figures.pendings(office, NOW + HOUR)
    kinds = {line.cycle_id: line.kind for line in found.pending}
    assert (kinds[first], kinds[second], kinds[third]) == ("due", "held", "stuck")


async def test_an_outage_is_pending_with_the_servers_words(office: Office) -> None:
    (first, *_) = await book(office.pool)
    await send(office.pool, first, delivery=Outage("refused_421", "421 too busy"))
    found = await figures.pendings(office, NOW)
    (line,) = [line for line in found.pending if line.cycle_id == first]
    assert line.kind == "outage"
    assert "421 too busy" in line.why


async def test_an_e_mail_whose_end_is_unknown_asks_for_a_decision(office: Office) -> None:
    rules = Rules(on_uncertain_send="hold")
    (first, *_) = await book(office.pool)
    await send(office.pool, first, delivery=Uncertain("connection lost"), rules=rules)
    found = await figures.pendings(office, NOW)
    (line,) = [line for line in found.pending if line.cycle_id == first]
    assert line.kind == "held"
    assert "--sent or --again" in line.why
    assert (await figures.status(office, NOW)).uncertain == 1


async def test_waiting_cycles_without_temporal_say_that_no_run_could_be_looked_for(office: Office) -> None:
    (first, *_) = await book(office.pool)
    await do(
        office.pool,
        "update outreach_cycle set status = 'waiting', waiting_for = 'slot', wait_until = $2 where id = $1",
        first,
        NOW + 14 * DAY,
    )
    found = await figures.pendings(office, NOW)
    assert [line.kind for line in found.pending if line.cycle_id == first] == ["waiting"]
    assert any("could not be checked" in warning for warning in found.warnings)


async def test_hold_all_is_the_first_thing_said(office: Office) -> None:
    await do(office.pool, "update control set hold_all = true")
    found = await figures.pendings(office, NOW)
    assert found.hold_all
    assert "release-all" in found.warnings[0]


async def test_follow_ups_are_overdue_once_their_time_has_come(office: Office) -> None:
    first, second, *_ = await book(office.pool)
    await send(office.pool, first)
    await send(office.pool, second, now=NOW + DAY)
    found = await figures.follow_ups(office, NOW + timedelta(hours=49))
    assert {task.cycle_id: task.overdue for task in found.tasks} == {first: True, second: False}
    assert {task.stage for task in found.tasks} == {"follow_up_1"}
    assert found.overdue == 1


async def test_follow_ups_of_one_cycle_are_its_own_alone(office: Office) -> None:
    first, second, *_ = await book(office.pool)
    log_id = await send(office.pool, first)
    await send(office.pool, second)
    found = await figures.follow_ups(office, NOW, str(log_id))
    assert [task.cycle_id for task in found.tasks] == [first]


async def test_a_cycle_is_shown_in_full_by_its_id_or_by_an_e_mails(office: Office) -> None:
    (first, *_) = await book(office.pool)
    log_id = await send(office.pool, first)
    found = await figures.show(office, first, web_ui="http://127.0.0.1:8233/")
    by_email = await figures.show(office, str(log_id))
    assert by_email.cycle_id == found.cycle_id
    assert by_email.email_id == log_id
    assert found.web_ui == f"http://127.0.0.1:8233/namespaces/default/workflows/cycle-{first}"
    assert [event.kind for event in found.events] == ["planned", "sent"]
    assert found.next.stage == "follow_up_1"
    assert {pitch.status for pitch in found.pitches} == {"pitched"}
    assert found.emails[0].text


async def test_an_unknown_id_is_not_found(office: Office) -> None:
    with pytest.raises(errors.NotFound, match="'nobody'"):
        await figures.show(office, "nobody")
    with pytest.raises(errors.NotFound, match="'nobody'"):
        await figures.follow_ups(office, NOW, "nobody")


async def test_figures_of_a_database_without_a_schema_say_what_to_run(office: Office) -> None:
    await do(office.pool, "drop schema public cascade; create schema public")
    with pytest.raises(errors.NotMigrated, match="migrate"):
        await figures.status(office, NOW)

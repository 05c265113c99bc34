"""What can happen to a cycle, and what each end gives back (R6, R7, R9, R15)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from db import cycles, matching, sending
from db.pool import transaction
from domain import errors, tokens
from domain.inbound import Mail, Meaning
from domain.letters import Accepted, AllRefused, Delivery, Outage, Uncertain
from tests.cast import NOW, TODAY, days
from tests.db import worlds
from tests.db.acts import WEEK, Play

INTERVAL = timedelta(hours=48)
OUTAGE = Outage("smtp_421", "try later")
UNCERTAIN = Uncertain("the connection broke")
ALL_REFUSED = AllRefused({"li@acme.example": "550", "tom@acme.example": "550"})

Start = Callable[[Play, str], Awaitable[object]]


# Before its first e-mail, and at every status of it: what an end gives back (R9).


async def nothing(play: Play, cycle: str) -> None:
    """Leaves the cycle as it was booked."""


async def in_flight(play: Play, cycle: str) -> object:
    """Hands the first e-mail over; its end is to come."""
    return await play.claimed(cycle)


async def put_off(play: Play, cycle: str) -> object:
    """Has the server put the first e-mail off."""
    return await play.record(await play.claimed(cycle), OUTAGE)


async def uncertain(play: Play, cycle: str) -> object:
    """Loses the connection at the wrong moment."""
    return await play.record(await play.claimed(cycle), UNCERTAIN)


async def uncertain_and_put_off(play: Play, cycle: str) -> object:
    """Loses the connection, tries again, is put off."""
    await uncertain(play, cycle)
    return await put_off(play, cycle)


async def sent(play: Play, cycle: str) -> object:
    """Gets the first e-mail accepted."""
    return await play.send(cycle)


async def follow_up_put_off(play: Play, cycle: str) -> object:
    """Gets the first e-mail accepted and the second put off."""
    await play.send(cycle)
    play.now += INTERVAL
    return await play.record(await play.claimed(cycle, "follow_up_1"), OUTAGE)


@pytest.mark.parametrize(("outcome", "held"), [("stopped", False), ("role_closed", True)])
@pytest.mark.parametrize(
    ("start", "pitch", "used", "email"),
    [
        (nothing, "released", 0, None),
        (put_off, "released", 0, "skipped"),
        (in_flight, "claimed", 1, "sending"),
        (uncertain, "claimed", 1, "uncertain"),
        (uncertain_and_put_off, "claimed", 1, "uncertain"),
        (sent, "pitched", 1, "sent"),
        (follow_up_put_off, "pitched", 1, "sent"),
    ],
)
async def test_an_end_gives_back_only_what_no_server_can_have_accepted(
    play: Play, start: Start, pitch: str, used: int, email: str | None, outcome: str, held: bool
) -> None:
    cycle = await play.one("r-data")
    await start(play, cycle)
    if held:
        await play.hold(cycle)
    for _ in range(2):
        await play.close(cycle, outcome)
        assert set((await play.pitches(cycle)).values()) == {pitch}
        assert await play.used(week=TODAY) == used
    assert await play.value("select status from outreach_log where stage = 'initial'") == email


@pytest.mark.parametrize(
    ("delivery", "pitch", "used", "email"),
    [
        (OUTAGE, "released", 0, "skipped"),
        (ALL_REFUSED, "released", 0, "failed"),
        (UNCERTAIN, "claimed", 1, "uncertain"),
        (Accepted({}), "pitched", 1, "sent"),
    ],
)
async def test_a_stop_in_flight_gives_back_when_the_attempt_has_ended(
    play: Play, delivery: Delivery, pitch: str, used: int, email: str
) -> None:
    cycle = await play.one("r-data")
    claimed = await play.claimed(cycle)
    await play.close(cycle)
    assert await play.used() == 1
    for _ in range(2):
        assert (await play.record(claimed, delivery)).outcome == "stopped"
        assert set((await play.pitches(cycle)).values()) == {pitch}
        assert await play.used() == used
        assert (await play.email(cycle))["status"] == email


async def test_an_attempt_recorded_again_gives_no_other_cycles_slot_back(play: Play) -> None:
    await play.one("r-fleet")
    cycle = await play.one("r-port", run_id="run-2")
    claimed = await play.claimed(cycle)
    await play.close(cycle)
    for _ in range(2):
        await play.record(claimed, OUTAGE)
        assert await play.used("blue") == 1


@pytest.mark.parametrize(
    ("status", "outcome", "pitches", "refused"),
    [
        ("closed", "stopped", (worlds.Pitch("ada", "claimed"),), errors.AlreadyPitched),
        ("active", None, (worlds.Pitch("dara", "claimed"),), errors.RoleHasOpenCycle),
    ],
)
async def test_postgresql_itself_refuses_a_pair_or_an_open_cycle_twice(
    play: Play,
    status: str,
    outcome: str | None,
    pitches: tuple[worlds.Pitch, ...],
    refused: type[errors.Conflict],
) -> None:
    await play.one("r-data")
    second = worlds.Cycle("second", "r-data", "acme", status, outcome, NOW if outcome else None, pitches)
    with pytest.raises(refused):
        async with transaction(play.pool) as conn:
            await worlds.write_cycle(conn, second, NOW)


async def test_a_slot_given_back_may_be_taken_again_once(play: Play) -> None:
    await play.close(await play.one("r-data"))
    await play.send(await play.one("r-web", run_id="run-2"))
    assert (await play.run("run-3", roles=["r-data"])).planned == 0
    assert await play.used() == 1


async def test_a_pair_given_back_may_be_pitched_again(play: Play) -> None:
    first = await play.one("r-data")
    await play.undeliverable(first)
    await play.execute("delete from suppressed_address")
    second = await play.one("r-data", run_id="run-2")
    assert await play.pitches(second) == {"ada": "claimed", "bela": "claimed", "chidi": "claimed"}


async def test_an_attempt_lost_with_its_worker_after_a_stop_ends_uncertain(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.claimed(cycle)
    await play.close(cycle)
    await play.catch_up()
    assert (await play.email(cycle))["status"] == "sending"
    play.now += sending.IN_FLIGHT + timedelta(seconds=1)
    await play.catch_up()
    assert (await play.email(cycle))["status"] == "uncertain"
    assert set((await play.pitches(cycle)).values()) == {"claimed"}


async def test_who_left_while_the_first_e_mail_was_under_way_is_free_if_nobody_took_it(play: Play) -> None:
    cycle = await play.one("r-data")
    claimed = await play.claimed(cycle)
    await play.withdraw("ada")
    assert (await play.pitches(cycle))["ada"] == "withdrawn"
    await play.record(claimed, OUTAGE)
    await play.close(cycle)
    assert set((await play.pitches(cycle)).values()) == {"released"}


# Replies (R7).


async def test_the_first_reply_wins(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    assert await play.reply(cycle)
    play.now += timedelta(hours=1)
    assert not await play.reply(cycle)
    row = await play.cycle(cycle)
    assert (row["outcome"], row["responded_at"], row["closed_at"]) == ("responded", NOW, NOW)
    assert (await play.email(cycle))["response_received_at"] == NOW


async def test_a_reply_to_nothing_is_refused_with_words(play: Play) -> None:
    cycle = await play.one("r-data")
    for start in (nothing, put_off, in_flight):
        await start(play, cycle)
        with pytest.raises(errors.Refused, match=f"no e-mail of {cycle} was accepted"):
            await play.reply(cycle)
    assert (await play.cycle(cycle))["status"] == "active"


async def test_a_reply_to_an_uncertain_e_mail_settles_that_it_arrived(play: Play) -> None:
    cycle = await play.one("r-data")
    await uncertain(play, cycle)
    assert await play.reply(cycle)
    assert (await play.cycle(cycle))["outcome"] == "responded"
    assert set((await play.pitches(cycle)).values()) == {"responded"}


async def test_a_reply_marks_the_e_mail_it_names_or_the_last_one(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle, "initial", "follow_up_1")
    await play.reply(cycle, (await play.email(cycle))["id"])
    assert (await play.email(cycle))["response_received_at"]
    assert not (await play.email(cycle, "follow_up_1"))["response_received_at"]
    other = await play.one("r-port", run_id="run-2")
    await play.send(other, "initial", "follow_up_1")
    await play.reply(other)
    assert (await play.email(other, "follow_up_1"))["response_received_at"]


async def test_a_reply_that_names_an_e_mail_still_under_way_stops_the_thread_all_the_same(play: Play) -> None:
    """The partner's answer can be quicker than the record of what it answers."""
    cycle = await play.one("r-data")
    await play.send(cycle)
    play.now += INTERVAL
    claimed = await play.claimed(cycle, "follow_up_1")
    assert await play.reply(cycle, claimed.log_id)
    assert (await play.cycle(cycle))["outcome"] == "responded"
    await play.record(claimed)


@pytest.mark.parametrize("outcome", ["no_response", "stopped", "role_closed"])
async def test_a_reply_to_a_closed_cycle_marks_it_and_leaves_its_outcome(play: Play, outcome: str) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    await play.close(cycle, outcome)
    assert await play.reply(cycle)
    row = await play.cycle(cycle)
    assert (row["outcome"], row["responded_at"]) == (outcome, NOW)
    assert set((await play.pitches(cycle)).values()) == {"responded"}
    await play.run("run-2", roles=["r-data"])
    assert await play.value("select count(*) from outreach_cycle where role_id = 'r-data'") == 1


async def test_who_left_before_a_reply_is_not_marked_as_answered(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    await play.withdraw("ada")
    await play.reply(cycle)
    assert await play.pitches(cycle) == {"ada": "withdrawn", "bela": "responded", "chidi": "responded"}


# Holds (R6).


async def test_a_hold_is_told_once_and_released_once(play: Play) -> None:
    cycle = await play.one("r-data")
    assert (await play.hold(cycle), await play.hold(cycle)) == (True, False)
    assert (await play.release(cycle), await play.release(cycle)) == (True, False)
    assert (await play.step(cycle)).do == "send"


async def test_a_closed_cycle_cannot_be_held(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.close(cycle)
    with pytest.raises(errors.Refused, match="closed"):
        await play.hold(cycle)


async def test_while_held_the_clock_runs_and_one_e_mail_goes_out_on_release(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    await play.hold(cycle)
    play.now += 10 * INTERVAL
    await play.release(cycle)
    assert (await play.step(cycle)).at == NOW + INTERVAL
    step = await play.record(await play.claimed(cycle, "follow_up_1"))
    assert (step.stage, step.at) == ("follow_up_2", play.now + INTERVAL)


async def test_a_waiting_cycle_held_beyond_its_wait_ends_only_after_release(play: Play) -> None:
    cycle = await play.one("r-data")
    play.now += WEEK
    await play.execute("update company set weekly_limit = 0")
    until = (await play.refused(cycle)).at
    await play.hold(cycle)
    play.now += 3 * WEEK
    assert (await play.move_on(cycle)).next.do == "await_release"
    await play.release(cycle)
    assert (await play.step(cycle)).at == until
    assert (await play.move_on(cycle)).next.outcome == "not_admitted"


async def rest(play: Play, cycle: str, hours: int) -> bool:
    """Has a cycle wait, because a person at its company is away."""
    async with transaction(play.pool) as conn:
        row = await cycles.lock(conn, cycle)
        return await cycles.rest(conn, row, "away", NOW + timedelta(hours=hours), NOW)


@pytest.mark.parametrize("reason", ["person", "uncertain", "no_specialist"])
async def test_what_comes_in_leaves_a_hold_that_asks_for_a_person_alone(play: Play, reason: str) -> None:
    cycle = await play.one("r-data")
    async with transaction(play.pool) as conn:
        await cycles.hold(conn, await cycles.lock(conn, cycle), reason, NOW)
    assert not await rest(play, cycle, hours=24)
    row = await play.cycle(cycle)
    assert (row["held_reason"], row["held_until"]) == (reason, None)


@pytest.mark.parametrize("status", ["held", "waiting"])
async def test_a_rest_is_made_longer_never_shorter(play: Play, status: str) -> None:
    cycle = await play.one("r-data")
    if status == "waiting":
        play.now += WEEK
        await play.execute("update company set weekly_limit = 0")
        await play.refused(cycle)
    changes = [await rest(play, cycle, hours) for hours in (24, 12, 24, 36)]
    assert changes == [True, False, False, True]
    row = await play.cycle(cycle)
    assert (row["status"], row["held_until"]) == (status, NOW + timedelta(hours=36))


async def test_a_closed_cycle_does_not_rest(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.close(cycle)
    assert not await rest(play, cycle, hours=24)
    assert (await play.cycle(cycle))["status"] == "closed"


# Which thread a message belongs to, where what it carries points to several.


async def test_the_surest_sign_of_a_thread_decides(play: Play) -> None:
    """The address of its own, then what is answered, then what is returned, then whom it is about."""
    await play.run()
    sure = [await _begun(play, role) for role in ("r-data", "r-port", "r-fleet", "r-care")]
    (data, _, _), (port, answered, port_id), (fleet, returned, fleet_id), (care, _, _) = sure
    key = await play.value("select token_key from control")
    ours = tokens.reply_address(key, (await play.cycle(data))["ordinal"], "in.example")
    about = {"kind": "bounce", "recipients": ("desk@cedar.example",)}
    signs: list[dict[str, Any]] = [
        {"addressed_to": (ours,)},
        {"answers": (answered, returned)},
        {"meaning": Meaning(original_message_id=returned, **about)},
        {"meaning": Meaning(**about)},
    ]
    found = []
    for place in range(4):
        carried: dict[str, Any] = {}
        for sign in reversed(signs[place:]):
            carried |= sign
        async with transaction(play.pool) as conn:
            found.append(await matching.match(conn, Mail(**carried)))
    assert found == [
        matching.Place(data, None, "token"),
        matching.Place(port, port_id, "references"),
        matching.Place(fleet, fleet_id, "returned_message"),
        matching.Place(care, None, "sender"),
    ]


async def _begun(play: Play, role: str) -> tuple[str, str, int]:
    """Sends a role's first e-mail; returns its cycle, its Message-ID and its id."""
    cycle = await play.value("select id from outreach_cycle where role_id = $1", role)
    await play.send(cycle)
    email = await play.email(cycle)
    return cycle, email["message_id"], email["id"]


# What a workflow was told, or the database found (R15).


async def test_what_was_told_already_is_harmless(play: Play) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    await play.reply(cycle)
    for kind in ("response_received", "stop", "pause", "resume", "send_next_now", "admitted"):
        assert (await play.settle(cycle, kind)).outcome == "responded"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("pause", ("await_release", None)),
        ("resume", ("send", None)),
        ("stop", ("end", "stopped")),
        ("response_received", ("end", "responded")),
        ("send_next_now", ("send", None)),
        ("candidate_withdrawn", ("send", None)),
        ("role_closed", ("send", None)),
        ("admitted", ("send", None)),
    ],
)
async def test_a_signal_sent_by_hand_does_what_the_command_does(
    play: Play, kind: Any, expected: object
) -> None:
    cycle = await play.one("r-data")
    await play.send(cycle)
    step = await play.settle(cycle, kind)
    assert (step.do, step.outcome) == expected


async def test_a_reply_signalled_to_a_cycle_without_e_mails_is_noted_and_ignored(play: Play) -> None:
    cycle = await play.one("r-data")
    assert (await play.settle(cycle, "response_received")).do == "send"
    assert await play.value("select detail from cycle_event where kind = 'refused'")


async def test_a_hold_that_has_run_out_does_not_reopen_a_cycle_whose_role_has_closed(play: Play) -> None:
    cycle = await play.one("r-data")
    async with transaction(play.pool) as conn:
        row = await cycles.lock(conn, cycle)
        await cycles.hold(conn, row, "window", play.now, until=play.now + timedelta(hours=1))
    assert (await play.settle(cycle)).at == NOW + timedelta(hours=1)
    play.now += timedelta(hours=2)
    await play.execute("update role set status = 'closed' where id = 'r-data'")
    assert (await play.settle(cycle)).outcome == "role_closed"


async def test_a_hold_that_has_run_out_is_released(play: Play) -> None:
    cycle = await play.one("r-data")
    async with transaction(play.pool) as conn:
        await cycles.hold(conn, await cycles.lock(conn, cycle), "window", play.now, until=play.now)
    assert (await play.settle(cycle)).do == "send"


async def test_a_candidate_withdrawn_leaves_every_open_cycle_at_once(play: Play) -> None:
    await play.run()
    open_ = await play.rows(
        "select cycle_id from candidate_outreach_history where candidate_id = 'bela' order by 1"
    )
    assert await play.withdraw("bela", "placed") == [row["cycle_id"] for row in open_]
    left = await play.rows(
        "select distinct status from candidate_outreach_history where candidate_id = 'bela'"
    )
    assert [row["status"] for row in left] == ["released"]
    assert await play.withdraw("bela") == []
    assert await play.value("select status from candidate_now where id = 'bela'") == "placed"


async def test_the_last_candidate_withdrawn_ends_the_cycle(play: Play) -> None:
    cycle = await play.one("r-web")
    for candidate in ("ada", "chidi", "hana"):
        await play.withdraw(candidate)
    assert (await play.step(cycle)).outcome == "withdrawn"
    assert await play.used() == 0


async def test_a_role_closed_ends_its_cycle_at_once(play: Play) -> None:
    cycle = await play.one("r-data")
    assert await play.close_role("r-data", "filled") == [cycle]
    assert (await play.step(cycle)).outcome == "role_closed"
    assert await play.close_role("r-data") == []
    assert await play.value("select status from role_now where id = 'r-data'") == "filled"


@pytest.mark.parametrize("change", ["withdraw", "close_role"])
async def test_a_name_nobody_knows_is_refused(play: Play, change: str) -> None:
    with pytest.raises(errors.NotFound, match="nobody"):
        await getattr(play, change)("nobody")


async def test_a_load_reaches_the_cycles_it_concerns_and_no_other(play: Play) -> None:
    await play.run()
    await play.execute("update candidate set status = 'withdrawn' where id = 'chidi'")
    await play.execute("update role set status = 'closed' where id = 'r-care'")
    touched = await play.catch_up()
    assert touched == ["acme-robotics-data-analyst-r-data-1", "cedar-clinic-care-coordinator-r-care-1"]
    assert await play.pitches(touched[0]) == {"ada": "claimed", "bela": "claimed", "chidi": "released"}
    assert (await play.cycle(touched[1]))["outcome"] == "role_closed"
    assert await play.catch_up() == []


async def test_a_start_date_that_passes_reaches_its_cycles(play: Play) -> None:
    cycle = await play.one("r-port")
    play.now = NOW + timedelta(days=101)
    assert await play.catch_up() == [cycle]
    assert set((await play.pitches(cycle)).items()) >= {("dara", "released"), ("emil", "released")}
    assert days(130) > play.now.date()

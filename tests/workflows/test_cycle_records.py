"""People leave, roles close, days pass: a thread follows the records (R15)."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

from desk import records, steering
from sample import files
from tests.cast import ADA, BELA, CHIDI, DATA
from tests.stage import Stage


async def test_who_withdraws_is_in_no_later_letter(play: Stage) -> None:
    acme = await play.underway()
    await steering.withdraw(play.office, ADA.id, await acme.now())
    await acme.forward(minutes=1)
    assert (await acme.state()).candidate_ids == ("bela", "chidi")
    await acme.forward(hours=48)
    first, second = map(_text, play.outbox.sent)
    assert ADA.first_name in first and ADA.first_name not in second
    assert BELA.first_name in second and CHIDI.first_name in second
    assert await acme.pitches() == {"ada": "withdrawn", "bela": "pitched", "chidi": "pitched"}


async def test_with_nobody_left_a_thread_ends_without_another_letter(play: Stage) -> None:
    acme = await play.underway(letters=2)
    for candidate in (ADA, BELA, CHIDI):
        await steering.withdraw(play.office, candidate.id, await acme.now())
    assert (await acme.handle.result()).outcome == "withdrawn"
    assert len(play.outbox.sent) == 2
    assert not await acme.children()


async def test_a_start_date_that_passes_counts_as_withdrawn_at_the_next_step(play: Stage) -> None:
    acme = await play.underway()
    tomorrow = (play.monday + timedelta(days=1)).date()
    await play.pool.execute("update candidate set start_date = $1 where id = 'ada'", tomorrow)
    await acme.forward(hours=48)
    assert (await acme.state()).candidate_ids == ("bela", "chidi")
    assert ADA.first_name not in _text(play.outbox.sent[-1])


async def test_a_closed_role_ends_its_thread_at_once_and_the_candidates_move_on(play: Stage) -> None:
    acme = await play.underway(letters=2)
    now = await acme.now()
    await steering.close_role(play.office, "r-data", now, "filled")
    end = await acme.handle.result()
    assert end.outcome == "role_closed"
    assert (await acme.row())["closed_at"] - now < timedelta(minutes=1)
    children = await acme.children()
    assert children and end.children == tuple(child.id for child in children)
    assert all([(await child.handle.describe()).start_time for child in children])
    assert len(await acme.stages()) == 2


async def test_a_role_that_a_load_closed_is_noticed_by_signal(play: Stage) -> None:
    acme = await play.underway()
    await play.pool.execute("update role set status = 'closed' where id = 'r-data'")
    await acme.handle.signal("role_closed")
    assert (await acme.handle.result()).outcome == "role_closed"


async def test_a_change_nobody_told_of_is_noticed_before_the_next_letter(play: Stage) -> None:
    acme = await play.underway()
    await play.pool.execute("update role set status = 'filled' where id = 'r-data'")
    await acme.forward(hours=48)
    assert (await acme.handle.result()).outcome == "role_closed"
    assert await acme.stages() == ["initial"]


async def test_a_catch_up_after_a_load_tells_the_cycles_concerned(play: Stage) -> None:
    acme = await play.underway()
    await play.pool.execute("update candidate set status = 'withdrawn' where id = 'bela'")
    done = await steering.catch_up(play.office, await acme.now())
    assert done.cycle_ids == (acme.id,)
    await acme.forward(minutes=1)
    assert (await acme.state()).candidate_ids == ("ada", "chidi")


async def test_a_load_tells_the_cycles_it_concerns(play: Stage, tmp_path: Path) -> None:
    acme = await play.underway()
    files.write(tmp_path, "roles.csv", [DATA.model_copy(update={"status": "closed"})])
    async with play.pool.acquire() as connection:
        loaded = await records.load(connection, play.office, tmp_path, await acme.now())
    assert (loaded.cycle_ids, loaded.untold) == ((acme.id,), ())
    await acme.forward(minutes=1)
    assert (await acme.state()).outcome == "role_closed"


async def test_a_placement_uses_the_pair_up_once_a_letter_went_out(play: Stage) -> None:
    acme = await play.underway()
    await steering.withdraw(play.office, ADA.id, await acme.now(), "placed")
    await acme.forward(minutes=1)
    assert (await acme.pitches())["ada"] == "withdrawn"
    assert await play.value("select status from candidate_now where id = 'ada'") == "placed"


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())

"""The day at a glance, and what comes in pages: each counts all and shows the first."""

from __future__ import annotations

import pytest
import pytest_asyncio

from db.pool import Pool
from desk import figures, received, today
from desk.office import Office
from domain import errors
from domain.pending import Pending, Task
from tests import large
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import DAY, HOUR, RULES, book, do, send

WANTING = ("stuck", "outage", "held", "overdue", "moving_on")


@pytest_asyncio.fixture
async def office(pool: Pool) -> Office:
    """A desk on a small world of two hundred cycles."""
    async with pool.acquire() as conn:
        await large.fill(conn, size=large.SMALL)
    return Office(pool, RULES)


async def test_the_day_tells_what_went_out_and_what_comes(pool: Pool) -> None:
    await fill(pool)
    data, *others = await book(pool)
    office = Office(pool, RULES)
    await send(pool, data)
    found = await today.today(office, NOW + HOUR)
    assert (found.date, found.key.sent, found.key.active) == (NOW.date(), 1, 1 + len(others))
    (sent,) = found.sent
    assert (sent.cycle_id, sent.stage, sent.sent_at) == (data, "initial", NOW)
    assert found.key.attention == len(others) == len(found.attention)
    assert {one.kind for one in found.attention} == {"overdue"}
    assert found.key.due == 0
    later = await today.today(office, NOW + DAY + HOUR)
    assert (later.key.sent, later.sent) == (0, ())
    assert [one.cycle_id for one in later.due] == [data]


async def test_the_day_counts_what_pending_lists_and_urgent_comes_first(office: Office) -> None:
    found = await today.today(office, NOW)
    everything = (await figures.pendings(office, NOW)).pending
    wanting = [one for one in everything if one.kind in WANTING]
    assert (list(found.attention), found.key.attention) == (wanting[:50], len(wanting))
    soon = [one for one in everything if one.kind == "due" and one.at and one.at < NOW + DAY]
    assert (list(found.due), found.key.due) == (soon[:50], len(soon))
    assert found.key.arrived >= len(found.arrived) > 0
    assert found.key.unmatched == 60
    assert found.arrived[0].status == "unmatched"
    assert [one.urgent for one in found.sent] == sorted((one.urgent for one in found.sent), reverse=True)


async def test_hold_all_and_what_belongs_nowhere_are_said_once(office: Office) -> None:
    await do(office.pool, "update control set hold_all = true")
    found = await today.today(office, NOW)
    assert found.hold_all and found.key.unmatched == 60
    (said,) = found.warnings
    assert "wait for a slot" in said
    listed = (await figures.pendings(office, NOW)).warnings
    assert "release-all" in listed[0] and "60 messages" in listed[1] and listed[2:] == (said,)


async def test_pages_of_what_is_pending_are_the_whole_list_in_its_order(office: Office) -> None:
    whole = (await figures.pendings(office, NOW)).pending
    found: list[Pending] = []
    cursor = None
    while True:
        page = await figures.pending_page(office, NOW, cursor, 9)
        found += page.pending
        if (cursor := page.next) is None:
            break
    assert found == list(whole)


async def test_pages_of_follow_ups_are_the_whole_list_in_its_order(office: Office) -> None:
    whole = (await figures.follow_ups(office, NOW)).tasks
    found: list[Task] = []
    cursor = None
    while True:
        page = await figures.follow_up_page(office, NOW, None, cursor, 9)
        found += page.tasks
        if (cursor := page.next) is None:
            break
    assert found == list(whole)
    one = found[3].cycle_id
    assert [each.cycle_id for each in (await figures.follow_up_page(office, NOW, one)).tasks] == [one]


async def test_follow_ups_are_paged_while_they_are_done_and_planned(office: Office) -> None:
    """Also the very one at which the next page begins; what has not changed comes once."""
    whole = (await figures.follow_ups(office, NOW)).tasks
    first = await figures.follow_up_page(office, NOW, None, None, 9)
    gone = {whole[0].cycle_id, whole[8].cycle_id, whole[20].cycle_id}
    finish = "update follow_up_task set status = 'done' where status = 'pending' and cycle_id = any($1)"
    await do(office.pool, finish, list(gone))
    early = "update follow_up_task set due_at = due_at - interval '90 days' where cycle_id = $1"
    await do(office.pool, early, whole[4].cycle_id)
    found, cursor = list(first.tasks), first.next
    while cursor is not None:
        page = await figures.follow_up_page(office, NOW, None, cursor, 9)
        found += page.tasks
        cursor = page.next
    ids = [one.cycle_id for one in found]
    assert ids == [one.cycle_id for one in whole if one.cycle_id not in gone or one in first.tasks]


async def test_what_has_one_time_is_paged_without_loss(office: Office) -> None:
    """Many threads of one run are due at one instant: the cursor tells them apart by their id."""
    await do(office.pool, "update follow_up_task set due_at = $1", NOW)
    await do(office.pool, "update outreach_cycle set next_action_at = $1 where status = 'active'", NOW)
    tasks, lines = [], []
    cursor = None
    while True:
        task_page = await figures.follow_up_page(office, NOW, None, cursor, 7)
        tasks += task_page.tasks
        if (cursor := task_page.next) is None:
            break
    while True:
        page = await figures.pending_page(office, NOW, cursor, 7)
        lines += page.pending
        if (cursor := page.next) is None:
            break
    assert tasks == list((await figures.follow_ups(office, NOW)).tasks)
    assert lines == list((await figures.pendings(office, NOW)).pending)


async def test_the_inbox_is_paged_while_mail_comes_in(office: Office) -> None:
    whole = [one.id for one in (await received.post(office, NOW)).messages]
    first = await received.post(office, NOW, most=50)
    await do(
        office.pool,
        "insert into inbox (key, form, source, raw, received_at) values ('n','mail','x','',now())",
    )
    ids = [one.id for one in first.messages]
    cursor = first.next
    while cursor is not None:
        page = await received.post(office, NOW, most=50, cursor=cursor)
        ids += [one.id for one in page.messages]
        cursor = page.next
    assert ids == whole


async def test_wrong_cursors_are_refused_with_words(office: Office) -> None:
    runs = (await figures.follow_up_page(office, NOW, None, None, 1)).next
    for ask in (
        figures.pending_page(office, NOW, runs),
        figures.follow_up_page(office, NOW, None, "x"),
        received.post(office, NOW, cursor="x"),
    ):
        with pytest.raises(errors.Refused, match="no cursor of this list"):
            await ask

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

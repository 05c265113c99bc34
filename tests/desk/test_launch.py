"""A run from the command line: what it did, and where its first e-mails stand."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

import pytest
import pytest_asyncio

from db import cycles
from db.pool import Pool, transaction
from desk import launch
from desk.office import Office
from domain import errors
from domain.letters import AllRefused, Outage, Uncertain
from domain.window import Window
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import HOUR, RULES, book, claim, do, send


@pytest_asyncio.fixture
async def office(pool: Pool) -> Office:
    """A desk on the named cast, without Temporal."""
    await fill(pool)
    return Office(pool, RULES)


def test_a_run_is_named_after_its_time_in_utc() -> None:
    now = datetime(2026, 6, 1, 11, 30, 5, tzinfo=timezone(timedelta(hours=2)))
    assert launch.run_id(now, "1a2b") == "run-20260601T093005Z-1a2b"
    assert re.fullmatch(r"run-\d{8}T\d{6}Z-[0-9a-f]{4}", launch.run_id(NOW, "00ff"))


async def test_first_emails_are_open_until_they_are_out_or_have_a_reason(office: Office) -> None:
    acme, fleet, *_ = ids = await book(office.pool)
    found = await launch.first_emails(office, "run-1", NOW)
    assert (found.total, found.open) == (len(ids), len(ids))
    await send(office.pool, acme)
    await send(office.pool, fleet, delivery=Outage("refused_421", "421 later"))
    found = await launch.first_emails(office, "run-1", NOW)
    assert found.standings == {"sent": 1, "put_off": 1, "coming": len(ids) - 2}
    assert found.open == len(ids) - 2, "what is put off has a reason, and is tried again by itself"


async def test_a_reason_not_to_go_out_ends_the_wait(office: Office) -> None:
    acme, fleet, port, *rest = await book(office.pool)
    await send(office.pool, acme, delivery=AllRefused({"tom@acme.example": "550", "li@acme.example": "550"}))
    async with transaction(office.pool) as conn:
        await cycles.hold(conn, await cycles.lock(conn, fleet), "person", NOW)
        await cycles.close(conn, await cycles.lock(conn, port), "stopped", NOW)
    found = await launch.first_emails(office, "run-1", NOW)
    assert found.standings == {"failed": 1, "held": 1, "stopped": 1, "coming": len(rest)}
    assert found.open == len(rest)


async def test_while_everything_is_held_nothing_is_waited_for(office: Office) -> None:
    await book(office.pool)
    await do(office.pool, "update control set hold_all = true")
    found = await launch.first_emails(office, "run-1", NOW)
    assert set(found.standings) == {"held"}
    assert found.open == 0


async def test_a_first_e_mail_that_waits_for_the_sending_window_is_not_waited_for(office: Office) -> None:
    """It is 05:00 in New York, and Cedar opens at nine."""
    ids = await book(office.pool)
    (care,) = (one for one in ids if "r-care" in one)
    rules = RULES.model_copy(update={"window": Window.parse("Mon-Fri 09:00-17:00")})
    await claim(office.pool, care, rules=rules)
    found = await launch.first_emails(office, "run-1", NOW)
    assert found.standings == {"later": 1, "coming": len(ids) - 1}
    assert found.open == len(ids) - 1
    assert (await launch.first_emails(office, "run-1", NOW + 4 * HOUR)).standings == {"coming": len(ids)}


async def test_an_e_mail_whose_end_is_unknown_is_waited_for_while_it_is_sent_again(office: Office) -> None:
    (acme, *_) = await book(office.pool)
    await send(office.pool, acme, delivery=Uncertain("connection lost"))
    found = await launch.first_emails(office, "run-1", NOW)
    assert found.standings["sending_again"] == 1


async def test_a_launch_is_refused_without_roles_and_for_unknown_ones(office: Office) -> None:
    assert await launch.check(office, ["r-old", "r-data"]) == ["r-old"]
    with pytest.raises(errors.NotFound, match="'r-none'"):
        await launch.check(office, ["r-none"])
    await do(office.pool, "truncate role cascade")
    with pytest.raises(errors.Refused, match="load DIR"):
        await launch.check(office, None)

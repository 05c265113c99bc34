"""Runs are listed, and one of them is told in full."""

from __future__ import annotations

import pytest
import pytest_asyncio

from db.pool import Pool
from desk import runs
from desk.office import Office
from domain import errors
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import DAY, RULES, book


@pytest_asyncio.fixture
async def office(pool: Pool) -> Office:
    """A desk on the named cast, with three runs behind it."""
    await fill(pool)
    for number in range(3):
        await book(pool, f"run-{number}", now=NOW + number * DAY)
    return Office(pool, RULES)


async def test_the_newest_run_comes_first_and_each_once(office: Office) -> None:
    first = await runs.runs(office, NOW, None, 2)
    await book(office.pool, "run-3", now=NOW + 3 * DAY)
    rest = await runs.runs(office, NOW, first.next, 2)
    assert [one.id for one in (*first.runs, *rest.runs)] == ["run-2", "run-1", "run-0"]
    assert rest.next is None


async def test_a_run_names_what_it_planned_and_passed_over(office: Office) -> None:
    found = await runs.run(office, NOW, "run-0")
    assert found.planned == len(found.cycles) > 0
    assert found.passed_over == len(found.passed_over_roles) == sum(found.reasons.values()) > 0
    assert {one.run_id for one in found.cycles} == {"run-0"}
    assert found.reasons["weekly_limit"] == 1
    (web,) = (one for one in found.passed_over_roles if one.reason == "weekly_limit")
    assert (web.role_id, web.title, web.company) == ("r-web", "Web Developer", "Acme Robotics")


async def test_an_unknown_run_and_a_wrong_cursor_are_named(office: Office) -> None:
    with pytest.raises(errors.NotFound, match="no run 'nobody'"):
        await runs.run(office, NOW, "nobody")
    with pytest.raises(errors.Refused, match="no cursor"):
        await runs.runs(office, NOW, "x")

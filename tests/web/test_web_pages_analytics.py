"""Analytics: figures, charts each with its table, small samples shown as such, a period, a download."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from xml.etree import ElementTree

import pytest
import pytest_asyncio

from db.pool import Pool
from desk import steering
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import HOUR, book, send
from tests.web.front import Front


@pytest_asyncio.fixture
async def front(pool: Pool) -> AsyncIterator[Front]:
    """A server on the named cast."""
    await fill(pool)
    async with Front(pool).open() as served:
        yield served


async def some_threads(front: Front) -> None:
    """Sends every first letter of a run; one is answered."""
    cycles = await book(front.pool)
    for cycle in cycles:
        await send(front.pool, cycle)
    await steering.reply(front.office, cycles[0], NOW + HOUR)


async def test_before_the_first_letter_the_page_says_what_will_be_there(front: Front) -> None:
    page = (await front.client.get("/analytics")).text
    assert "Figures appear here once letters go out" in page
    assert "Momentum today" in page


async def test_every_chart_stands_with_its_table_and_few_are_called_few(front: Front) -> None:
    await some_threads(front)
    answer = await front.client.get("/analytics")
    assert answer.status_code == 200
    charts = re.findall(r"<svg.*?</svg>", answer.text, re.S)
    drawings = [one for one in charts if 'class="chart"' in one]
    assert len(drawings) >= 4
    for one in drawings:
        ElementTree.fromstring(one)
        assert "<script" not in one
        assert "style=" not in one
    assert answer.text.count("<summary>As a table</summary>") >= len(drawings)
    assert "few to tell" in answer.text
    assert 'class="few"' in answer.text


async def test_a_period_narrows_and_its_fields_keep_what_was_asked(front: Front) -> None:
    await some_threads(front)
    page = (await front.client.get("/analytics?since=2026-06-01&until=")).text
    assert 'value="2026-06-01"' in page
    assert "No first letter went out" not in page
    before = (await front.client.get("/analytics?until=2026-05-31")).text
    assert "No first letter went out in this period" in before
    assert "/analytics.csv?until=2026-05-31" in before


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("since=2026-06-02&until=2026-06-01", 409, "ends before it begins"),
        ("since=1066-01-01", 409, "is not a day between"),
        ("since=yesterday", 422, "since"),
    ],
)
async def test_a_period_that_is_none_is_said_in_words(
    front: Front, query: str, status: int, words: str
) -> None:
    answer = await front.client.get(f"/analytics.csv?{query}")
    assert answer.status_code == status
    assert words in answer.text
    page = await front.client.get(f"/analytics?{query}")
    if status == 409:
        assert (page.status_code, page.headers["location"]) == (303, "/analytics")
        page = await front.client.get("/analytics")
        assert '<form class="filters"' in page.text
    assert words in page.text


async def test_the_download_is_a_table_with_the_period_in_its_name(front: Front) -> None:
    await some_threads(front)
    answer = await front.client.get("/analytics.csv?since=2026-06-01")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="outreach-analytics-2026-06-01.csv"' in answer.headers["content-disposition"]
    lines = answer.text.splitlines()
    assert lines[0].lstrip("\ufeff").startswith("section,group,id,name,count")
    assert any(line.startswith("reply_rate,stage,initial") for line in lines)


async def test_names_from_records_are_only_text_in_charts_and_tables(front: Front) -> None:
    bad = "</title><script>alert(1)</script>"
    await front.pool.execute("update company set name = $1", bad)
    await some_threads(front)
    page = (await front.client.get("/analytics")).text
    assert "<script>alert" not in page

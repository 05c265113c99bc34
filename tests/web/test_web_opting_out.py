"""The page behind a letter's way out: looking changes nothing, one click takes the person off every list."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import pytest

from db import sending
from db.pool import Pool, transaction
from db.sending import Claimed, Order
from domain.letters import WayBack
from tests.acceptance.programs import looks
from tests.cast import NOW
from tests.db.acts import Play
from tests.fill import fill
from tests.web.front import Front

WAY = WayBack(base_url="https://outreach.example")


@pytest.fixture
async def link(pool: Pool) -> str:
    """The path of a link in a letter that went to one person, Ana."""
    await fill(pool)
    play = Play(pool)
    cycle = await play.one("r-port")
    async with transaction(pool) as conn:
        terms = replace(play.terms(cycle, "initial"), way_back=WAY)
        claimed = await sending.claim(conn, Order(cycle, "initial", NOW), terms)
    assert isinstance(claimed, Claimed)
    await play.record(claimed)
    return claimed.envelope.opt_out_url.removeprefix("https://outreach.example")


async def processed(front: Front) -> None:
    """Waits until everything that was stored has been processed."""
    async with asyncio.timeout(10):
        while any(row["processed_at"] is None for row in await front.rows()):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def suppressed(pool: Pool) -> list[str]:
    rows = await pool.fetch("select address from suppressed_address where lifted_at is null")
    return [row["address"] for row in rows]


async def test_looking_at_the_page_changes_nothing(front: Front, pool: Pool, link: str) -> None:
    for _ in range(2):
        page = await front.client.get(link)
        assert page.status_code == 200 and "ana@blue.example" in page.text and "<form" in page.text
        assert "set-cookie" not in page.headers
    assert await front.rows() == [] and await suppressed(pool) == []


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"List-Unsubscribe": "One-Click"}},
        {"files": {"List-Unsubscribe": (None, "One-Click")}},
        {"content": b""},
    ],
    ids=["urlencoded", "multipart", "button"],
)
async def test_one_click_takes_the_person_off_every_list(
    front: Front, pool: Pool, link: str, sent: dict[str, object]
) -> None:
    done = await front.client.post(link, **sent)
    assert done.status_code == 200 and "Done" in done.text
    again = await front.client.post(link, **sent)
    assert again.status_code == 200
    await processed(front)
    assert await suppressed(pool) == ["ana@blue.example"]
    assert len(await front.rows()) == 1
    async for _ in looks(within=10):  # what follows for threads comes after the opt-out itself
        if outcome := await pool.fetchval("select outcome from outreach_cycle"):
            break
    assert outcome == "undeliverable"


async def test_no_log_says_how_to_opt_somebody_out(
    front: Front, pool: Pool, link: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    token = link.rpartition("/")[2]
    await front.client.get(link)
    await front.client.post(link, content=b" " * 70_000)
    await front.client.get(f"{link}/")
    await front.client.delete(link)
    await front.client.post(f"/Unsubscribe/%0a{token}")
    await pool.close()
    assert (await front.client.get(link)).status_code == 503
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("outreach")]
    assert any("GET /unsubscribe/{token} 200" in one for one in ours)
    assert any("GET /unsubscribe/{token} is answered with 503" in one for one in ours)
    assert not [one for one in ours if token in one]


@pytest.mark.parametrize("token", ["nonsense", "a" * 24, "%00", "x" * 5000])
async def test_a_link_that_nobody_gave_out_is_unknown_in_words(
    front: Front, pool: Pool, link: str, token: str
) -> None:
    for ask in (front.client.get, front.client.post):
        answer = await ask(f"/unsubscribe/{token}")
        assert answer.status_code == 404 and "answer the letter" in answer.text
    assert await suppressed(pool) == []

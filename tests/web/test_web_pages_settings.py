"""Settings and health: what is connected, held, scheduled and suppressed; what is away is named."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

import settings as reader
from db import pending
from db.pool import Pool, open_pool
from desk import access, schedule, suppressions, workers
from desk.office import Office
from domain import paging
from domain.rules import Rules
from stack.setup import MASK, setup
from tests.cast import NOW
from tests.fill import fill
from tests.web.front import Front


@pytest_asyncio.fixture
async def front(pool: Pool, temporal: WorkflowEnvironment) -> AsyncIterator[Front]:
    """A server with Temporal, and with no schedule yet."""
    await fill(pool)
    office = Office(pool, Rules(), temporal.client)
    if await schedule.show(temporal.client):
        await schedule.delete(temporal.client)
    async with Front(pool, office=office).open() as served:
        yield served


async def shown(front: Front) -> str:
    """Reads the page, its line breaks taken out."""
    answer = await front.client.get("/settings")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


async def test_all_that_answers_is_shown(front: Front) -> None:
    page = await shown(front)
    assert page.count('<span class="badge good">answers</span>') == 2
    assert "does not answer" not in page
    assert "No worker runs" in page
    assert "No daily run is set up" in page
    assert "No address is suppressed" in page
    assert "Nobody was given a token" in page


async def test_the_daily_run_is_set_up_paused_and_let_go_on(front: Front) -> None:
    done = await front.client.post("/settings/schedule/time", data={"at": "07:30"})
    assert done.headers["location"] == "/settings"
    assert "<strong>07:30</strong>" in await shown(front)
    await front.client.post("/settings/schedule/pause")
    page = await shown(front)
    assert "The daily run is paused" in page
    assert "Let it go on" in page
    await front.client.post("/settings/schedule/resume")
    assert "The daily run goes on." in await shown(front)
    assert (await front.client.post("/settings/schedule/time", data={"at": "noon"})).status_code == 422


async def test_everything_is_held_only_where_it_is_meant(front: Front) -> None:
    await front.client.post("/settings/hold-all")
    assert "tick the box" in await shown(front)
    assert not await pending.hold_all(front.pool)
    await front.client.post("/settings/hold-all", data={"sure": "yes"})
    assert await pending.hold_all(front.pool)
    page = await shown(front)
    assert "Everything is held: nothing at all goes out." in page
    assert "Release everything" in page
    await front.client.post("/settings/release-all")
    assert not await pending.hold_all(front.pool)


async def test_reconciling_says_what_it_found(front: Front) -> None:
    await front.client.post("/settings/reconcile")
    page = await shown(front)
    assert "agree" in page or "told" in page or "without a row" in page


async def test_an_address_is_suppressed_found_and_taken_back(front: Front) -> None:
    form = {"address": "Tom@acme.example", "reason": "asked by telephone"}
    await front.client.post("/settings/suppressed/add", data=form)
    page = await shown(front)
    assert "asked by telephone" in page
    found = (await front.client.get("/settings?address=TOM@")).text
    assert 'value="tom@acme.example"' in found
    assert "None of the 1 suppressed address fits" in (await front.client.get("/settings?address=zed")).text
    await front.client.post("/settings/suppressed/lift", data={"address": "tom@acme.example"})
    assert "may be written to again" in await shown(front)
    await front.client.post("/settings/suppressed/add", data={"address": "no address"})
    assert "is no e-mail address" in await shown(front)


async def test_whoever_opted_out_is_said_to_have_done_so(front: Front) -> None:
    await suppressions.suppress(front.office, "li@acme.example", "unsubscribe", NOW)
    for page in ("/settings", "/companies/acme"):
        assert "opted out</bdi>" in (await front.client.get(page)).text


async def test_many_suppressed_addresses_are_shown_page_by_page(front: Front) -> None:
    for number in range(21):
        await suppressions.suppress(front.office, f"a{number:02}@x.example", "", NOW)
    page = await shown(front)
    assert ("a19@x.example" in page, "a20@x.example" in page) == (True, False)
    more = (
        await front.client.get("/settings", params={"cursor": paging.cursor("addresses", "a19@x.example")})
    ).text
    assert ("a19@x.example" in more, "a20@x.example" in more) == (False, True)


async def test_workers_and_what_they_were_told_otherwise_are_named(pool: Pool) -> None:
    front = Front(pool, told={"OUTREACH_WEEKLY_LIMIT": "1"})
    async with front.open(), workers.published(pool, "outreach", {"OUTREACH_WEEKLY_LIMIT": "3"}) as worker:
        page = await shown(front)
        assert f"OUTREACH_WEEKLY_LIMIT is 1 here, 3 for the worker {worker}" in page


async def test_tokens_are_shown_by_name_and_never_by_what_they_are(front: Front) -> None:
    given = await access.give(front.office, "Mia <b>", "read", "secret-of-mia", NOW)
    front = Front(front.pool, office=front.office, token="fixed")
    async with front.open():
        answer = await front.client.get("/settings", headers={"Authorization": "Bearer fixed"})
    assert "Mia &lt;b&gt;" in answer.text
    assert given.token not in answer.text


async def test_without_temporal_the_page_says_what_is_missing_and_looks_again(pool: Pool) -> None:
    async with Front(pool).open() as front:
        page = await shown(front)
        assert "Temporal does not answer" in page
        assert "data-again" in page
        assert '<noscript><meta http-equiv="refresh"' in page
        for path in ("schedule/pause", "schedule/resume", "reconcile"):
            answer = await front.client.post(f"/settings/{path}")
            assert answer.headers["location"] == "/settings"
            assert "Temporal is not running" in await shown(front)


async def test_without_postgresql_the_page_says_so_and_comes_back_by_itself(
    pool: Pool, database_url: str
) -> None:
    front = Front(pool)
    async with front.open():
        assert "PostgreSQL does not answer" not in await shown(front)
        working = front.office
        closed = await open_pool(database_url)
        await closed.close()
        front.office = replace(working, pool=closed)
        page = await shown(front)
        assert "PostgreSQL does not answer" in page
        assert "data-again" in page
        front.office = working
        assert "PostgreSQL does not answer" not in await shown(front)


def test_what_people_see_of_the_settings_holds_no_secret() -> None:
    found = setup(
        reader.Settings(
            database_url="postgresql://me:hidden1@db/outreach",
            mail_url="smtp://me:hidden2@mail.example:587",
            api_token="hidden3-and-long-enough",
            openai_api_key="hidden4",
            hook_mailgun_key="hidden5",
            hook_ses_topics="arn:aws:sns:hidden6",
            redirect_all_to="me@beyond.example",
        )
    )
    text = found.model_dump_json()
    assert "hidden" not in text
    assert found.mail == "smtp://mail.example:587, every e-mail to me@beyond.example"
    assert found.hooks == ("mailgun", "ses")
    by_name = {one.name: one for one in found.settings}
    assert by_name["DATABASE_URL"].value == MASK
    assert (by_name["OUTREACH_WEEKLY_LIMIT"].value, by_name["OUTREACH_WEEKLY_LIMIT"].given) == ("1", False)
    assert by_name["OUTREACH_API_TOKEN"].given


def test_every_setting_is_shown() -> None:
    found = setup(reader.Settings(), "/tmp/mail")
    assert len(found.settings) == len(reader.Settings.model_fields)
    assert found.mail == "caught in /tmp/mail: nothing leaves this machine"


@pytest.mark.parametrize("path", ["suppressed/add", "suppressed/lift"])
async def test_a_form_without_its_field_names_it(front: Front, path: str) -> None:
    answer = await front.client.post(f"/settings/{path}")
    assert answer.status_code == 422
    assert "address" in answer.text

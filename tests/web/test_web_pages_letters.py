"""Preview: any of the four letters for any role, printed as a real one is; nothing is changed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from db.pool import Pool
from domain.letters import STAGES
from tests.fill import fill
from tests.web.front import Front


@pytest_asyncio.fixture
async def front(pool: Pool) -> AsyncIterator[Front]:
    """A server on the named cast."""
    await fill(pool)
    async with Front(pool).open() as served:
        yield served


@pytest.mark.parametrize("stage", STAGES)
async def test_every_letter_is_shown_with_its_real_recipients(front: Front, stage: str) -> None:
    answer = await front.client.get(f"/roles/r-data/letters/{stage}")
    assert answer.status_code == 200
    assert "li@<wbr>acme.example" in answer.text
    assert "tom@<wbr>acme.example" in answer.text
    assert f'src="/roles/r-data/letters/{stage}/html"' in answer.text
    framed = await front.client.get(f"/roles/r-data/letters/{stage}/html")
    assert "Ada" in framed.text
    assert "sandbox" in framed.headers["content-security-policy"]
    assert await front.pool.fetchval("select count(*) from outreach_cycle") == 0


async def test_a_role_leads_to_its_first_letter(front: Front) -> None:
    answer = await front.client.get("/roles/r-data/letters")
    assert (answer.status_code, answer.headers["location"]) == (303, "/roles/r-data/letters/initial")


async def test_hostile_records_are_only_text(front: Front) -> None:
    bad = '<script>alert(1)</script><img src="https://elsewhere.example/x.png">'
    await front.pool.execute("update candidate set bio = $1, first_name = $1 where id = 'ada'", bad)
    await front.pool.execute("update role set title = $1 where id = 'r-data'", bad)
    for path in ("/roles/r-data/letters/initial", "/roles/r-data/letters/initial/html"):
        answer = await front.client.get(path)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert '<img src="https://elsewhere' not in answer.text


async def test_a_role_whose_id_has_slashes_is_found(front: Front) -> None:
    await front.pool.execute(
        "insert into role (id, company_id, title, status) select 'a/b?c', company_id, title, status "
        "from role where id = 'r-data'"
    )
    await front.pool.execute(
        "insert into match (candidate_id, role_id, score) select candidate_id, 'a/b?c', score from match "
        "where role_id = 'r-data'"
    )
    answer = await front.client.get("/roles/a%2Fb%3Fc/letters/follow_up_1")
    assert answer.status_code == 200
    assert 'src="/roles/a%2Fb%3Fc/letters/follow_up_1/html"' in answer.text


async def test_unknown_roles_and_stages_are_said_in_words(front: Front) -> None:
    unknown = await front.client.get("/roles/nowhere/letters/initial")
    assert unknown.status_code == 404
    assert "nowhere" in unknown.text
    assert (await front.client.get("/roles/r-data/letters/tenth")).status_code == 422


async def test_a_role_with_nobody_to_write_about_says_why(front: Front) -> None:
    await front.pool.execute("delete from match where role_id = 'r-data'")
    answer = await front.client.get("/roles/r-data/letters/initial")
    assert answer.status_code == 409
    assert "nobody to write about" in answer.text

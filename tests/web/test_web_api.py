"""The brief's endpoints and what else programs may ask, as they answer."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio

from tests.fill import fill
from tests.scenes import DAY, book, do, send
from tests.web.front import Front

API = "/api/outreach"


@pytest_asyncio.fixture
async def cast(front: Front) -> Front:
    """A server whose database holds the named cast."""
    await fill(front.pool)
    return front


async def get(front: Front, path: str, status: int = 200, **options: Any) -> Any:
    answer = await front.client.get(API + path, **options)
    assert answer.status_code == status, answer.text
    return answer.json()


async def post(front: Front, path: str, status: int = 200, **options: Any) -> Any:
    answer = await front.client.post(API + path, **options)
    assert answer.status_code == status, answer.text
    return answer.json()


async def a_thread(front: Front) -> tuple[str, int]:
    """Books a run and sends one first e-mail; names its cycle and the e-mail."""
    await book(front.pool)
    cycle_id = await front.pool.fetchval("select id from outreach_cycle where role_id = 'r-data'")
    return cycle_id, await send(front.pool, cycle_id)


async def test_a_dry_run_answers_with_what_the_command_prints_and_changes_nothing(cast: Front) -> None:
    found = await post(cast, "/trigger/?dry_run=true")
    assert list(found) == ["as_of", "planned", "passed_over"]
    assert found["planned"][0]["role_id"] == "r-port"
    assert await cast.pool.fetchval("select count(*) from outreach_cycle") == 0
    assert await cast.pool.fetchval("select count(*) from run_trigger") == 0


async def test_a_dry_run_shows_its_letters_where_they_are_asked_for(cast: Front) -> None:
    found = await post(cast, "/trigger/", json={"dry_run": True, "letters": True, "role": ["r-data"]})
    assert [one["role_id"] for one in found["previews"]] == ["r-data"]
    assert "Ada" in found["previews"][0]["html"]


async def test_what_query_and_body_say_may_be_the_same_and_not_differ(cast: Front) -> None:
    path = "/trigger/?dry_run=true&max_roles=1"
    assert len((await post(cast, path, json={"max_roles": 1}))["planned"]) == 1
    refused = await post(cast, path, 422, json={"max_roles": 2})
    assert [one["field"] for one in refused["errors"]] == ["query.max_roles"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"max_roles": "ten"}, "body.max_roles"),
        ({"max_roles": 0}, "body.max_roles"),
        ({"max_roles": True}, "body.max_roles"),
        ({"dry_run": "perhaps"}, "body.dry_run"),
        ({"role": ["a\x00b"]}, "body.role.0"),
        ({"role": "r-data"}, "body.role"),
        ({"maximum": 3}, "body.maximum"),
        ([1], "body"),
    ],
)
async def test_a_wrong_field_is_named(cast: Front, body: Any, field: str) -> None:
    refused = await post(cast, "/trigger/", 422, json=body)
    assert field in [one["field"] for one in refused["errors"]]
    assert field in refused["detail"]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/trigger/?dry-run=true", "query.dry-run"),
        ("/trigger/?dryrun=true&max_roles=1", "query.dryrun"),
        ("/trigger/?dry_run=true&dry_run=false", "query.dry_run"),
        ("/follow-up/trigger/?dry_run=true&cycles=1", "query.cycles"),
        ("/hold-all/?dry_run=true", "query.dry_run"),
    ],
)
async def test_what_changes_something_is_not_done_by_half_understood_words(
    cast: Front, path: str, field: str
) -> None:
    refused = await post(cast, path, 422)
    assert [one["field"] for one in refused["errors"]] == [field]
    assert not await cast.pool.fetchval("select hold_all from control")


async def test_several_roles_may_stand_in_the_query(cast: Front) -> None:
    found = await post(cast, "/trigger/?dry_run=true&role=r-data&role=r-port")
    assert {one["role_id"] for one in found["planned"]} == {"r-data", "r-port"}


@pytest.mark.parametrize("path", [f"{API}/status/", f"{API}/status", "/", "/cycles", "/docs"])
async def test_a_look_at_the_head_is_answered_like_one_at_the_whole(cast: Front, path: str) -> None:
    head, whole = await cast.client.head(path), await cast.client.get(path)
    assert head.status_code == whole.status_code == 200
    assert head.headers["content-type"] == whole.headers["content-type"] and not head.content
    assert (await cast.client.head(f"{API}/trigger/")).status_code == 405


async def test_a_run_without_roles_is_refused_in_words(front: Front) -> None:
    assert "no roles are loaded" in (await post(front, "/trigger/", 409))["detail"]


async def test_an_unknown_role_is_named(cast: Front) -> None:
    assert "r-nowhere" in (await post(cast, "/trigger/?role=r-nowhere", 404))["detail"]


async def test_a_real_run_needs_temporal_and_says_so(cast: Front) -> None:
    answer = await cast.client.post(f"{API}/trigger/")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "Temporal" in answer.json()["detail"]


async def test_status_counts(cast: Front) -> None:
    await a_thread(cast)
    assert (await get(cast, "/status/"))["emails"]["initial"]["sent"] == 1


async def test_a_path_works_without_its_last_slash(cast: Front) -> None:
    assert (await get(cast, "/status"))["at"]
    assert "planned" in await post(cast, "/trigger?dry_run=true")


async def test_a_second_response_is_harmless_and_says_so(cast: Front) -> None:
    cycle_id, log_id = await a_thread(cast)
    first = await post(cast, f"/response/{log_id}/")
    assert first["changed"]
    assert cycle_id in first["cycle_ids"]
    again = await post(cast, f"/response/{cycle_id}/")
    assert not again["changed"]
    assert "already" in again["words"]
    assert first["untold"] == [cycle_id], "without Temporal what is recorded stands, and nobody was told"


async def test_an_id_of_the_crm_may_hold_a_slash(cast: Front) -> None:
    for table, old in (("company", "blue"), ("candidate", "hana")):
        columns = await cast.pool.fetchval(
            "select string_agg(quote_ident(column_name), ', ') from information_schema.columns "
            "where table_name = $1 and column_name <> 'id'",
            table,
        )
        await cast.pool.execute(
            f"insert into {table} (id, {columns}) select '26/' || id, {columns} from {table} where id = $1",
            old,
        )
    assert (await get(cast, "/candidates/26%2Fhana/"))["id"] == "26/hana"
    assert (await get(cast, "/companies/26%2Fblue"))["id"] == "26/blue"
    assert (
        "26/hana is placed"
        in (await post(cast, "/candidates/26%2Fhana/withdraw/", json={"status": "placed"}))["words"]
    )
    assert (await post(cast, "/companies/26%2Fblue/suppress/"))["company_id"] == "26/blue"
    assert (await cast.client.get(f"{API}/candidates/hana/withdraw/")).headers["allow"] == "POST"


@pytest.mark.parametrize("id", ["nobody", "999999", "9" * 30, "%F0%28%8C%28", "a%2Fb", "-1", "%C3%BC"])
async def test_an_unknown_id_is_not_found_in_words(cast: Front, id: str) -> None:
    assert (await post(cast, f"/response/{id}/", 404))["detail"]


@pytest.mark.parametrize("id", ["%00", "a%00b", "%20", "%0A", "x" * 401])
async def test_an_id_that_none_can_be_is_refused(cast: Front, id: str) -> None:
    assert (await post(cast, f"/response/{id}/", 422))["errors"][0]["field"] == "path.id"


async def test_pending_follow_ups_come_in_pages(cast: Front) -> None:
    ids = await book(cast.pool)
    for one in ids:
        await send(cast.pool, one)
    whole = await get(cast, "/follow-up/pending/")
    assert len(whole["tasks"]) == len(ids)
    assert whole["next"] is None
    seen, path = [], "/follow-up/pending/?most=1"
    while path:
        answer = await cast.client.get(API + path)
        seen += answer.json()["tasks"]
        link = answer.headers.get("link", "")
        path = link.partition(">")[0].removeprefix(f"<{API}") if link else ""
    assert seen == whole["tasks"]


async def test_follow_ups_are_nudged_and_listed(cast: Front) -> None:
    cycle_id, _ = await a_thread(cast)
    cast.now += 3 * DAY
    listed = await post(cast, "/follow-up/trigger/?dry_run=true")
    assert [one["cycle_id"] for one in listed["tasks"]] == [cycle_id]
    assert listed["nudged"] == []
    assert cycle_id in (await post(cast, "/follow-up/trigger/"))["nudged"]


async def test_force_needs_a_cycle(cast: Front) -> None:
    refused = await post(cast, "/follow-up/trigger/?force=true", 422)
    assert refused["errors"][0]["field"] == "force"


async def test_a_wrong_cursor_is_a_wrong_field(cast: Front) -> None:
    for path in ("/follow-up/pending/", "/cycles/"):
        assert "cursor" in (await get(cast, f"{path}?cursor=abc", 422))["detail"]


async def test_cycles_are_listed_shown_paused_resumed_and_stopped(cast: Front) -> None:
    cycle_id, _ = await a_thread(cast)
    listed = await get(cast, "/cycles/?role=r-data")
    assert [one["id"] for one in listed["cycles"]] == [cycle_id]
    assert (await post(cast, f"/cycles/{cycle_id}/pause/"))["changed"]
    waiting = {one["cycle_id"]: one["kind"] for one in (await get(cast, "/cycles/pending/"))["pending"]}
    assert waiting[cycle_id] == "held"
    shown = await get(cast, f"/cycles/{cycle_id}/")
    assert shown["status"] == "held"
    assert shown["emails"][0]["text"]
    assert (await post(cast, f"/cycles/{cycle_id}/resume/"))["changed"]
    assert (
        "no uncertain e-mail"
        in (await post(cast, f"/cycles/{cycle_id}/resume/", 409, json={"decision": "sent"}))["detail"]
    )
    assert (await post(cast, f"/cycles/{cycle_id}/send-now/"))["cycle_ids"] == [cycle_id]
    assert "stopped" in (await post(cast, f"/cycles/{cycle_id}/stop/"))["words"]
    await post(cast, f"/cycles/{cycle_id}/reopen/", 503)


async def test_an_outcome_is_recorded(cast: Front) -> None:
    cycle_id, _ = await a_thread(cast)
    await post(cast, f"/response/{cycle_id}/")
    body = {"candidate_id": "ada", "outcome": "interview"}
    assert (await post(cast, f"/cycles/{cycle_id}/outcomes/", json=body))["outcome"] == "interview"
    wrong = await post(cast, f"/cycles/{cycle_id}/outcomes/", 422, json={"candidate_id": "ada"})
    assert wrong["errors"][0]["field"] == "body.outcome"


async def test_people_roles_and_companies_are_steered(cast: Front) -> None:
    await a_thread(cast)
    assert "ada is withdrawn" in (await post(cast, "/candidates/ada/withdraw/"))["words"]
    assert (
        "bela is placed"
        in (await post(cast, "/candidates/bela/withdraw/", json={"status": "placed"}))["words"]
    )
    assert (
        "r-data is filled" in (await post(cast, "/roles/r-data/close/", json={"status": "filled"}))["words"]
    )
    assert "rests" in (await post(cast, "/companies/acme/resume/"))["words"]
    for path in ("/candidates/nobody/withdraw/", "/roles/nowhere/close/", "/companies/nobody/resume/"):
        await post(cast, path, 404)


async def test_any_letter_is_shown(cast: Front) -> None:
    found = await get(cast, "/roles/r-data/letters/follow_up_3/")
    assert found["subject"].startswith("Re: ")
    assert found["recipients"] == ["li@acme.example", "tom@acme.example"]
    await get(cast, "/roles/r-data/letters/follow_up_9/", 422)
    await do(cast.pool, "delete from match where role_id = 'r-data'")
    assert "nobody to write about" in (await get(cast, "/roles/r-data/letters/initial/", 409))["detail"]


async def test_everything_is_held_and_released(cast: Front) -> None:
    await post(cast, "/hold-all/")
    assert (await get(cast, "/status/"))["hold_all"]
    await post(cast, "/release-all/")
    assert not (await get(cast, "/status/"))["hold_all"]


async def test_addresses_are_suppressed_and_let_go(cast: Front) -> None:
    body = {"address": "Li@acme.example", "reason": "by phone"}
    done = await post(cast, "/addresses/suppress/", json=body)
    assert done["company_ids"] == ["acme"]
    assert not (await post(cast, "/addresses/suppress/", json=body))["changed"]
    listed = await get(cast, "/addresses/?q=acme")
    assert [one["address"] for one in listed["addresses"]] == ["li@acme.example"]
    assert (await post(cast, "/addresses/unsuppress/", json={"address": "li@acme.example"}))["changed"]
    await post(cast, "/addresses/suppress/", 422, json={"address": "nobody"})


async def test_what_needs_temporal_says_so_while_it_is_away(cast: Front) -> None:
    for method, path in (("GET", "/schedule/"), ("POST", "/schedule/pause/"), ("POST", "/schedule/resume/")):
        answer = await cast.client.request(method, API + path)
        assert answer.status_code == 503
        assert "retry-after" in answer.headers


async def test_a_body_is_bounded_however_it_comes(cast: Front) -> None:
    big = b'{"role": ["' + b"x" * 2**20 + b'"]}'
    json = {"content-type": "application/json"}
    assert (await cast.client.post(f"{API}/trigger/", content=big, headers=json)).status_code == 413

    head = f"POST {API}/trigger/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    pieces = [b"186a0\r\n" + b" " * 100_000 + b"\r\n"] * 11
    assert b" 413 " in await cast.raw(head.encode(), *pieces)


@pytest.mark.parametrize("body", [b"[" * 500_000, b'{"max_roles": ' + b"9" * 10_000 + b"}", b"{", b"\xff"])
async def test_a_body_that_nobody_can_read_is_refused(cast: Front, body: bytes) -> None:
    json = {"content-type": "application/json"}
    answer = await cast.client.post(f"{API}/trigger/", content=body, headers=json)
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_while_the_database_is_away_everything_says_so(cast: Front) -> None:
    await get(cast, "/status/")
    await cast.pool.close()
    for method, path in (("GET", "/status/"), ("GET", "/cycles/"), ("POST", "/trigger/?dry_run=true")):
        answer = await cast.client.request(method, API + path)
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert "PostgreSQL" in answer.json()["detail"]

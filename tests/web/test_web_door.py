"""Who may come in, by what, and what a page on the web cannot have a browser do here."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from db.pool import Pool
from desk import access
from domain.access import Scope
from tests.cast import NOW
from tests.web.front import Front

FIXED = "the-token-of-the-settings"
STATUS = "/api/outreach/status/"
PAGE = {"Accept": "text/html"}


@pytest_asyncio.fixture
async def locked(pool: Pool) -> AsyncIterator[Front]:
    """A server with a token in its settings."""
    async with Front(pool, token=FIXED).open() as served:
        yield served


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def given(front: Front, name: str, scope: Scope) -> str:
    token = f"{name}-token"
    await access.give(front.office, name, scope, token, NOW)
    front.keys._at = -access.FRESH  # as if its seconds had passed
    return token


async def test_without_any_token_whoever_reaches_the_server_is_let_in(front: Front) -> None:
    assert (await front.client.get(STATUS)).status_code == 200


async def test_whom_a_proxy_brings_needs_a_token_though_none_was_given_out(pool: Pool) -> None:
    async with Front(pool, base_url="https://outreach.example").open() as front:
        outside = {"Host": "outreach.example"}
        assert (await front.client.get(STATUS, headers=outside)).status_code == 401
        assert (await front.client.get("/", headers=outside)).headers["location"] == "/login?next=/"
        assert "Your token" in (await front.client.get("/login", headers=outside)).text
        assert (await front.client.get(STATUS)).status_code == 200
    async with Front(pool, base_url="http://localhost:8080").open() as front:
        assert (await front.client.get(STATUS, headers={"Host": "localhost:8080"})).status_code == 200


async def test_a_program_without_a_token_is_asked_for_one(locked: Front) -> None:
    answer = await locked.client.get(STATUS)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("token", ["wrong", FIXED + "x", "\u00e4".encode().decode("latin-1"), "a b"])
async def test_a_wrong_token_lets_nobody_in(locked: Front, token: str) -> None:
    headers = {b"Authorization": f"Bearer {token}".encode("latin-1")}
    assert (await locked.client.get(STATUS, headers=headers)).status_code == 401


async def test_the_token_of_the_settings_lets_in(locked: Front) -> None:
    assert (await locked.client.get(STATUS, headers=bearer(FIXED))).status_code == 200


async def test_the_first_named_token_closes_the_door_to_everybody_else(front: Front) -> None:
    token = await given(front, "ana", "write")
    assert (await front.client.get(STATUS)).status_code == 401
    assert (await front.client.get(STATUS, headers=bearer(token))).status_code == 200


async def test_a_token_taken_back_lets_nobody_in(front: Front) -> None:
    token = await given(front, "ana", "write")
    await given(front, "bea", "write")
    await access.revoke(front.office, "ana", NOW)
    front.keys._at = -access.FRESH
    assert (await front.client.get(STATUS, headers=bearer(token))).status_code == 401


async def test_a_token_to_look_with_changes_nothing(front: Front) -> None:
    token = await given(front, "ana", "read")
    answer = await front.client.post("/api/outreach/trigger/", headers=bearer(token))
    assert answer.status_code == 403
    assert "`write`" in answer.json()["detail"]
    assert (await front.client.get(STATUS, headers=bearer(token))).status_code == 200


async def test_whoever_was_let_in_before_is_known_while_the_database_is_away(front: Front) -> None:
    token = await given(front, "ana", "write")
    assert (await front.client.get(STATUS, headers=bearer(token))).status_code == 200
    await front.pool.close()
    front.keys._at = -access.FRESH
    answer = await front.client.get(STATUS, headers=bearer(token))
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert (await front.client.get(STATUS, headers=bearer("wrong"))).status_code == 401


@pytest.mark.parametrize("path", ["/", STATUS, "/login", "/live"])
async def test_a_server_that_never_read_its_tokens_says_what_is_away_and_asks_for_none(
    front: Front, path: str
) -> None:
    await front.pool.close()
    answer = await front.client.get(path)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert path == "/login" or "PostgreSQL does not answer" in answer.text


async def test_what_could_not_be_done_is_not_asked_for_again_by_the_page_itself(front: Front) -> None:
    assert (await front.client.get("/")).status_code == 200
    await front.pool.close()
    looked, done = await front.client.get("/"), await front.client.post("/companies/acme/suppress")
    assert looked.status_code == done.status_code == 503
    assert 'http-equiv="refresh"' in looked.text and "http-equiv" not in done.text


ELSEWHERE = ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:80", "evil@localhost"]


@pytest.mark.parametrize("host", [*ELSEWHERE, "localhost/login?", "localhost:80@evil.example", "[::1"])
async def test_a_name_that_leads_here_from_elsewhere_is_not_answered_to(front: Front, host: str) -> None:
    assert (await front.client.get("/", headers={"Host": host})).status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1", "[::1]:99", "192.0.2.7:8080"])
async def test_this_machines_own_names_and_plain_addresses_are_answered_to(front: Front, host: str) -> None:
    assert (await front.client.get(STATUS, headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    ],
)
async def test_another_sites_page_changes_nothing_here(front: Front, headers: dict[str, str]) -> None:
    for path in ("/api/outreach/trigger/", "/login", "/logout"):
        answer = await front.client.post(path, headers={"Host": "localhost", **headers})
        assert answer.status_code == 403, path


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Dest": "iframe"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
    ],
)
async def test_another_sites_page_may_lead_here_and_load_nothing(
    front: Front, told: dict[str, str], status: int
) -> None:
    answer = await front.client.get("/", headers=told)
    assert answer.status_code == status
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


async def test_a_page_of_this_server_may_change_things(front: Front) -> None:
    headers = {"Origin": front.url, "Sec-Fetch-Site": "same-origin"}
    assert (await front.client.post("/logout", headers=headers)).status_code == 303


async def test_hooks_take_requests_under_any_name(locked: Front) -> None:
    answer = await locked.client.post("/hooks/inbound/nobody", headers={"Host": "hooks.example"})
    assert answer.status_code == 404


async def test_a_person_is_led_to_the_login_and_back(locked: Front) -> None:
    answer = await locked.client.get("/cycles?q=acme&urgent=1", headers=PAGE)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=/cycles%3Fq%3Dacme%26urgent%3D1"


async def test_a_login_lasts_until_its_end_and_no_longer_than_its_token(locked: Front) -> None:
    token = await given(locked, "ana", "write")
    answer = await locked.client.post("/login", data={"token": f" {token} ", "next": "/cycles"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/cycles")
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "samesite=lax" in answer.headers["set-cookie"].lower()
    page = await locked.client.get("/")
    assert page.status_code == 200
    assert "ana" in page.text
    await access.revoke(locked.office, "ana", NOW)
    locked.keys._at = -access.FRESH
    led = await locked.client.get("/")
    assert led.headers["location"] == "/login?next=/&ended=1"


async def test_a_session_ends_after_its_hours(locked: Front) -> None:
    from web.sessions import LASTS

    await locked.client.post("/login", data={"token": FIXED})
    assert (await locked.client.get("/")).status_code == 200
    locked.now += LASTS
    assert (await locked.client.get("/")).status_code == 303


async def test_a_session_changes_nothing_where_the_browser_does_not_say_whose_page_asked(
    locked: Front,
) -> None:
    await locked.client.post("/login", data={"token": FIXED})
    assert (await locked.client.post("/logout")).status_code == 403
    assert (await locked.client.post("/logout", headers={"Origin": locked.url})).status_code == 303


async def test_another_way_to_ask_does_not_excuse_a_session_from_saying_whose_page_asked(
    locked: Front,
) -> None:
    await locked.client.post("/login", data={"token": FIXED})
    answer = await locked.client.post("/logout", headers={"Authorization": "Basic YTpi"})
    assert answer.status_code == 403


@pytest.mark.parametrize("cookie", ["", "x", "WyJhIl0.AAAA", "." * 50])
async def test_a_made_up_session_is_none(locked: Front, cookie: str) -> None:
    answer = await locked.client.get("/", headers={"Cookie": f"outreach={cookie}"})
    assert answer.status_code == 303


async def test_a_wrong_token_at_the_login_is_said(locked: Front) -> None:
    answer = await locked.client.post("/login", data={"token": "wrong", "next": "//evil.example"})
    assert answer.status_code == 403
    assert "good for nothing" in answer.text
    assert "evil" not in answer.text


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "\\x", "", "a"])
async def test_a_login_leads_nowhere_else(locked: Front, to: str) -> None:
    answer = await locked.client.post("/login", data={"token": FIXED, "next": to})
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "utf-8; charset=utf-7", "'utf-8'"])
async def test_a_form_in_half_characters_is_refused_in_words(locked: Front, charset: str) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n\\ud800+2AA-\r\n--x--\r\n'
    headers = {"Content-Type": f"multipart/form-data; boundary=x; charset={charset}"}
    answer = await locked.client.post("/login", content=body, headers=headers)
    assert answer.status_code == 400 and "UTF-8" in answer.text
    headers["Content-Type"] = "multipart/form-data; boundary=x; charset=utf-8"
    assert (await locked.client.post("/login", content=body, headers=headers)).status_code == 403

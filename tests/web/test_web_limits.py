"""Large, slow and broken requests are refused at once and hold nothing up."""

from __future__ import annotations

import asyncio
import functools
import json
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from db.pool import Pool
from tests.acceptance.programs import looks
from tests.mail.hook_services import basic
from tests.web.front import Front
from web import server
from web.limits import Limits

SMALL = Limits(largest=100_000, together=150_000, silence=0.3, whole=1.0)
ANYBODY = b"POST /hooks/inbound/postmark HTTP/1.1\r\nHost: x\r\n"
AUTH = ("hook", "s3cret:with:colons")
HEAD = ANYBODY + f"Authorization: {basic(':'.join(AUTH))}\r\n".encode()


@pytest_asyncio.fixture
async def narrow(pool: Pool) -> AsyncIterator[Front]:
    """A server that takes little and waits for nobody."""
    async with Front(pool, SMALL).open() as served:
        yield served


async def pieces(count: int, size: int, pause: float = 0) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b" " * size
        await asyncio.sleep(pause)


async def test_a_body_that_says_it_is_too_large_is_not_read(narrow: Front) -> None:
    said = await narrow.raw(HEAD + b"Content-Length: 100001\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 413 ")
    assert b"application/problem+json" in said
    assert b"connection: close" in said.lower()


async def test_a_chunked_body_is_counted_as_it_comes(narrow: Front) -> None:
    chunk = b"2710\r\n" + b" " * 10_000 + b"\r\n"
    said = await narrow.raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[chunk] * 11)
    assert said.startswith(b"HTTP/1.1 413 ")


async def test_a_body_of_the_largest_size_is_taken(narrow: Front) -> None:
    answer = await narrow.client.post(
        "/hooks/inbound/postmark",
        content=b"{}".ljust(100_000),
        auth=AUTH,
    )
    assert answer.status_code == 400, "read whole, and not what it ought to be"


@pytest.mark.parametrize("pause", [0.0, 0.15])
async def test_a_body_that_stops_or_trickles_is_given_up(narrow: Front, pause: float) -> None:
    trickle = [b" "] * 30 if pause else [b" "]
    said = await narrow.raw(HEAD + b"Content-Length: 1000\r\n\r\n", *trickle, pause=pause)
    assert said.startswith(b"HTTP/1.1 408 ")
    assert await narrow.rows() == []


async def test_too_many_bodies_at_once_are_asked_to_come_again(narrow: Front) -> None:
    post = functools.partial(narrow.client.post, "/hooks/inbound/postmark", auth=AUTH)
    answers = await asyncio.gather(*(post(content=pieces(3, 30_000, 0.2)) for _ in range(4)))
    codes = sorted(answer.status_code for answer in answers)
    assert codes[0] == 400 and codes[-1] == 503
    calm = await post(content=b" " * 90_000)
    assert calm.status_code == 400, "what was refused is no longer counted"


async def test_without_the_password_no_large_body_is_read(front: Front) -> None:
    said = await front.raw(ANYBODY + b"Connection: close\r\nContent-Length: 100000000\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 401 ")


async def test_a_reply_with_all_the_attachments_that_postmark_takes_is_stored(front: Front) -> None:
    content = "QUJD" * (35_000_000 // 3)
    lines = "\r\n".join(content[start : start + 76] for start in range(0, len(content), 76))
    head = (
        "Subject: Re: Interns\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    attachment = {"Name": "cv.pdf", "Content": content, "ContentType": "application/pdf"}
    told = {"OriginalRecipient": "reply+1@in.beyond.example", "RawEmail": head + lines}
    body = json.dumps(told | {"Attachments": [attachment]}).encode()
    assert len(body) > 95_000_000
    answer = await front.client.post("/hooks/inbound/postmark", content=body, auth=AUTH)
    assert answer.json() == {"items": 1, "new": 1}
    (row,) = await front.rows()
    assert len(row["raw"]) == len(head + lines)


@pytest.mark.parametrize(
    ("service", "kind", "largest"),
    [
        ("ses", "text/plain; charset=UTF-8", 2**20),
        ("mailgun", "application/json", 2**20),
        ("resend", "application/json", 2**20),
        ("mailgun", "multipart/form-data; boundary=x", 30 * 2**20),
        ("sendgrid", "multipart/form-data; boundary=x", 30 * 2**20),
    ],
)
async def test_what_is_parsed_before_it_is_authenticated_is_small(
    front: Front, service: str, kind: str, largest: int
) -> None:
    head = f"POST /hooks/inbound/{service} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\n".encode()
    said = await front.raw(head + b"Content-Length: %d\r\n\r\n" % (largest + 1))
    assert said.startswith(b"HTTP/1.1 413 ") and str(largest).encode() in said
    small = await front.client.post(f"/hooks/inbound/{service}", content=b"x", headers={"Content-Type": kind})
    assert small.status_code in (400, 401)


@pytest.mark.parametrize("service", ["ses", "mailgun"])
async def test_the_worst_json_of_anybody_holds_nobody_up_for_long(front: Front, service: str) -> None:
    worst = b'{"Message":[' + b"{}," * 349_000 + b"{}]}"
    posts = [front.client.post(f"/hooks/inbound/{service}", content=worst) for _ in range(3)]
    began = time.monotonic()
    codes = {answer.status_code for answer in await asyncio.gather(*posts)}
    assert codes == {401}
    assert time.monotonic() - began < 10


async def test_a_form_that_opts_out_is_small(front: Front) -> None:
    answer = await front.client.post("/unsubscribe/nobody", content=b" " * 65_537)
    assert answer.status_code == 413


async def test_a_client_that_goes_away_leaves_nothing(narrow: Front) -> None:
    host, port = narrow.url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(HEAD + b"Content-Length: 1000\r\n\r\n{")
    await writer.drain()
    writer.transport.abort()
    assert (await narrow.client.get("/health")).status_code == 503
    assert await narrow.rows() == []


async def test_a_request_that_never_begins_is_given_up(
    narrow: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEAD", 0.2)
    assert await narrow.raw() == b""
    assert await narrow.raw(HEAD + b"X-A: b\r\n") == b""
    kept = b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert (await narrow.raw(kept, b"GET /", pause=0.05)).count(b"HTTP/1.1 404") == 1


async def test_endless_headers_are_refused(narrow: Front) -> None:
    said = await narrow.raw(HEAD + b"X-A: " + b"b" * 200_000)
    assert said.startswith(b"HTTP/1.1 400 ")


async def test_a_slow_body_holds_nobody_else_up(narrow: Front) -> None:
    slow = asyncio.create_task(narrow.raw(HEAD + b"Content-Length: 1000\r\n\r\n ", pause=0.2))
    await asyncio.sleep(0)
    assert (await narrow.client.get("/nothing")).status_code == 404
    await slow


async def test_whoever_comes_when_too_many_are_there_is_asked_to_come_again(pool: Pool) -> None:
    async with Front(pool, Limits(at_once=1)).open() as front:
        async with front.client.stream("GET", "/live") as open_page:
            assert open_page.status_code == 200
            answer, page = await front.client.get("/api/outreach/status/"), await front.client.get("/")
        assert answer.status_code == page.status_code == 503
        assert answer.json()["title"] == "Service Unavailable" and "Retry-After" in answer.headers
        assert "nosniff" in page.headers["x-content-type-options"] and "come again" in page.text
        async for _ in looks(within=20):
            if (await front.client.get("/api/outreach/status/")).status_code == 200:
                break

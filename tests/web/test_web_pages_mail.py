"""Mail: what the catcher kept is shown as it would look, harmlessly, and answered by real e-mail."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import AsyncIterator, Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest
import pytest_asyncio

from db.pool import Pool
from desk import inbox
from desk.inbox import PostRoom
from domain.inbound import Arrival
from embedded.catcher import Catcher
from embedded.home import Services
from mail.arrival import key_of
from stack.mailroom import mailroom_of
from tests.fill import fill
from tests.scenes import NOW
from tests.web.front import Front

HOSTILE = '<p>Hi</p><script>alert(1)</script><img src="https://elsewhere.example/x.png">'


def a_letter(subject: str = "Interns for you", html: str = HOSTILE) -> EmailMessage:
    """Builds a letter to two readers, answered at an address of ours."""
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "James <james@beyond.example>", subject
    letter["To"] = "Tom <tom@acme.example>, li@acme.example"
    letter["Reply-To"] = "James <r-abc@replies.example>"
    letter["Message-ID"] = "<first@beyond.example>"
    letter.set_content("Hi Tom, in plain words.")
    letter.add_alternative(html, subtype="html")
    return letter


async def send(catcher: Catcher, *letters: bytes) -> None:
    """Hands letters to the catcher as a program would."""

    def deliver() -> None:
        with smtplib.SMTP(catcher.host, catcher.port, timeout=10) as client:
            for letter in letters:
                client.sendmail("bounces@replies.example", ["tom@acme.example"], letter)

    await asyncio.to_thread(deliver)


@pytest_asyncio.fixture
async def catcher(tmp_path: Path) -> AsyncIterator[Catcher]:
    """A running catcher."""
    async with Catcher(tmp_path / "mail") as running:
        yield running


@pytest_asyncio.fixture
async def front(pool: Pool, catcher: Catcher) -> AsyncIterator[Front]:
    """A server beside it; what is sent to reply addresses comes in."""
    await fill(pool)
    services = Services(1, "", "", "", catcher.url, str(catcher.folder))
    front = Front(pool, mailroom=mailroom_of(services, "replies.example"))

    async def receive(raw: bytes, to: Sequence[str]) -> None:
        await inbox.keep(
            PostRoom(front.office), [Arrival(key=key_of(raw, to), raw=raw, to=tuple(to))], "smtp", NOW
        )

    catcher.receive_for("replies.example", receive)
    async with front.open():
        yield front


async def test_nothing_was_caught_yet(front: Front) -> None:
    page = (await front.client.get("/mail")).text
    assert "No letter was caught yet" in page
    assert 'href="/mail" aria-current="page"' in page


async def test_letters_are_listed_newest_first_page_by_page(front: Front, catcher: Catcher) -> None:
    await send(catcher, *(a_letter(f"Letter {number}").as_bytes() for number in range(1, 33)))
    page = (await front.client.get("/mail")).text
    assert page.index("Letter 32<") < page.index("Letter 31<")
    assert ("Letter 2<" in page, "32 letters" in page) == (False, True)
    older = (await front.client.get("/mail?before=3")).text
    assert ("Letter 2<" in older, "Letter 1<" in older, 'rel="next"' in older) == (True, True, False)


async def test_a_letter_is_shown_as_it_looks_and_can_do_nothing(front: Front, catcher: Catcher) -> None:
    await send(catcher, a_letter().as_bytes())
    page = (await front.client.get("/mail/1")).text
    assert '<iframe class="letter" sandbox="allow-same-origin" src="/mail/1/html"' in page
    assert "Hi Tom, in plain words." in page
    assert "X-Catcher-Mail-From" in page
    assert "<script>alert" not in page
    framed = await front.client.get("/mail/1/html")
    assert "<script>alert(1)</script>" in framed.text
    policy = framed.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    assert "sandbox" in policy


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\xfe\x00 no headers at all",
        b"Subject: =?utf-8?B?/////w==?=\r\nContent-Type: text/html; charset=no-such\r\n\r\n\xff\xfe<p>\x80",
        b"Subject: long\r\nContent-Type: text/html\r\n\r\n" + b"<p>word</p>\r\n" * 200_000,
        b"To: \r\nReply-To: @@@\r\nContent-Type: multipart/mixed\r\n\r\nnothing",
    ],
)
async def test_whatever_was_caught_can_be_shown(front: Front, catcher: Catcher, raw: bytes) -> None:
    await send(catcher, raw)
    for path in ("/mail", "/mail/1", "/mail/1/html"):
        answer = await front.client.get(path)
        assert answer.status_code == 200, path
        assert len(answer.content) < 2_000_000


async def test_an_answer_comes_in_like_any_other_e_mail(front: Front, catcher: Catcher) -> None:
    await send(catcher, a_letter().as_bytes())
    form = {"reader": "tom@acme.example", "words": "Could we speak on Tuesday?"}
    done = await front.client.post("/mail/1/answer", data=form)
    assert (done.status_code, done.headers["location"]) == (303, "/mail/1")
    assert "Your answer went out by e-mail, as tom@acme.example" in (await front.client.get("/mail/1")).text
    [row] = await front.rows()
    assert row["source"] == "smtp"
    assert row["envelope_to"] == ["r-abc@replies.example"]
    assert b"In-Reply-To: <first@beyond.example>" in row["raw"]
    assert b"Could we speak on Tuesday?" in row["raw"]


@pytest.mark.parametrize(
    ("reader", "words", "why"),
    [
        ("zed@else.example", "Hello", "does not read this letter"),
        ("tom@acme.example", "  ", "The answer is empty"),
        ("tom@acme.example", "x" * 20_001, "20,001 characters"),
    ],
)
async def test_an_answer_that_is_none_is_refused_in_words(
    front: Front, catcher: Catcher, reader: str, words: str, why: str
) -> None:
    await send(catcher, a_letter().as_bytes())
    await front.client.post("/mail/1/answer", data={"reader": reader, "words": words})
    assert why in (await front.client.get("/mail/1")).text
    assert await front.rows() == []


async def test_a_catcher_that_is_away_takes_no_answer(front: Front, catcher: Catcher) -> None:
    await send(catcher, a_letter().as_bytes())
    await catcher.stop()
    answer = await front.client.post("/mail/1/answer", data={"reader": "tom@acme.example", "words": "Hi"})
    assert answer.status_code == 503


async def test_a_letter_that_nobody_caught_is_not_found(front: Front) -> None:
    assert "No letter 7 was caught" in (await front.client.get("/mail/7")).text


async def test_where_mail_really_leaves_there_is_no_such_page(pool: Pool) -> None:
    async with Front(pool).open() as front:
        assert (await front.client.get("/mail")).status_code == 404
        assert 'href="/mail"' not in (await front.client.get("/replies")).text

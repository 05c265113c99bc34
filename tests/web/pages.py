"""What the tests of pages share: a world with threads in it, and a page read as a person reads it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from html.parser import HTMLParser

import httpx2

from desk import received
from desk.inbox import PostRoom
from desk.office import Office
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import HOUR, RULES, book, send
from tests.web.front import Front

ACME = "acme-robotics-data-analyst-r-data-1"
PORT = "blue-harbour-sons-port-operations-intern-r-port-1"
FLEET = "blue-harbour-sons-fleet-planner-r-fleet-1"
CARE = "cedar-clinic-care-coordinator-r-care-1"

HOSTILE = '<script>alert("1")</script>\' onload=x \u202eevil'

_TAGS = re.compile(r"<[^>]+>")


class _Attributes(HTMLParser):
    """Collects the names of every attribute on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element's attributes."""
        self.names.update(name for name, _ in attrs)


async def begun(front: Front, *cycles: str) -> None:
    """Fills in the named cast, books a run, and sends first e-mails of these cycles."""
    await fill(front.pool)
    await book(front.pool)
    for one in cycles:
        await send(front.pool, one)
    front.now = NOW + HOUR


async def answered(front: Front, text: str = "Ada looks like a great fit.", *, at: datetime = NOW) -> None:
    """Has Li of Acme answer the first letter."""
    message = "\r\n".join(
        (
            "From: Li Wei <li@acme.example>",
            "To: James <james@beyond.example>",
            "Subject: Re: Interns",
            "Message-ID: <reply-1@acme.example>",
            f"In-Reply-To: <{ACME}.initial@beyond.example>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Date: Mon, 1 Jun 2026 10:00:00 +0000",
            "",
            text,
            "",
        )
    )
    await received.add(PostRoom(Office(front.pool, RULES)), [message.encode()], at + timedelta(minutes=30))


def read(answer: httpx2.Response) -> str:
    """The words of a page, on one line."""
    assert answer.status_code == 200, answer.text
    return " ".join(unescape(_TAGS.sub(" ", answer.text)).split())


async def look(front: Front, path: str) -> str:
    """Opens a page and reads it."""
    return read(await front.client.get(path))


async def press(front: Front, path: str, **fields: str) -> str:
    """Presses a button, and reads the page that it leads to, as a browser would."""
    answer = await front.client.post(path, data=fields)
    assert answer.status_code == 303, answer.text
    return read(await front.client.get(answer.headers["location"]))


async def unsafe(front: Front, path: str) -> None:
    """Checks that a page shows the hostile name, and shows it as text."""
    answer = await front.client.get(path)
    assert answer.status_code == 200, answer.text
    assert "&lt;script&gt;alert" in answer.text
    assert "<script>alert" not in answer.text
    found = _Attributes()
    found.feed(answer.text)
    assert "onload" not in found.names

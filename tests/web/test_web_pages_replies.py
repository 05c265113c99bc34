"""Replies: listed by kind, read as safe text, put in place, judged, taken back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from db.pool import Pool
from desk import received, steering
from desk.inbox import PostRoom
from domain import paging
from domain.received import OF_KINDS
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import HOUR, book, send
from tests.web.front import Front

LATER = NOW + HOUR
HOSTILE = '<script>alert(1)</script><img src="https://elsewhere.example/x.png">'


@pytest_asyncio.fixture
async def front(pool: Pool) -> AsyncIterator[Front]:
    """A server on the named cast."""
    await fill(pool)
    async with Front(pool).open() as served:
        yield served


def letter(*headers: str, text: str = "Happy to talk on Tuesday.", charset: str = "utf-8") -> bytes:
    """Builds a message."""
    fixed = ("MIME-Version: 1.0", f"Content-Type: text/plain; charset={charset}")
    return "\r\n".join((*headers, *fixed, "", text, "")).encode("utf-8", "surrogateescape")


def reply_to(cycle: str, text: str = "Happy to talk on Tuesday.", number: int = 1) -> bytes:
    """Builds a partner's reply to the first letter of a cycle."""
    return letter(
        "From: Li Wei <li@acme.example>",
        "Subject: Re: Interns",
        f"Message-ID: <reply-{number}@acme.example>",
        f"In-Reply-To: <{cycle}.initial@beyond.example>",
        text=text,
    )


def stranger(number: int = 1, **more: str) -> bytes:
    """Builds a message that belongs to nobody."""
    words = (f"Message-ID: <zed-{number}@else.example>", f"Subject: Hello {number}")
    return letter("From: Zed <zed@acme.example>", *words, **more)


async def thread(front: Front) -> str:
    """Books Acme's data role and sends its first letter."""
    cycle = next(one for one in await book(front.pool) if "r-data" in one)
    await send(front.pool, cycle)
    return cycle


async def add(front: Front, *messages: bytes) -> list[int]:
    """Takes messages in; names them."""
    done = await received.add(PostRoom(front.office), messages, LATER)
    return [one.id for one in done.messages]


async def test_nothing_came_in_yet_says_so(front: Front) -> None:
    assert "Nothing has come in yet" in (await front.client.get("/replies")).text


async def test_the_list_shows_the_newest_first_and_filters_by_kind(front: Front) -> None:
    cycle = await thread(front)
    await add(front, reply_to(cycle), stranger())
    page = (await front.client.get("/replies")).text
    assert page.index("Hello 1") < page.index("Re: Interns")
    assert "1 message needs a person" in " ".join(page.split()).replace("</a>", "")
    people = (await front.client.get("/replies?show=unmatched")).text
    assert "Hello 1" in people
    assert "Re: Interns" not in people
    assert "Nothing of this kind" in (await front.client.get("/replies?show=bounces")).text
    assert (await front.client.get("/replies?show=nonsense")).status_code == 422


@pytest.mark.parametrize("tries", [1, 2, 3])
async def test_what_could_not_be_settled_at_three_tries_needs_a_person_everywhere(
    front: Front, tries: int
) -> None:
    (number,) = await add(front, stranger())
    query = "update inbox set status = 'stored', attempts = $2, error = 'no answer' where id = $1"
    await front.pool.execute(query, number, tries)
    needed = tries >= 3
    everything = (await front.client.get("/replies")).text
    assert (">needs a person<" in everything) is needed
    assert ("1 message needs" in everything) is needed
    assert ("Hello 1" in (await front.client.get("/replies?show=unmatched")).text) is needed
    assert ("Where does it belong" in (await front.client.get(f"/replies/{number}")).text) is needed


@pytest.mark.parametrize("asked", [*OF_KINDS, "unmatched", "all"])
async def test_every_filter_pages_to_its_end(front: Front, asked: str) -> None:
    await add(front, *(stranger(number) for number in range(33)))
    page = await front.client.get("/replies", params={"show": asked})
    assert page.status_code == 200
    cursor = paging.cursor("inbox", 4)
    older = await front.client.get("/replies", params={"show": asked, "cursor": cursor})
    assert older.status_code == 200
    assert (await front.client.get("/replies?cursor=made-up")).status_code == 422
    if asked == "all":
        assert ("Hello 32" in page.text, "Hello 2<" in page.text, 'rel="next"' in page.text) == (
            True,
            False,
            True,
        )
        assert ("Hello 2<" in older.text, 'rel="next"' in older.text) == (True, False)


async def test_a_message_that_is_not_read_yet_says_so_and_shows_itself_once_it_is(front: Front) -> None:
    cycle = await thread(front)
    (number,) = await add(front, reply_to(cycle))
    live = re.compile(r'<(\w+)[^>]* id="(\w+)" data-live')
    read = (await front.client.get(f"/replies/{number}")).text
    assert "not read yet" not in read
    assert {"head", "message", "side"} <= {name for _, name in live.findall(read)}
    unread = "status = 'stored', kind = '', text = '', subject = '', cycle_id = null"
    await front.pool.execute(f"update inbox set {unread} where id = $1", number)
    assert "It has come in and is not read yet" in (await front.client.get(f"/replies/{number}")).text


async def test_a_reply_shows_its_words_what_was_done_and_its_cycle(front: Front) -> None:
    cycle = await thread(front)
    (number,) = await add(front, reply_to(cycle))
    page = (await front.client.get(f"/replies/{number}")).text
    assert "Happy to talk on Tuesday." in page
    assert "The thread stopped" in page
    assert f'href="/cycles/{cycle}"' in page
    assert ">Ada " in page
    assert 'value="placed"' in page


async def test_hostile_text_is_only_text(front: Front) -> None:
    cycle = await thread(front)
    (number,) = await add(front, reply_to(cycle, HOSTILE))
    for path in ("/replies", f"/replies/{number}"):
        answer = await front.client.get(path)
        assert "<script>alert" not in answer.text
        assert "<img" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "message",
    [
        stranger(text="x" * 900_000),
        stranger(text="\udcff\udcfe\x00\u202e", charset="no-such-charset"),
        b"\xff\xfe\x00" * 1000,
        letter("From: =?utf-9?B?//8=?=", "Subject: =?utf-8?B?/////w==?="),
    ],
)
async def test_whatever_comes_in_can_be_shown(front: Front, message: bytes) -> None:
    (number,) = await add(front, message)
    shown = await front.client.get(f"/replies/{number}")
    assert shown.status_code == 200
    assert len(shown.content) < 200_000
    assert (await front.client.get("/replies")).status_code == 200


async def test_a_message_is_handed_out_exactly_as_it_came(front: Front) -> None:
    raw = stranger(text=HOSTILE)
    (number,) = await add(front, raw)
    answer = await front.client.get(f"/replies/{number}/raw")
    assert answer.content == raw
    assert answer.headers["content-disposition"] == f'attachment; filename="message-{number}.eml"'
    assert answer.headers["content-type"] == "message/rfc822"


async def test_an_unmatched_message_is_put_in_place(front: Front) -> None:
    cycle = await thread(front)
    (number,) = await add(front, stranger())
    await front.pool.execute(
        "update inbox set status = 'unmatched', cycle_id = null, kind = 'human', effect = ''"
    )
    page = (await front.client.get(f"/replies/{number}")).text
    assert f'value="{cycle}"' in page  # by the sender's domain
    found = (await front.client.get(f"/replies/{number}", params={"search": "acme DATA"})).text
    assert f'value="{cycle}"' in found
    assert (
        "No open cycle has these words"
        in (await front.client.get(f"/replies/{number}", params={"search": "100%_"})).text
    )
    done = await front.client.post(f"/replies/{number}/assign", data={"cycle": cycle})
    assert (done.status_code, done.headers["location"]) == (303, f"/replies/{number}")
    after = (await front.client.get(f"/replies/{number}")).text
    assert f"Message {number} belongs to {cycle} now." in after
    again = (await front.client.get(f"/replies/{number}")).text
    assert "belongs to" not in again.split("<main")[1].split("with-side")[0]


async def test_an_unknown_cycle_is_said_in_words(front: Front) -> None:
    (number,) = await add(front, stranger())
    await front.client.post(f"/replies/{number}/assign", data={"cycle": "nowhere"})
    page = (await front.client.get(f"/replies/{number}")).text
    assert "There is no cycle and no e-mail" in page
    assert 'class="said wrong"' in page


async def test_a_message_is_set_aside(front: Front) -> None:
    (number,) = await add(front, stranger())
    await front.client.post(f"/replies/{number}/ignore")
    page = (await front.client.get(f"/replies/{number}")).text
    assert "was set aside" not in page.split("with-side")[1]
    assert "Set aside" in page
    assert "Where does it belong" not in page


async def test_an_outcome_is_recorded_with_one_press(front: Front) -> None:
    cycle = await thread(front)
    (number,) = await add(front, reply_to(cycle))
    done = await front.client.post(
        f"/replies/{number}/outcome", data={"candidate": "ada", "became": "placed"}
    )
    assert done.headers["location"] == f"/replies/{number}"
    page = (await front.client.get(f"/replies/{number}")).text
    assert "is placed and leaves" in page
    assert '<span class="badge good">placed</span>' in page
    refused = await front.client.post(
        f"/replies/{number}/outcome", data={"candidate": "ada", "became": "declined"}
    )
    assert refused.status_code == 303
    assert 'class="said wrong"' in (await front.client.get(f"/replies/{number}")).text
    wrong = await front.client.post(f"/replies/{number}/outcome", data={"candidate": "ada", "became": "king"})
    assert wrong.status_code == 422


async def test_without_temporal_an_answer_cannot_be_taken_back_and_the_page_says_why(front: Front) -> None:
    cycle = await thread(front)
    (number,) = await add(front, reply_to(cycle))
    assert "Take the answer back" in (await front.client.get(f"/replies/{number}")).text
    answer = await front.client.post(f"/replies/{number}/reopen")
    assert answer.status_code == 303
    assert "Temporal is not running" in (await front.client.get(f"/replies/{number}")).text


async def test_a_cycle_marked_by_hand_shows_no_message(front: Front) -> None:
    cycle = await thread(front)
    await steering.reply(front.office, cycle, LATER)
    assert "Nothing has come in yet" in (await front.client.get("/replies")).text


@pytest.mark.parametrize("path", ["/replies/99", "/replies/99/raw"])
async def test_an_unknown_message_is_not_found(front: Front, path: str) -> None:
    answer = await front.client.get(path)
    assert answer.status_code == 404
    assert "There is no message 99" in answer.text


@pytest.mark.parametrize("path", ["/replies/0", "/replies/x", "/replies/99999999999999999999"])
async def test_a_number_that_is_none_is_named(front: Front, path: str) -> None:
    assert (await front.client.get(path)).status_code == 422


async def test_a_search_may_hold_any_character(front: Front) -> None:
    (number,) = await add(front, letter("From: zed@else.example", "Message-ID: <z@z>", "Subject: Hi"))
    for search in ("\0", "\\%_'", "x" * 200):
        answer = await front.client.get(f"/replies/{number}", params={"search": search})
        assert answer.status_code == 200

"""Bad days: services that are not there, odd records, full disks; said in words, and nothing is lost."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser

from tests.acceptance.house import House
from tests.acceptance.post import body
from tests.acceptance.theatre import Theatre
from tests.acceptance.worlds import write
from tests.cast import Records, a_candidate, a_company, a_contact, a_match, a_role, a_specialist


@contextlib.contextmanager
def silent() -> Iterator[str]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}"


async def test_a_worker_that_cannot_start_says_what_is_missing_and_where(
    house: House, theatre: Theatre
) -> None:
    unmigrated = await house.database(migrated=False)
    with silent() as dumb:
        cases: tuple[tuple[dict[str, str], tuple[str, ...]], ...] = (
            ({"DATABASE_URL": ""}, ("DATABASE_URL", "starter.py up")),
            ({"DATABASE_URL": "postgresql://me:secret@127.0.0.1:1/x"}, ("DATABASE_URL", "127.0.0.1:1")),
            ({"DATABASE_URL": f"postgresql://me:secret@{dumb}/x"}, ("DATABASE_URL", dumb)),
            ({"DATABASE_URL": unmigrated}, ("starter.py migrate",)),
            ({"TEMPORAL_ADDRESS": "127.0.0.1:1"}, ("TEMPORAL_ADDRESS", "127.0.0.1:1")),
            ({"TEMPORAL_ADDRESS": dumb}, ("TEMPORAL_ADDRESS", dumb)),
            ({"TEMPORAL_NAMESPACE": "nowhere"}, ("TEMPORAL_NAMESPACE", "nowhere")),
            ({"OUTREACH_MAIL_URL": ""}, ("OUTREACH_MAIL_URL", "smtp://")),
            ({"OUTREACH_MAIL_URL": "smtp:/secret"}, ("OUTREACH_MAIL_URL", "smtp://")),
        )
        started = [await theatre.worker(ready=False, **settings) for settings, _ in cases]
        for worker, (settings, words) in zip(started, cases, strict=True):
            assert await worker.ended(within=60) == 1, f"{settings}: {worker.output}"
            assert all(word in worker.output for word in words), f"{settings}: {worker.output}"
            assert "Traceback" not in worker.output, f"{settings}: {worker.output}"
            assert "secret" not in worker.output, f"{settings}: {worker.output}"


ODD = Records(
    specialists=[a_specialist("s-sofia", name='Sofia "Sof" O\'Marsh', is_default=True)],
    companies=[a_company("acme", name='A & B "Quoted" <Ltd>\r\nBcc: x@evil.example', industry="R&D <b>")],
    contacts=[
        a_contact("k-tom", "acme", first_name='Tom "T" <i>', last_name="O'Reed, Jr.\nX-Evil: yes"),
        a_contact("k-li", "acme", first_name="丽", last_name="魏"),
    ],
    roles=[a_role("r-data", "acme", title='Data "Big" & <script>alert(1)</script>\r\nAnalyst')],
    candidates=[
        a_candidate(
            "long",
            first_name="<b>Bob</b>",
            last_name='"Drop" O\'Table',
            bio="I build things & test them. " * 1800,
        ),
        a_candidate(
            "chinese",
            first_name="小明",
            last_name="王",
            bio="我在大学学习计算机科学，并开发了一个课程表应用。" * 20,
        ),
        a_candidate(
            "arabic", first_name="ليلى", last_name="حداد", bio="أدرس علوم الحاسوب وأحب تحليل البيانات. " * 10
        ),
    ],
    matches=[
        a_match("long", "r-data", 0.9),
        a_match("chinese", "r-data", 0.8),
        a_match("arabic", "r-data", 0.7),
    ],
)


HEADERS = {
    *("X-Catcher-Mail-From", "X-Catcher-Rcpt-To", "From", "To", "Subject", "Date", "Message-ID"),
    *("MIME-Version", "Content-Type", "References"),
}
"""Nothing that a record says makes a header of its own."""


async def test_odd_records_go_out_right(theatre: Theatre) -> None:
    """Parsed back from the wire: quotes, markup, line breaks, other scripts, a bio of 50,000 characters."""
    await theatre.done("load", str(write(theatre.folder / "crm", ODD, datetime.now(UTC).date())))
    await theatre.worker()

    await theatre.done("launch", "--wait")

    [letter] = theatre.post.letters()
    text, html = body(letter), body(letter, "html")
    assert set(letter.keys()) == HEADERS
    assert "\r" not in letter["Subject"] and "\n" not in letter["Subject"]
    assert letter["Subject"] == 'Interns for your Data "Big" & <script>alert(1)</script> Analyst role'
    assert [(one.display_name, one.addr_spec) for one in letter["To"].addresses] == [
        ("丽 魏", "li@acme.example"),
        ('Tom "T" <i> O\'Reed, Jr. X-Evil: yes', "tom@acme.example"),
    ]
    assert letter["From"].addresses[0].display_name == 'Sofia "Sof" O\'Marsh'
    for name in ('<b>Bob</b> "Drop" O\'Table', "小明 王", "ليلى حداد"):
        assert name in text and name in Words.of(html).text
    assert Words.of(html).tags.isdisjoint({"script", "b", "i", "ltd"})
    assert "我在大学学习计算机科学" in text and "أدرس علوم الحاسوب" in text
    assert len(letter.as_bytes()) < 100_000, "the bio of 50,000 characters is in it"


class Words(HTMLParser):
    """What a reader of HTML sees, and by which elements."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()

    @classmethod
    def of(cls, html: str) -> Words:
        """Reads a page."""
        words = cls()
        words.feed(html)
        return words

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data

"""Forms as services post them, and messages put together again."""

from __future__ import annotations

from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.inbound import Request
from mail import inbound
from mail.hooks import Malformed, forms, items, rebuild
from tests.mail.hook_services import FORM, HEADERS, RAW, URLENCODED, multipart, parsed


def form(body: bytes, content_type: str = FORM) -> forms.Form:
    return forms.read(Request({"content-type": content_type}, body))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.text("abc", min_size=1), st.binary(max_size=40)), min_size=1, max_size=5))
def test_urlencoded_bytes_come_back(fields: list[tuple[str, bytes]]) -> None:
    body = "&".join(f"{name}={quote_from_bytes(value, safe='')}" for name, value in fields)
    assert form(body.encode(), URLENCODED).fields == fields


def test_urlencoded_text_comes_back() -> None:
    sent = {"body-plain": "a + b = 100 %\r\n\r\n— Tom & Li ", "": "", "x": "1"}
    assert dict(form(urlencode(sent).encode(), URLENCODED).fields) == {k: v.encode() for k, v in sent.items()}


def test_multipart_keeps_bytes_files_and_order() -> None:
    read = form(multipart([("a", b"\xff\r\n\0"), ("a", "2")], [("f", "ä.pdf", "application/pdf", b"%PDF\0")]))
    assert read.fields == [("a", b"\xff\r\n\0"), ("a", b"2")]
    assert read.first("a") == b"\xff\r\n\0" and read.last("a") == b"2" and read.last("b") == b""
    assert read.files == [forms.Upload("f", "ä.pdf", "application/pdf", b"%PDF\0")]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (multipart([("x", "1")] * 1001), FORM),
        (multipart([], [("f", "n", "text/plain", b"")] * 1001), FORM),
        (b"x=1&" * 1001, URLENCODED),
        (b"x=%zz", URLENCODED),
        (multipart([("x", "1")])[:-6], FORM),
        (b"", FORM),
        (multipart([("x", "1")]), "multipart/form-data"),
        (b"{}", "application/json"),
        (b"--xYzZY\r\nContent-Disposition: form-data\r\n\r\nx\r\n--xYzZY--\r\n", FORM),
    ],
)
def test_bombs_and_broken_forms_are_malformed(body: bytes, content_type: str) -> None:
    with pytest.raises(Malformed):
        form(body, content_type)


def test_a_rebuilt_message_keeps_its_headers_and_both_bodies() -> None:
    message = parsed(rebuild.message(HEADERS, text="Yes — Tom", html="<p>Yes — Tom</p>"))
    for name in ("From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted"):
        assert message[name] == dict(HEADERS)[name]
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content() for part in message.iter_parts()] == ["Yes — Tom", "<p>Yes — Tom</p>"]


def test_a_returned_report_is_a_report_again() -> None:
    status = b"Reporting-MTA: dns; mx.acme.example\r\n\r\nFinal-Recipient: rfc822; li@acme.example\r\n"
    status += b"Status: 5.1.1\r\n"
    pieces = [rebuild.Piece("message/delivery-status", status), rebuild.Piece("message/rfc822", RAW)]
    message = parsed(rebuild.message(HEADERS, text="undeliverable", attachments=pieces))
    assert message.get_content_type() == "multipart/report"
    assert message.get_param("report-type") == "delivery-status"
    _, report, returned = message.iter_parts()
    assert "Status: 5.1.1" in report.as_string()
    assert returned.get_payload(0)["Message-ID"] == "<tom-1@acme.example>"  # type: ignore[index]


def test_what_is_beyond_ascii_is_readable_and_no_header_starts_another() -> None:
    given_ = [
        (
            "From",
            "Тома Бейкер 💼 of a company with a name that is much longer than a line <tom@acme.example>",
        ),
        ("Subject", "Собеседование, с удовольствием, в любой день следующей недели после обеда"),
        ("X-Odd", "one\r\nBcc: all@acme.example\0"),
        ("Bad Name", "x"),
        ("Bad\r\nBcc", "x"),
    ]
    message = parsed(rebuild.message(given_, text="x"))
    assert message["From"].addresses[0].display_name == given_[0][1].rpartition(" <")[0]
    assert message["Subject"] == given_[1][1]
    assert message["X-Odd"] == "one Bcc: all@acme.example" and message["Bcc"] is None
    assert message.keys() == [
        "From",
        "Subject",
        "X-Odd",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    ]


def test_attachments_keep_name_id_and_bytes() -> None:
    piece = rebuild.Piece('application/pdf; name="x"', b"\0\xff" * 100, 'plan "ä"\r\n.pdf', "<img1@x>")
    _, attached = parsed(rebuild.message(HEADERS, text="see", attachments=[piece])).iter_parts()
    assert attached.get_content() == piece.content and attached.get_content_type() == "application/pdf"
    assert attached["Content-ID"] == "<img1@x>" and "ä" in (attached.get_filename() or "")


@pytest.mark.parametrize("kind", ["multipart/mixed", "nonsense", "text/plain\r\nBcc: x@y.example", ""])
def test_a_part_without_a_proper_type_is_just_bytes(kind: str) -> None:
    _, attached = parsed(rebuild.message([], attachments=[rebuild.Piece(kind, b"x")])).iter_parts()
    expected = "text/plain" if kind.startswith("text") and "\r" not in kind else "application/octet-stream"
    assert attached.get_content_type() == expected and attached["Bcc"] is None


def test_an_arrivals_key_is_the_messages_own() -> None:
    key = items.arrival(RAW, ["Reply@in.example"]).key
    assert items.arrival(b"Received: again\r\n" + RAW, ["<reply@in.example>"]).key == key
    assert items.arrival(RAW, ["other@in.example"]).key != key
    assert items.arrival(RAW.replace(b"08:59", b"09:59"), ["reply@in.example"]).key != key
    nameless = RAW.replace(b"Message-ID", b"X-ID")
    assert items.arrival(nameless, []).key == items.arrival(nameless, []).key
    assert items.arrival(nameless + b"!", []).key != items.arrival(nameless, []).key


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("550 5.1.1 The account does not exist", True),
        ("smtp; 550 5.1.1 <li@acme.example>... User unknown", True),
        ("5.1.1", True),
        ("552 5.2.2 mailbox full", False),
        ("550 5.7.1 blocked by our spam filter", False),
        ("421 try later", False),
        ("4.2.2", False),
        ("550 5.7.1 message refused", None),
        ("554 rejected", None),
        ("550 5.7.1 user unknown", True),
        ("250 ok", None),
        ("no numbers here", None),
        ("", None),
    ],
)
def test_a_servers_words_tell_whether_an_address_is_dead(words: str, gone: bool | None) -> None:
    assert items.is_gone(words) is gone


def test_one_reader_understands_what_was_put_together() -> None:
    person = inbound.read(rebuild.message([*HEADERS[:6]], text="Yes, let us talk.\n\nTom"))
    assert person.meaning.kind == "human" and person.sender == "tom@acme.example"
    assert person.answers[0] == "<acme-1@beyond.example>" and "let us talk" in person.meaning.text
    machine = inbound.read(rebuild.message(HEADERS, text="I am away until Monday."))
    assert machine.meaning.kind == "auto_reply"


def test_a_bounce_that_was_taken_apart_is_still_a_bounce() -> None:
    status = b"Reporting-MTA: dns; mx.acme.example\r\n\r\nFinal-Recipient: rfc822; li@acme.example\r\n"
    status += b"Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 user unknown\r\n"
    given_ = [("From", "MAILER-DAEMON@mx.acme.example"), ("Subject", "Undelivered"), ("Return-Path", "<>")]
    pieces = [rebuild.Piece("message/delivery-status", status), rebuild.Piece("message/rfc822", RAW)]
    meaning = inbound.read(rebuild.message(given_, text="could not be delivered", attachments=pieces)).meaning
    assert (meaning.kind, meaning.delivery_final, meaning.address_dead) == ("bounce", True, True)
    assert (
        meaning.recipients == ("li@acme.example",) and meaning.original_message_id == "<tom-1@acme.example>"
    )

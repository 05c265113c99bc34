"""Any bytes whatever: no exception, no endless work, and what cannot be read goes to a person."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.inbound import reading
from tests.mail.letterbox import daemon, message, report

PATIENCE = 10.0
"""Seconds; the slowest takes two or three, alone on one core."""
MEGABYTE = 1 << 20

MESSAGES = [
    message("Yes, gladly.\n\nOn Mon, 27 Jul 2026, Sam Lee wrote:\n> Interns?"),
    message("<p>Yes</p><blockquote>Interns?</blockquote>", of="text/html; charset=iso-8859-1"),
    message("Ich bin vom 1. bis 14. August nicht da.", Auto_Submitted="auto-replied"),
    daemon("550 5.1.1 <petra@acme.example>: user unknown"),
    report("Final-Recipient: rfc822; petra@acme.example\nAction: failed\nStatus: 5.1.1"),
    report("Feedback-Type: abuse", kind="feedback-report"),
]
WORDS = [
    *(
        b"utf-7",
        b"idna",
        b"base64",
        b"rot13",
        b"\xff\xfe",
        b"undefined",
        b"x-unknown",
        b"text/html",
        b"message/rfc822",
    ),
    *(
        b"message/delivery-status",
        b"multipart/mixed",
        b"boundary*0*=utf-8''",
        b'boundary="',
        b"\r",
        b"\0\0",
        b"=?utf-8?b?",
    ),
    *(
        b"\nContent-Type: ",
        b"\nContent-Transfer-Encoding: quoted-printable",
        b"\n\n",
        b"--b\n",
        b"--b--",
        b"<<<>>>",
        b"@",
    ),
]


def strictly(raw: bytes) -> str:
    """Reads without the safety net that `read` has."""
    return reading._explained(raw, (), None)[0].meaning.kind


@given(st.binary(max_size=600))
def test_any_bytes_are_read(raw: bytes) -> None:
    assert strictly(raw)


@given(st.sampled_from(MESSAGES), st.randoms(use_true_random=False))
@settings(max_examples=400, deadline=None)
def test_messages_that_were_cut_mixed_and_mangled_are_read(raw: bytes, luck: random.Random) -> None:
    for _ in range(luck.randint(1, 6)):
        at, other = luck.randrange(len(raw) + 1), luck.choice(MESSAGES)
        raw = luck.choice(
            [
                raw[:at],
                raw[:at] + luck.choice(WORDS) + raw[at:],
                raw[:at] + luck.randbytes(luck.randint(1, 30)) + raw[at:],
                raw[:at] + other[luck.randrange(len(other)) :],
                raw.replace(b"utf-8", luck.choice(WORDS)).replace(b"plain", b"html"),
            ]
        )
    assert strictly(raw)


HEAD = b"From: petra@acme.example\nSubject: Re: Interns\nContent-Type: text/plain; charset=utf-8\n\n"
HTML = HEAD.replace(b"plain", b"html")
DAEMON = HEAD.replace(b"petra", b"MAILER-DAEMON")
MIXED = b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n"

LARGE = {
    "text": HEAD + b"hello world\n" * MEGABYTE,
    "one line": HEAD + b"a" * 10 * MEGABYTE,
    "blanks": HEAD + b" " * 10 * MEGABYTE,
    "line feeds": HEAD + b"\n" * 10 * MEGABYTE,
    "marks": HEAD + b"> x\n" * 2 * MEGABYTE,
    "angles": DAEMON + b"<" * MEGABYTE,
    "digits": DAEMON + b"5." * MEGABYTE,
    "wishes": HEAD + b"please stop writing remove me " * 50_000,
    "absences": HEAD.replace(b"\n\n", b"\nPrecedence: bulk\n\n") + b"i am " * MEGABYTE,
    "days": HEAD.replace(b"\n\n", b"\nAuto-Submitted: auto-replied\n\n") + b"until 1 - 2 may to " * 50_000,
    "sentences": HEAD + b"On 1.1.2026 at 10:00 a@b wrote\n" * 50_000,
    "fields": b"From: a@acme.example\n" + b"X-A: b\n" * MEGABYTE,
    "one field": b"From: a@acme.example\nSubject: " + b"a" * 10 * MEGABYTE,
    "addresses": b"From: " + b'a"(<' * MEGABYTE + b"\nTo: " + b"a@b, " * MEGABYTE + b"\n\nx",
    "references": b"From: a@acme.example\nReferences: " + b"<a@b> " * MEGABYTE + b"\n\nx",
    "nested parts": b"From: a@acme.example\n" + b"".join(MIXED % (n, n) for n in range(20_000)),
    "nested messages": b"From: a@acme.example\n" + b"Content-Type: message/rfc822\n\n" * 100_000,
    "many parts": b"From: a@acme.example\nContent-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\n\nx\n" * MEGABYTE,
    "open tags": HTML + b"<div>" * MEGABYTE,
    "half tags": HTML + b"<" * MEGABYTE,
    "tables": HTML + b"<table><tr><td>x" * 100_000,
    "zeros": bytes(10 * MEGABYTE),
}


@pytest.mark.parametrize("raw", LARGE.values(), ids=LARGE.keys())
def test_megabytes_are_read_in_bounded_time(raw: bytes) -> None:
    started = time.process_time()
    assert strictly(raw)
    assert time.process_time() - started < PATIENCE


def test_a_large_attachment_hides_no_words() -> None:
    picture = b"QUJD" * 19 + b"\n"
    raw = (
        b"From: petra@acme.example\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: image/png\n"
        b"Content-Transfer-Encoding: base64\n\n"
        + picture * 130_000
        + b"\n--b\nContent-Type: text/plain\n\nYes!\n--b--\n"
    )
    assert reading.read(raw).meaning.text == "Yes!"


def test_what_breaks_us_goes_to_a_person(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(reading, "_explained", broken)
    mail = reading.read(HEAD + b"Yes.", to=["reply+k3y@outreach.example"])
    assert mail.meaning.kind == "human"
    assert "Yes." in mail.meaning.text
    assert mail.addressed_to == ("reply+k3y@outreach.example",)
    assert "a mistake of ours" in caplog.text

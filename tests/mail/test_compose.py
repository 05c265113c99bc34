"""A letter as a MIME message: what is in it, what survives the journey, what never gets in (R11, R14)."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.letters import Envelope, Letter, Recipient, Sender
from mail import headers
from mail.compose import compose, message_id
from tests.cast import JAMES, LI, NOW, TOM

ID = "<acme-data-analyst-r-data-1.initial.5f3a9c@beyond.example>"
LETTER = Letter(
    subject="Three interns for your Data Analyst role",
    text="Hi Tom and Li,\n\nAda, Bela and Chidi start in May.\n.\nJames\n",
    html="<html><body><p>Hi Tom and Li,</p></body></html>",
)


def an_envelope(*recipients: Recipient, **changes: Any) -> Envelope:
    fresh = {
        "sender": Sender(name=JAMES.name, email=JAMES.email),
        "recipients": recipients or tuple(a_recipient(c.first_name, c.last_name, c.email) for c in (TOM, LI)),
        "message_id": ID,
    }
    return Envelope(**fresh | changes)


def a_recipient(first_name: str = "", last_name: str = "", email: str = "tom@acme.example") -> Recipient:
    return Recipient(contact_id="k", first_name=first_name, last_name=last_name, email=email)


def sent(letter: Letter = LETTER, envelope: Envelope | None = None) -> bytes:
    return compose(letter, envelope or an_envelope(), date=NOW).as_bytes()


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def people(raw: bytes, name: str = "To") -> list[tuple[str, str]]:
    """An address header as a plain RFC 2047 reader sees it, independent of the modern parser."""
    [value] = [value for key, value in message_from_bytes(raw).raw_items() if key == name]
    return [
        (str(make_header(decode_header(phrase))), address) for phrase, address in getaddresses([str(value)])
    ]


def test_a_letter_carries_its_people_its_thread_and_both_bodies() -> None:
    thread = {"in_reply_to": "<b@x>", "references": ("<a@x>", "<b@x>")}
    raw = sent(envelope=an_envelope(**thread))
    message = parsed(raw)
    assert people(raw) == [("Tom Reed", "tom@acme.example"), ("Li Wei", "li@acme.example")]
    assert people(raw, "From") == [("James O'Neill", "james@beyond.example")]
    assert message["Subject"] == LETTER.subject
    assert message["Message-ID"] == ID
    assert message["In-Reply-To"] == "<b@x>"
    assert message["References"] == "<a@x> <b@x>"
    assert message["Date"].datetime == NOW
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert body_of(message, "plain") == LETTER.text
    assert "<p>Hi Tom and Li,</p>" in body_of(message, "html")


def body_of(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_only_an_urgent_letter_is_flagged_and_none_claims_to_be_automatic() -> None:
    calm, urgent = parsed(sent()), parsed(sent(envelope=an_envelope(urgent=True)))
    assert (urgent["X-Priority"], urgent["Importance"]) == ("1", "high")
    assert calm["X-Priority"] is None and calm["Importance"] is None
    assert calm["Auto-Submitted"] is None and urgent["Auto-Submitted"] is None


def test_the_same_letter_is_the_same_bytes_every_time() -> None:
    assert sent() == sent()


def test_a_date_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        compose(LETTER, an_envelope(), date=datetime(2026, 6, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    "name",
    [
        "Müller, Jürgen",
        "Иван Петрович Неподдающийся-Сокращению",
        "王小明",
        'Ana "Nana" O\'Neil, PhD (she/her)',
        "Ilić; Goran: a@b.c",
        "Back\\slash <angle@brackets.example>",
        "=?utf-8?q?=0D=0ABcc:_evil@x.example?=",
        "Very, very long, with commas, " * 6 + "end",
        "Ä" * 200,
    ],
)
def test_a_name_in_any_script_arrives_as_it_was_written(name: str) -> None:
    raw = sent(envelope=an_envelope(a_recipient(name), a_recipient("Li", email="li@acme.example")))
    assert people(raw) == [(name, "tom@acme.example"), ("Li", "li@acme.example")]


@pytest.mark.parametrize(
    "subject",
    [
        "Практиканты для «Acme» — 数据分析师",
        "=?utf-8?q?x=0D=0ABcc:_evil@x.example=0D=0A?= for you",
        "a word of " + "x" * 300 + " letters",
        "Interns, " * 30 + "at last",
        "Café: two interns",
    ],
)
def test_a_subject_in_any_script_arrives_as_it_was_written(subject: str) -> None:
    raw = sent(LETTER.model_copy(update={"subject": subject}))
    assert parsed(raw)["Subject"] == subject
    assert "Bcc" not in parsed(raw)


HOSTILE = "Tom\r\nBcc: evil@x.example\r\n\r\n<b>\x00\x1b\u2028\u202eReed"


def test_no_record_can_add_a_header_or_a_recipient() -> None:
    envelope = an_envelope(
        a_recipient(HOSTILE, email="tom@acme.example\r\nBcc: evil@x.example"),
        sender=Sender(name=HOSTILE, email=JAMES.email),
        in_reply_to="<a@x>\r\nBcc: evil@x.example",
        references=("<a@x>\r\n\r\nbody",),
    )
    raw = sent(LETTER.model_copy(update={"subject": HOSTILE}), envelope)
    assert set(parsed(raw).keys()) == set(parsed(sent(envelope=an_envelope(in_reply_to="<a@x>"))).keys()) | {
        "References"
    }
    assert len(people(raw)) == 1
    assert parsed(raw)["Subject"] == "Tom Bcc: evil@x.example <b> Reed"


anything = st.text(max_size=300)
surrogates = st.text(st.characters(categories=["Cs", "Cc", "Lo", "Lu", "Po", "Zs", "Zl", "Cf"]), max_size=80)


@given(names=st.lists(anything | surrogates, min_size=1, max_size=6), subject=anything | surrogates)
def test_whatever_a_record_holds_the_headers_stay_whole(names: list[str], subject: str) -> None:
    recipients = [a_recipient(name, email=f"u{i}@acme.example") for i, name in enumerate(names)]
    raw = sent(LETTER.model_copy(update={"subject": subject}), an_envelope(*recipients))
    assert people(raw) == [(headers.clean(name), f"u{i}@acme.example") for i, name in enumerate(names)]
    [value] = [value for key, value in message_from_bytes(raw).raw_items() if key == "Subject"]
    assert str(make_header(decode_header(str(value)))) == headers.clean(subject)
    assert raw.isascii() and b"\n" not in raw.replace(b"\r\n", b"")
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert parsed(raw).keys() == parsed(sent()).keys()


@given(text=anything | surrogates)
def test_whatever_a_letter_says_its_bodies_arrive_without_controls(text: str) -> None:
    message = parsed(sent(LETTER.model_copy(update={"text": text, "html": text})))
    wanted = "".join(
        c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c in "\n\t" or printable(c)
    ).rstrip("\n")
    assert body_of(message, "plain").rstrip("\n") == wanted
    assert body_of(message, "html").rstrip("\n") == wanted


def printable(character: str) -> bool:
    return character >= " " and character != "\x7f" and not "\ud800" <= character <= "\udfff"


def test_a_thread_of_long_ids_is_folded_between_them_and_never_encoded() -> None:
    ids = tuple(f"<{'x' * 90}{n}@mail.beyond.example>" for n in range(4))
    raw = sent(envelope=an_envelope(in_reply_to=ids[-1], references=ids))
    assert b"References: " + b"\r\n ".join(one.encode() for one in ids) in raw
    assert parsed(raw)["References"].split() == list(ids)


@pytest.mark.parametrize(
    ("address", "on_the_wire"),
    [
        ("tom@acme.example", "tom@acme.example"),
        ("tom@bücher.example", "tom@xn--bcher-kva.example"),
        ("Tom@Straße.example", "Tom@xn--strae-oqa.example"),
        ("почта@пример.example", "почта@xn--e1afmkfd.example"),
        ("o'brien+x@acme.example", "o'brien+x@acme.example"),
        ("no-domain", "no-domain"),
        ("tom@acme.example, x@y.example", "tomacme.examplex@y.example"),
        ("tom\r\n <x>@acme.example,x", "tomx@acme.examplex"),
    ],
)
def test_a_domain_in_another_script_travels_in_ascii(address: str, on_the_wire: str) -> None:
    assert headers.wire_address(address) == on_the_wire


def test_a_message_id_is_short_unique_by_its_token_and_readable() -> None:
    one = message_id("acme-robotics-data-analyst-r0042-3", "follow_up_1", "a@x.example", token="5f3a9c")
    two = message_id("acme-robotics-data-analyst-r0042-3", "follow_up_1", "a@x.example", token="77aa01")
    assert one == "<data-analyst-r0042-3.follow_up_1.5f3a9c@x.example>"
    assert one != two


@given(cycle_id=st.text(), domain=st.sampled_from(["x.example", "bücher.example"]))
def test_a_message_id_is_well_formed_whatever_the_cycle_is_called(cycle_id: str, domain: str) -> None:
    made = message_id(cycle_id, "initial", f"a@{domain}", token="5f3a9c")
    assert made.isascii() and made.count("@") == 1 and not set(made) & set(' ,;:\\"()[]\r\n')
    assert ".." not in made and not made.startswith("<.")

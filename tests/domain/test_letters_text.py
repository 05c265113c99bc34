"""How records read inside a letter (R11, R14)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import industries, letters_text
from domain.letters import Profile, Recipient

JAN_12 = date(2027, 1, 12)


def people(*first_names: str) -> list[Recipient]:
    return [Recipient(contact_id=name, first_name=name, email="k@x.example") for name in first_names]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Ana", "Tom", "Li"], "Hi Ana, Tom and Li,"),
        (["Ana", "Tom"], "Hi Ana and Tom,"),
        (["Ana"], "Hi Ana,"),
        (["", "Tom", " \n"], "Hi Tom,"),
        (["Ana\r\nBcc: x"], "Hi Ana Bcc: x,"),
        ([""], "Hello,"),
        ([], "Hello,"),
    ],
)
def test_a_letter_greets_those_whose_first_name_is_known(names: list[str], expected: str) -> None:
    assert letters_text.greeting(people(*names)) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (JAN_12, date(2027, 4, 30), "12 Jan – 30 Apr 2027"),
        (JAN_12, date(2027, 1, 29), "12 – 29 Jan 2027"),
        (date(2026, 11, 1), date(2027, 2, 28), "1 Nov 2026 – 28 Feb 2027"),
        (JAN_12, date(2028, 1, 12), "12 Jan 2027 – 12 Jan 2028"),
        (JAN_12, None, "from 12 Jan 2027"),
        (JAN_12, date(2026, 1, 1), "from 12 Jan 2027"),
    ],
)
def test_availability_never_repeats_itself(start: date, end: date | None, expected: str) -> None:
    assert letters_text.availability(start, end) == expected


@given(st.text())
def test_any_text_becomes_one_printable_line(text: str) -> None:
    line = letters_text.one_line(text)
    assert line == letters_text.one_line(line)
    assert len(line.splitlines()) <= 1
    assert not [letter for letter in line if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")]


@given(st.text(), st.integers(20, 200))
def test_a_subject_is_one_bounded_line(text: str, limit: int) -> None:
    subject = letters_text.subject_line(text, limit)
    assert len(subject) <= limit
    assert len(subject.splitlines()) <= 1
    assert subject == letters_text.subject_line(subject, limit)


def test_a_long_subject_ends_at_a_word() -> None:
    assert letters_text.subject_line("Interns for your Data Analyst role", 28) == "Interns for your Data…"
    assert letters_text.subject_line("x" * 500) == "x" * 149 + "…"


@given(st.text().filter(letters_text.one_line))
def test_a_reply_is_marked_once(text: str) -> None:
    reply = letters_text.reply_line(text)
    assert re.match("re *:", reply, re.IGNORECASE)
    assert letters_text.reply_line(reply) == reply


def test_a_reply_keeps_the_longest_subject_whole() -> None:
    subject = letters_text.subject_line("word " * 99)
    assert letters_text.reply_line(subject) == f"Re: {subject}"


def test_flat_reaches_every_text_and_nothing_else() -> None:
    profile = Profile(
        candidate_id="a",
        first_name="A\n",
        bio="one\n\ntwo\x00",
        skills=("C\t++", "\u202eR"),
        start_date=JAN_12,
    )
    flat = letters_text.flat(profile)
    assert (flat.first_name, flat.bio, flat.skills) == ("A", "one two", ("C ++", "R"))
    assert flat.start_date == JAN_12


@given(st.text(alphabet="ab \n<é佐", max_size=400))
def test_folding_loses_no_word_and_keeps_to_the_width(text: str) -> None:
    folded = letters_text.fold(text, indent="  ", hanging="    ")
    assert folded.split() == text.split()
    assert all(len(line) <= 72 or " " not in line.strip() for line in folded.split("\n"))


def test_a_right_to_left_name_keeps_to_itself() -> None:
    assert letters_text.greeting(people("لينا", "Ana")) == "Hi \u2068لينا\u2069 and Ana,"


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Data Analyst", "Data Analyst role"), ("Marketing Internship", "Marketing Internship"), ("", " role")],
)
def test_a_role_is_called_a_role_once(title: str, expected: str) -> None:
    assert letters_text.role_name(title) == expected


TABLE = [
    industries.Industry(name="law", keywords=("legal", "law firm"), words="L"),
    industries.Industry(name="technology", keywords=("it", "software"), words="T"),
]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["LEGAL services"], "law"),
        (["Law-Firm"], "law"),
        (["Legal software"], "law"),
        (["IT & Services"], "technology"),
        (["Italian food"], None),
        (["Fishing", "Software"], "technology"),
        (["Software", "Legal"], "technology"),
        (["", "…"], None),
    ],
)
def test_an_industry_is_known_by_whole_words(labels: list[str], expected: str | None) -> None:
    found = industries.find(TABLE, *labels)
    assert (found and found.name) == expected


@given(st.lists(st.text("abc def-é", min_size=1, max_size=300).filter(str.strip), min_size=1, max_size=4))
def test_unfolded_undoes_what_folding_did(texts: list[str]) -> None:
    paragraphs = [" ".join(text.split()) for text in texts]
    assert letters_text.unfolded(letters_text.fold("\n\n".join(paragraphs))) == [[one] for one in paragraphs]


def test_a_break_where_the_next_word_would_have_fitted_was_meant() -> None:
    long = "word " * 14 + "end"
    text = f"Hi Ana,\n \n* Ada, Leeds\n  from 12 Jan 2027\n\n{long}\nabc and so on"
    assert letters_text.unfolded(text) == [
        ["Hi Ana,"],
        ["* Ada, Leeds", "from 12 Jan 2027"],
        [f"{long} abc and so on"],
    ]


def test_what_a_person_wrote_keeps_its_lines_and_loses_what_no_letter_may_hold() -> None:
    assert letters_text.printable("\n\na\r\nb\tc \x00\ud800\u202e\r\n") == "a\nb c"

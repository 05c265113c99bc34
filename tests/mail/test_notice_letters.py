"""A notice as a specialist sees it, and how an answer to it travels: a stranger's text stays a stranger's."""

from __future__ import annotations

import re
import shlex
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

import pytest
import typer.core
import typer.main
from hypothesis import given, settings
from hypothesis import strategies as st

import starter
from domain.letters import Brand, Letter, Sender
from domain.notices import (
    Answered,
    Links,
    Notice,
    NoticeContext,
    Proposal,
    PutForward,
    Resting,
    Writer,
    quoted,
)
from mail.notices import Notices, answer_to, message, message_id
from tests.cast import NOW

CYCLE = "acme-data-analyst-r-data-1"
SAID = "Hi James,\n\nAda looks good to us.\nCould we talk on Tuesday?\n\nTom"
PEOPLE = (
    PutForward(candidate_id="ada", name="Ada Byron", status="responded"),
    PutForward(candidate_id="bela", name="Bela Nagy", status="withdrawn"),
)
JAMES = Sender(name="James O'Neill", email="james@beyond.example")
SUBJECT = "Re: Interns for your Data Analyst role"
NOTICES = Notices()


def a_notice(**changes: Any) -> Notice:
    fresh: dict[str, Any] = {
        "id": 7,
        "cycle_id": CYCLE,
        "kind": "human",
        "effect": "responded",
        "outcome": "responded",
        "closed_at": NOW,
        "company_name": "Acme Robotics",
        "role_title": "Data Analyst",
        "thread_subject": "Interns for your Data Analyst role",
        "writer": Writer(name="Tom Reed", address="tom@acme.example", known=True),
        "subject": SUBJECT,
        "text": SAID,
        "message_id": "<answer.1@acme.example>",
        "received_at": NOW,
        "answered": Answered(stage="follow_up_1", sent_at=NOW, sender=JAMES.email),
        "people": PEOPLE,
        "specialist": JAMES,
    }
    return Notice(**fresh | changes)


def rendered(proposal: Proposal | None = None, links: Links | None = None, **changes: Any) -> Letter:
    notice = a_notice(**changes)
    return NOTICES.render(
        NoticeContext(
            notice=notice, proposal=proposal, brand=Brand(), links=links or Links(), zone="Europe/London"
        )
    )


def travels(**changes: Any) -> EmailMessage:
    """A notice as it arrives."""
    notice = a_notice(**changes)
    made = message(
        rendered(**changes), notice, to=JAMES, brand=Brand(), message_id="<n.7@b.example>", date=NOW
    )
    found = message_from_bytes(made.as_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


class Reader(HTMLParser):
    """Reads HTML as a person does: the words, and which tags and links are really there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.feed(html)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def both(letter: Letter) -> tuple[str, str]:
    """The words of both looks, on one line each."""
    return " ".join(letter.text.split()), Reader(letter.html).text


def test_what_the_partner_wrote_comes_first() -> None:
    letter = rendered()
    assert letter.text.startswith("Tom Reed at Acme Robotics answered\n\n> Hi James,\n>\n> Ada looks good")
    for words in both(letter):
        assert words.index("Could we talk on Tuesday?") < words.index("Answers follow-up 1 of 1 June 2026")
        assert "Ada Byron" in words and "Bela Nagy (withdrawn)" in words
        assert "This thread has stopped: nothing more goes out in it." in words
        assert "your answer goes to tom@acme.example" in words
        assert "OUTCOME is interview, placed or declined" in words
        assert f"starter.py outcome {CYCLE} ada OUTCOME" in words and "bela OUTCOME" not in words


def test_a_reply_without_words_of_its_own_is_said_to_be_one() -> None:
    for words in both(rendered(text=" \n ")):
        assert "It holds no words of their own: please look at the message itself." in words


def test_times_are_the_organisation_s_own() -> None:
    assert "1 June 2026, 10:00 BST" in rendered().text


def test_threads_that_wait_are_named_with_their_end_and_how_to_go_on() -> None:
    until = NOW + timedelta(days=7)
    resting = [
        Resting(cycle_id=f"c{number}", role_title=f"Role {number}", until=until) for number in range(7)
    ]
    for words in both(rendered(resting=tuple(resting))):
        assert "Seven other threads wait until 8 June 2026, 10:00 BST" in words
        assert "Role 4 and others." in words and "starter.py resume c0" in words and "resume c6" not in words
    assert "One other thread waits until" in rendered(resting=tuple(resting[:1])).text


def test_each_kind_has_its_own_words() -> None:
    heads: dict[str, dict[str, Any]] = {
        "wrote again": {"effect": "answered_before"},
        "in silence. The reply": {"outcome": "no_response"},
        "Nothing was stopped": {"effect": "refused", "outcome": None},
        "asks for no more e-mail": {"kind": "unsubscribe", "effect": "suppressed"},
        "marked our e-mail as spam": {"kind": "complaint", "effect": "suppressed"},
    }
    for expected, changes in heads.items():
        letter = rendered(**changes)
        for words in both(letter):
            assert [one for one in heads if one in words] == [expected]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (None, "This thread goes on with whom else it addresses."),
        ("undeliverable", "This thread has ended: there is nobody left in it to write to."),
        ("no_response", "This thread had ended before, in silence."),
    ],
)
def test_an_opt_out_says_whom_it_took_off_and_how_the_thread_stands(outcome: Any, words: str) -> None:
    changes: dict[str, Any] = {
        "kind": "unsubscribe",
        "effect": "suppressed",
        "addresses": ("tom@acme.example",),
    }
    letter = rendered(**changes, outcome=outcome)
    for found in both(letter):
        assert words in found and "tom@acme.example gets no more e-mail from us, in any thread." in found
        assert "starter.py outcome" not in found and "starter.py unsuppress tom@acme.example" in found


def test_a_weak_match_and_an_unknown_writer_are_said_to_be_so() -> None:
    eve = Writer(name="Tom Reed", address="eve@else.example")
    for words in both(rendered(writer=eve, by_sender_alone=True)):
        assert "eve@else.example is not among the company's contacts." in words
        assert "Only the sender's address says that this belongs here" in words


def test_a_proposal_is_shown_as_one_with_the_commands_it_comes_down_to() -> None:
    proposal = Proposal(intent="wants_interview", candidate_ids=("ada", "bela"), why="Tom offers Tuesday.")
    for words in both(rendered(proposal)):
        assert "What a language model reads in it (please check)" in words
        assert "Asks for an interview, about Ada Byron and Bela Nagy. Tom offers Tuesday." in words
        assert f"starter.py outcome {CYCLE} ada interview" in words and "bela interview" not in words
    for words in both(rendered(Proposal(intent="later"))):
        assert "Asks to come back later." in words and "ada interview" not in words
    assert "language model" not in rendered().text


def test_a_link_whose_base_is_not_set_is_left_out() -> None:
    assert Reader(rendered().html).links == []
    links = Links(web_ui="http://localhost:8233/", namespace="ours", dashboard="https://o.example")
    assert Reader(rendered(links=links).html).links == [
        f"https://o.example/cycles/{CYCLE}",
        f"http://localhost:8233/namespaces/ours/workflows/cycle-{CYCLE}",
    ]
    assert "http" not in rendered().text


def test_an_answer_to_it_goes_to_the_partner_and_into_the_partner_s_thread() -> None:
    found = travels()
    assert (found["From"], found["To"]) == (
        "Beyond Academy <james@beyond.example>",
        "James O'Neill <james@beyond.example>",
    )
    assert found["Reply-To"] == "Tom Reed <tom@acme.example>"
    assert found["Subject"] == SUBJECT
    assert found["In-Reply-To"] == found["References"] == "<answer.1@acme.example>"
    assert (found["Message-ID"], found["Auto-Submitted"]) == ("<n.7@b.example>", "auto-generated")
    assert found["X-Auto-Response-Suppress"] == "All"
    assert found["List-Unsubscribe"] is None


def test_a_complaint_is_not_to_be_answered() -> None:
    found = travels(kind="complaint", effect="suppressed")
    assert found["Reply-To"] is None and found["In-Reply-To"] is None
    assert found["Subject"] == "Marked as spam: Tom Reed, Acme Robotics"


@pytest.mark.parametrize(
    "address", ["", "nobody", "a b@x.example", "tom@x.example>\r\nBcc: y@z", "zoë@x.example"]
)
def test_an_address_that_no_server_could_name_is_no_way_to_answer(address: str) -> None:
    notice = a_notice(writer=Writer(name="Tom", address=address))
    assert answer_to(notice) == ""
    found = travels(writer=notice.writer)
    assert found["Reply-To"] is None and found["Bcc"] is None
    assert "this one cannot be answered" in rendered(writer=notice.writer).text


@pytest.mark.parametrize(
    "name", ["", "no brackets", "<ä@x.example>", "<a@b>\r\nBcc: x@y", f"<{'a' * 2000}@b>"]
)
def test_a_message_id_that_no_header_holds_is_left_out(name: str) -> None:
    found = travels(message_id=name)
    assert found["In-Reply-To"] is None and found["Bcc"] is None
    assert found["Reply-To"] is not None


def test_a_notice_s_name_is_its_own_in_the_specialist_s_domain() -> None:
    assert message_id(7, "james@beyond.example", token="t0") == "<notice.7.t0@beyond.example>"
    assert message_id(7, "james@bücher.example", token="t0") == "<notice.7.t0@xn--bcher-kva.example>"


def test_markup_is_shown_and_never_obeyed() -> None:
    evil = '<script>alert(1)</script><a href="https://evil.example">x</a><img src=x onerror=y>'
    writer = Writer(name=f"{evil}", address="tom@acme.example")
    letter = rendered(
        Proposal(intent="unclear", why="<b>bold</b>"),
        text=evil,
        subject=evil,
        writer=writer,
        company_name="A & <b>B</b>",
        role_title="<i>R</i>",
    )
    seen = Reader(letter.html)
    assert not seen.tags & {"script", "a", "img", "b", "i"} and seen.links == []
    assert '<a href="https://evil.example">' in seen.text


def test_a_long_reply_is_cut_at_a_word_and_says_so() -> None:
    letter = rendered(text="word " * 5000)
    assert letter.text.count("word") < 801 and "word…" in letter.text
    assert len(letter.html) < 40_000


@given(st.text(max_size=600), st.integers(1, 200))
def test_whatever_is_quoted_is_bounded_and_printable(text: str, most: int) -> None:
    found = quoted(text, most)
    assert len(found) <= most
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]|\n\n\n", found)


_ANY = st.text(st.characters(), max_size=80)


@settings(max_examples=60, deadline=None)
@given(text=_ANY, name=_ANY, address=_ANY, subject=_ANY, id=_ANY)
def test_no_message_whatever_breaks_a_notice(
    text: str, name: str, address: str, subject: str, id: str
) -> None:
    found = travels(text=text, writer=Writer(name=name, address=address), subject=subject, message_id=id)
    allowed = {"from", "to", "subject", "date", "message-id", "in-reply-to", "references", "mime-version"}
    allowed |= {"content-type", "auto-submitted", "x-auto-response-suppress", "reply-to"}
    assert {one.lower() for one in found} <= allowed
    assert str(found["To"]) == "James O'Neill <james@beyond.example>"


def test_every_command_that_a_notice_names_is_one_and_a_shell_reads_it_back() -> None:
    odd = PutForward(candidate_id="a b; rm -rf $HOME", name="Odd", status="responded")
    resting = (Resting(cycle_id="c1", role_title="R", until=NOW),)
    replied = a_notice(people=(odd,), resting=resting)
    opted_out = a_notice(kind="unsubscribe", addresses=("tom@acme.example",))
    commands = [one for notice in (replied, opted_out) for _, found in notice.steps() for one in found]
    split = [shlex.split(one) for one in commands]
    assert ["starter.py", "outcome", CYCLE, odd.candidate_id, "OUTCOME"] in split
    known = typer.main.get_command(starter.app)
    assert isinstance(known, typer.core.TyperGroup)
    assert {name for _, name, *_ in split} <= set(known.commands)

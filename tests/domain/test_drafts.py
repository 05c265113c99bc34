"""What a person is shown, and what a person may write in its place."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import drafts, errors
from domain.letters import Letter
from domain.rules import Rules

LETTER = Letter(subject="Interns", text="Hi Ana.\n", html="<p>Hi Ana.</p>", closing="Best,\nSofia\n")


def a_line(**changes: object) -> drafts.Line:
    line = drafts.Line(
        id=1,
        cycle_id="acme-analyst-1",
        role_id="r-data",
        title="Analyst",
        company_id="acme",
        company="Acme",
        stage="initial",
        created_at=datetime(2026, 6, 1, tzinfo=UTC),
        urgent=False,
        sender="s@x.example",
        recipients=("a@x.example",),
        candidate_ids=("ada",),
        names=("Ada",),
        subject="Interns",
        edited=False,
        status="waiting",
        decided_by=None,
        decided_at=None,
        note="",
        hash="0" * 64,
    )
    return line.model_copy(update=changes)


def test_a_fingerprint_changes_with_everything_that_is_shown() -> None:
    changed = [LETTER.model_copy(update={name: "other"}) for name in ("subject", "text", "html")]
    shown = [
        ("s", ["a", "b"], ["ada"], LETTER),
        ("t", ["a", "b"], ["ada"], LETTER),
        ("s", ["a"], ["ada"], LETTER),
        ("s", ["ab"], ["ada"], LETTER),
        ("s", ["a", "b"], ["bela"], LETTER),
        ("s", ["a"], ["b", "ada"], LETTER),
        *(("s", ["a", "b"], ["ada"], letter) for letter in changed),
    ]
    assert len({drafts.fingerprint(*one) for one in shown}) == len(shown)
    assert drafts.fingerprint(*shown[0]) == drafts.fingerprint("s", ("a", "b"), ("ada",), LETTER)


@given(st.text(max_size=200))
def test_a_body_never_holds_its_closing_and_reads_the_same_again(text: str) -> None:
    try:
        body = drafts.body(text, LETTER.closing)
    except errors.Refused:
        return
    assert body == drafts.body(f"{body}\n\n{LETTER.closing}", LETTER.closing)
    assert "\x00" not in body and "\r" not in body


def test_a_subject_is_one_line_with_something_in_it() -> None:
    assert drafts.subject("Three\r\nBcc: people") == "Three Bcc: people"
    with pytest.raises(errors.Refused, match="empty"):
        drafts.subject(" \n ")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (("t", ("a@x.example",), ("ada",)), "the sender changed"),
        (("t", (), ()), "the sender, who it goes to and the candidates changed"),
        (("s@x.example", ("a@x.example",), ("ada",)), "the words changed"),
    ],
)
def test_what_has_changed_is_named(changes: tuple[str, tuple[str, ...], tuple[str, ...]], says: str) -> None:
    assert drafts.changed(a_line(), *changes) == says


@pytest.mark.parametrize(
    ("status", "note", "says"),
    [
        ("approved", "", "approved by Ana at 12:02 on 1 June 2026"),
        ("refused", "", "refused by Ana at 12:02 on 1 June 2026"),
        ("waiting", "", "edited by Ana at 12:02 on 1 June 2026"),
        ("outdated", "a partner replied", "out of date: a partner replied"),
    ],
)
def test_a_decision_is_told_by_whom_and_when_on_the_organisations_clock(
    status: str, note: str, says: str
) -> None:
    at = datetime(2026, 6, 1, 10, 2, tzinfo=UTC)
    line = a_line(status=status, note=note, decided_by="Ana", decided_at=at)
    assert drafts.decision(line, ZoneInfo("Europe/Berlin")) == says
    assert drafts.decision(a_line(), ZoneInfo("UTC")) == "waiting"


@pytest.mark.parametrize(
    ("approval", "of_urgent", "of_others"),
    [("off", False, False), ("urgent", True, False), ("all", True, True)],
)
def test_the_mode_says_whose_letters_need_approval(approval: str, of_urgent: bool, of_others: bool) -> None:
    rules = Rules.model_validate({"approval": approval})
    assert rules.needs_approval(urgent=True) is of_urgent
    assert rules.needs_approval(urgent=False) is of_others

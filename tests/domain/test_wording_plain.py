"""Words for somebody who has buttons: without commands, with names in place of ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cadence import HELD
from domain.wording import naming, without_commands


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("a person paused it; `resume` lets it go on", "a person paused it"),
        ("it rests; goes on by itself, or with `resume`", "it rests; goes on by itself"),
        ("Everything is held: nothing goes out until `release-all`.", "Everything is held."),
        ("there is no cycle 'x': `starter.py pending` lists them", "there is no cycle 'x'"),
        ("ada is placed. If that fills the role: `close-role r --as filled`.", "ada is placed."),
        ("Released: what is due goes out.", "Released: what is due goes out."),
        ("goes out at 10:30, as e.g. here", "goes out at 10:30, as e.g. here"),
        ("`launch`", ""),
    ],
)
def test_what_names_a_command_is_left_out(words: str, plain: str) -> None:
    assert without_commands(words) == plain


@pytest.mark.parametrize("reason", HELD)
def test_every_reason_of_a_hold_can_be_said_without_commands(reason: str) -> None:
    assert without_commands(HELD[reason])


@given(st.text(alphabet="ab;:,. `'", max_size=60))
def test_whatever_is_said_no_command_is_left(words: str) -> None:
    assert words.count("`") % 2 or "`" not in without_commands(words)


def test_names_stand_in_place_of_ids_and_nowhere_else() -> None:
    names = {"ada": "Ada Byron", "ada-2": "Ada Two", "a.b": "Abe"}
    assert naming("ada and ada-2 in canada, a.b not axb", names) == (
        "Ada Byron and Ada Two in canada, Abe not axb"
    )
    assert naming("ada", {}) == "ada"

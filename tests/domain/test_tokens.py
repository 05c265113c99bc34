"""Tokens are unguessable, survive a change of case, and serve one purpose."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain import tokens

KEY, OTHER = b"k" * 32, b"o" * 32
NUMBERS = st.integers(0, 2**40 - 1)


@given(NUMBERS)
def test_a_reply_address_tells_its_number_in_any_case(number: int) -> None:
    address = tokens.reply_address(KEY, number, "in.example")
    assert tokens.reply_numbers(KEY, [address.upper(), "tom@acme.example", address.title()]) == [number] * 2
    assert len(address.partition("@")[0]) <= 64


@given(NUMBERS, st.text())
def test_nobody_makes_up_a_token(number: int, text: str) -> None:
    token = tokens.sign(KEY, "reply", number)
    assert tokens.number_of(KEY, "reply", text) is None
    assert tokens.number_of(OTHER, "reply", token) is None
    assert tokens.number_of(KEY, "unsubscribe", token) is None


@given(NUMBERS, st.integers(0, 23), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_a_changed_token_is_none(number: int, place: int, letter: str) -> None:
    token = tokens.sign(KEY, "reply", number)
    changed = token[:place] + letter + token[place + 1 :]
    assert (tokens.number_of(KEY, "reply", changed) is None) == (changed != token)

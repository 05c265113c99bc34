"""A failed attempt says its kind, and not a word of what it quotes (SPEC section 5)."""

from __future__ import annotations

from activities.failures import worded
from domain import errors
from tests.cast import TOM


def test_an_unforeseen_error_keeps_its_words_to_itself() -> None:
    error = worded(ValueError(f"no mailbox {TOM.email}"))
    assert (error.type, error.non_retryable) == ("ValueError", False)
    assert TOM.email not in str(error)


def test_an_error_of_ours_says_what_its_class_stands_for() -> None:
    error = worded(errors.DatabaseDown("PostgreSQL at db:5432 does not answer (password of tom …)"))
    assert str(error) == "DatabaseDown: PostgreSQL does not answer. The worker's log says more."

"""A failed attempt says its kind, and not a word of what it quotes (SPEC section 5)."""

from __future__ import annotations

import pytest
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory
from temporalio.testing import ActivityEnvironment

from activities.failures import note, worded
from activities.letters import again
from domain import errors
from domain.letters import Outage
from tests.cast import TOM


def test_an_unforeseen_error_keeps_its_words_to_itself() -> None:
    error = worded(ValueError(f"no mailbox {TOM.email}"))
    assert (error.type, error.non_retryable) == ("ValueError", False)
    assert TOM.email not in str(error)


def test_an_error_of_ours_says_what_its_class_stands_for() -> None:
    error = worded(errors.DatabaseDown("PostgreSQL at db:5432 does not answer (password of tom …)"))
    assert str(error) == "DatabaseDown: PostgreSQL does not answer. The worker's log says more."


def test_an_outage_is_expected_and_a_mistake_of_ours_is_not() -> None:
    assert worded(errors.DatabaseDown("away")).category is ApplicationErrorCategory.BENIGN
    assert again(Outage("smtp_452", "452 later"), 1).category is ApplicationErrorCategory.BENIGN
    for wrong in (ValueError("?"), errors.BadTemplate("no such variable")):
        assert worded(wrong).category is ApplicationErrorCategory.UNSPECIFIED


@pytest.mark.parametrize(
    ("error", "level", "traced"),
    [
        (errors.DatabaseDown("away\nfor now"), "WARNING", False),
        (again(Outage("smtp_452", "452 later"), 1), "WARNING", False),
        (KeyError("unforeseen"), "ERROR", True),
    ],
)
def test_a_failed_attempt_is_one_line_unless_it_was_not_foreseen(
    caplog: pytest.LogCaptureFixture, error: Exception, level: str, traced: bool
) -> None:
    ActivityEnvironment().run(note, error)
    (record,) = caplog.records
    assert (record.levelname, record.exc_info is not None) == (level, traced)
    assert record.getMessage().isprintable()


def test_what_waits_for_a_release_is_no_news(caplog: pytest.LogCaptureFixture) -> None:
    ActivityEnvironment().run(note, ApplicationError("everything is held", type="hold_all"))
    assert not caplog.records

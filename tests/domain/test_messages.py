"""What histories hold outlives the worker that wrote it."""

from __future__ import annotations

import pytest

from domain import messages
from domain.cadence import Message, Next

ALL = [Next, *(one for one in vars(messages).values() if isinstance(one, type) and issubclass(one, Message))]


@pytest.mark.parametrize("kind", sorted({*ALL}, key=lambda one: one.__name__))
def test_a_field_of_a_newer_worker_is_left_aside(kind: type[Message]) -> None:
    assert kind.model_config["extra"] == "ignore" and kind.model_config["frozen"]


def test_a_step_of_an_older_worker_is_read_with_defaults() -> None:
    assert Next.model_validate({"do": "send", "stage": "initial", "of_tomorrow": 1}) == Next(
        do="send", stage="initial"
    )

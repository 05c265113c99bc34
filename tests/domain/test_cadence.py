"""R6: the order of stages, and what moves on."""

from __future__ import annotations

from typing import get_args

import pytest

from domain.cadence import MOVES_ON, Next, Outcome, following
from domain.letters import STAGES


def test_a_thread_has_four_stages_in_order() -> None:
    stages, stage = [], following(None)
    while stage is not None:
        stages.append(stage)
        stage = following(stage)
    assert stages == ["initial", "follow_up_1", "follow_up_2", "follow_up_3"] == list(STAGES)


@pytest.mark.parametrize("outcome", get_args(Outcome))
def test_candidates_move_on_from_silence_refusal_and_a_closed_role_alone(outcome: Outcome) -> None:
    step = Next(do="end", outcome=outcome)
    expected = outcome in {"no_response", "undeliverable", "not_admitted", "role_closed"}
    assert step.moves_on is expected
    assert (outcome in MOVES_ON) is expected
    assert not step.model_copy(update={"moved_on": True}).moves_on


def test_an_open_cycle_moves_nobody_on() -> None:
    assert not Next(do="await_reply", stage="follow_up_3").moves_on

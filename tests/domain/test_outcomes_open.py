"""What pages offer to say of a pitch is what is taken (domain/outcomes.py)."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from domain import errors
from domain.outcomes import OUTCOMES, Answered, PitchOutcome, is_new, open_to

STATUSES = (
    *("claimed", "pitched", "responded", "no_response"),
    *("declined", "placed", "withdrawn", "released"),
)
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(("status", "wanted", "answered"), [*product(STATUSES, OUTCOMES, (True, False))])
def test_what_is_offered_is_taken_and_nothing_else_is(
    status: str, wanted: PitchOutcome, answered: bool
) -> None:
    pitch = Answered(
        cycle_id="acme-1", candidate_id="ada", status=status, responded_at=NOW if answered else None
    )
    try:
        changes = is_new(pitch, wanted)
    except errors.Refused:
        changes = False
    assert changes == (wanted in open_to(status, answered=answered))

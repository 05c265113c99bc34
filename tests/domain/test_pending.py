"""What an open cycle waits for, and whether it should."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.figures import Start, bench
from domain.pending import KINDS, Kind, Pending, Standing, pending
from tests.cast import NOW, TODAY, days

HOUR = timedelta(hours=1)


def a_standing(id: str = "acme-data-1", **changes: Any) -> Standing:
    """Builds an active cycle whose first e-mail went out and whose first follow-up is an hour away."""
    fresh = {
        "cycle_id": id,
        "role_id": "r-data",
        "title": "Data Analyst",
        "company_id": "acme",
        "company": "Acme",
        "generation": 1,
        "urgent": False,
        "status": "active",
        "stage": "initial",
        "next_action_at": NOW + HOUR,
        "wait_until": None,
        "held_reason": None,
        "closed_at": None,
        "email_status": None,
        "in_flight_since": None,
        "attempts": 0,
        "error": None,
    }
    return Standing.model_validate(fresh | changes)


def judged(*standings: Standing, hold_all: bool = False) -> list[Pending]:
    return pending(standings, NOW, too_long=timedelta(minutes=4), hold_all=hold_all)


LONG_AGO = {"next_action_at": NOW - HOUR}
TRYING = {"email_status": "sending", "attempts": 3}

CASES: dict[str, tuple[Kind, dict[str, Any]]] = {
    "a timer that runs": ("due", {}),
    "a step that is due this second": ("due", {"next_action_at": NOW}),
    "a step an hour late": ("overdue", LONG_AGO),
    "a paused cycle": ("held", {"status": "held", "held_reason": "person"}),
    "a cycle that waits": ("waiting", {"status": "waiting", "stage": None, "wait_until": NOW + HOUR}),
    "an attempt just begun": ("sending", LONG_AGO | TRYING | {"in_flight_since": NOW - timedelta(minutes=1)}),
    "an attempt nobody came back from": ("stuck", LONG_AGO | TRYING | {"in_flight_since": NOW - HOUR}),
    "a refused attempt": ("outage", LONG_AGO | TRYING | {"error": "smtp-421: try later"}),
    "a closed cycle that has not moved on": ("moving_on", {"status": "closed", "closed_at": NOW}),
}


@pytest.mark.parametrize(("kind", "changes"), CASES.values(), ids=CASES)
def test_every_standing_has_its_kind(kind: Kind, changes: dict[str, Any]) -> None:
    assert [line.kind for line in judged(a_standing(**changes))] == [kind]
    assert kind in KINDS


def test_an_outage_shows_the_servers_words_and_how_often_it_was_tried() -> None:
    (line,) = judged(a_standing(**LONG_AGO, **TRYING, error="smtp-421: try later"))
    assert line.why == "tried 3 times: smtp-421: try later"
    assert line.coming == "follow_up_1"


def test_while_everything_is_held_nothing_is_overdue() -> None:
    late, refused = a_standing("a", **LONG_AGO), a_standing("b", **LONG_AGO, **TRYING, error="smtp-421: no")
    assert [line.kind for line in judged(late, refused, hold_all=True)] == ["held", "held"]


def test_after_the_last_letter_the_candidates_move_on() -> None:
    (line,) = judged(a_standing(stage="follow_up_3"))
    assert line.coming == "next_roles"


def test_urgent_cycles_come_first_then_the_earliest() -> None:
    late = a_standing("late", next_action_at=NOW + 3 * HOUR)
    soon = a_standing("soon", next_action_at=NOW + HOUR)
    urgent = a_standing("urgent", next_action_at=NOW + 9 * HOUR, urgent=True)
    assert [line.cycle_id for line in judged(late, soon, urgent)] == ["urgent", "soon", "late"]


def test_the_bench_counts_the_urgent_among_those_without_a_live_pitch() -> None:
    starts = [
        Start(days(40), False, False, 2),  # urgent, idle
        Start(days(40), False, True, 1),  # urgent, pitched
        Start(days(90), True, False, 3),  # urgent through the visa, idle
        Start(days(90), False, False, 4),
    ]
    found = bench(starts, 5, TODAY)
    assert (found.available, found.urgent) == (10, 6)
    assert (found.without_live_pitch, found.urgent_without_live_pitch) == (9, 5)
    assert found.live_pitches == 5

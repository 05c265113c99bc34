"""What an operator reads in the Web UI says where a cycle stands, what comes next, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.cadence import Next
from domain.messages import CycleStart
from tests.stage import Stage
from workflows import attributes, details

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=48)
FIRST = Next(do="send", stage="initial", at=NOW, candidate_ids=("ada", "bela"), urgent=True)
SECOND = Next(do="send", stage="follow_up_1", at=LATER, last_stage="initial", candidate_ids=("ada",))


def a_start(title: str = "Data Analyst at Acme", step: Next = FIRST) -> CycleStart:
    return CycleStart(
        cycle_id="acme-data-1",
        role_id="r-data",
        company_id="acme",
        title=title,
        generation=2,
        urgent=step.urgent,
        next=step,
    )


PAGES = [
    (FIRST, "Now: **First e-mail** goes out."),
    (SECOND, "Next: **Follow-up 1** on Wed 03 Jun 2026, 09:00 UTC, unless a partner replies first."),
    (Next(do="await_slot", at=LATER), "Waiting for a **slot of the week**"),
    (Next(do="await_reply", at=LATER, last_stage="follow_up_3"), "Next: **candidates move on** on Wed"),
    (Next(do="await_release", why="person", last_stage="initial"), "Once released: **Follow-up 1**"),
    (Next(do="await_release", why="uncertain"), "its end is unknown"),
    (Next(do="end", outcome="no_response"), "**Ended.** Nobody replied. The candidates move on."),
    (Next(do="end", outcome="stopped"), "**Ended.** A person stopped it."),
]


@pytest.mark.parametrize(("step", "words"), PAGES)
def test_the_page_says_what_happens_next(step: Next, words: str) -> None:
    page = details.page(a_start(), step, NOW)
    assert page.startswith("**Data Analyst at Acme**\n\n")
    assert words in page
    assert "None" not in page


def test_the_page_names_the_next_roles_workflows() -> None:
    page = details.page(a_start(), Next(do="end", outcome="no_response"), NOW, ["blue-port-1"])
    assert "- Next role: `cycle-blue-port-1`" in page


@pytest.mark.parametrize(
    "title", ["Data Analyst at Acme", "Analista de Dados " * 30, "データアナリスト" * 40]
)
def test_the_summary_fits_and_keeps_its_end(title: str) -> None:
    summary = details.summary(a_start(title))
    assert len(summary.encode()) <= 200
    assert summary.endswith(", 2 candidates, urgent")


def test_only_what_changed_is_sent_to_be_searchable() -> None:
    assert attributes.changed(FIRST, FIRST) == []
    names = {update.key.name for update in attributes.changed(FIRST, SECOND)}
    assert names == {"OutreachStage", "OutreachUrgent", "OutreachCandidates", "OutreachNextActionAt"}
    ended = attributes.changed(SECOND, Next(do="end", outcome="responded", last_stage="initial"))
    assert {(update.key.name, update.value) for update in ended} == {
        ("OutreachOutcome", "responded"),
        ("OutreachNextActionAt", None),
    }


async def test_the_web_ui_shows_a_thread_as_its_row_stands(play: Stage) -> None:
    acme = await play.underway(letters=2)
    found = await acme.handle.describe()
    assert await found.static_summary() == "Data Analyst at Acme Robotics, 3 candidates"
    shown = found.typed_search_attributes
    row = await acme.row()
    assert shown[attributes.COMPANY] == "acme" and shown[attributes.ROLE] == "r-data"
    assert shown[attributes.STAGE] == row["stage"] == "follow_up_1"
    assert shown[attributes.GENERATION] == 1 and shown[attributes.URGENT] is False
    assert list(shown[attributes.CANDIDATES]) == ["ada", "bela", "chidi"]
    assert abs(shown[attributes.NEXT_ACTION_AT] - row["next_action_at"]) < timedelta(seconds=1)
    await acme.told("pause")
    assert (await acme.handle.describe()).typed_search_attributes[attributes.STAGE] == "held"
    await acme.told("stop")
    shown = (await acme.handle.describe()).typed_search_attributes
    assert shown[attributes.OUTCOME] == "stopped" and shown[attributes.STAGE] == "follow_up_1"
    assert attributes.NEXT_ACTION_AT not in shown

"""What was recorded once replays today (STYLE 18; tests/histories/README.md says what to do if not)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHistory
from temporalio.workflow import NondeterminismError

from tests import history
from tests.cast import CAST
from tests.stories import RUNS, STORIES

FILES = sorted((Path(__file__).parent.parent / "histories").glob("*.json"))


def read(path: Path, change: Any = None) -> WorkflowHistory:
    tree = json.loads(path.read_text(encoding="utf-8"))
    if change is not None:
        change(tree)
    return WorkflowHistory.from_json(path.stem, tree)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_a_recorded_history_replays(path: Path) -> None:
    await history.check(read(path), CAST)


def test_every_story_is_recorded() -> None:
    assert {path.stem for path in FILES} == {*STORIES, *(f"{story}.run" for story in RUNS)}


async def test_a_history_that_took_another_way_is_noticed() -> None:
    def skip_the_first_letter(tree: Any) -> None:
        for event in tree["events"]:
            event.get("activityTaskScheduledEventAttributes", {}).update({"activityType": {"name": "settle"}})

    (silent,) = [path for path in FILES if path.stem == "silent"]
    with pytest.raises(NondeterminismError):
        await history.replay(read(silent, skip_the_first_letter))

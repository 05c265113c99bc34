"""What tests ask of a workflow's history: does it replay, what does it cost, does it name anybody."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

import worker
from tests.cast import Records

_CHILD_STARTS = ("START_CHILD_WORKFLOW_EXECUTION", "CHILD_WORKFLOW_EXECUTION_STARTED")
_SKIPS = ("TIME_SKIPPING", "WORKFLOW_EXECUTION_OPTIONS_UPDATED")


async def check(history: WorkflowHistory, records: Records) -> None:
    """Asserts what holds for every history: today's code replays it, and it names nobody."""
    await replay(history)
    found = named(personal(records), texts(history.to_json_dict()))
    assert not found, f"{history.workflow_id} names {sorted(found)}"


async def replay(history: WorkflowHistory) -> None:
    """Raises if today's workflows would have decided otherwise than this history shows."""
    runner = worker.RUNNER
    if id(runner) not in _replayers:
        _replayers[id(runner)] = Replayer(
            workflows=worker.WORKFLOWS,
            workflow_runner=runner,
            data_converter=pydantic_data_converter,
        )
    await _replayers[id(runner)].replay_workflow(history)


_replayers: dict[int, Replayer] = {}


def kinds(history: WorkflowHistory) -> list[str]:
    """Names its events, such as `TIMER_FIRED`, leaving out what only tests have: skips of time."""
    found = [EventType.Name(event.event_type).removeprefix("EVENT_TYPE_") for event in history.events]
    return [kind for kind in found if not any(skip in kind for skip in _SKIPS)]


def events(history: WorkflowHistory) -> int:
    """Counts its events, children's starts apart (issue 2)."""
    return sum(1 for kind in kinds(history) if not kind.startswith(_CHILD_STARTS))


def actions(history: WorkflowHistory) -> int:
    """Counts what Temporal Cloud bills for it, children's starts apart.

    One each: the start (with a parent's command: two), every attempt of an activity, timer, signal and
    upsert of search attributes. Attributes, summary and details given at the start are free.
    """
    total = 0
    for event in history.events:
        kind = EventType.Name(event.event_type).removeprefix("EVENT_TYPE_")
        if kind == "WORKFLOW_EXECUTION_STARTED":
            has_parent = event.workflow_execution_started_event_attributes.parent_workflow_execution.run_id
            total += 2 if has_parent else 1
        elif kind == "ACTIVITY_TASK_STARTED":
            total += event.activity_task_started_event_attributes.attempt
        elif kind in (
            "TIMER_STARTED",
            "WORKFLOW_EXECUTION_SIGNALED",
            "UPSERT_WORKFLOW_SEARCH_ATTRIBUTES",
            "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED",
        ):
            total += 1
    return total


def personal(records: Records) -> set[str]:
    """Lists what may stand in no history: names, addresses and bios of everybody."""
    people = [*records.specialists, *records.contacts, *records.candidates]
    words = {value for one in people for value in _words(one)}
    return {word for word in words if word}


def _words(person: Any) -> Iterator[str]:
    for name in ("name", "first_name", "last_name", "email", "bio", "phone", "university"):
        yield getattr(person, name, "")
    yield from getattr(person, "name", "").split()


def texts(tree: Any) -> Iterator[str]:
    """Walks every text in a history as JSON: keys, values, and what base64 hides in them."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from texts(value)
    elif isinstance(tree, str):
        yield tree
        try:
            yield base64.b64decode(tree, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return


def named(words: Iterable[str], texts: Iterable[str]) -> set[str]:
    """Finds which of the words stand somewhere, as words of their own."""
    whole = "\n".join(texts)
    return {word for word in words if word in whole and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", whole)}

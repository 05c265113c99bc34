"""Workflows know activities by name alone: each step has its activity's types, and loads nothing else."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from temporalio.activity import _Definition

from activities.cycles import CycleSteps
from activities.inbox import InboxSteps
from activities.letters import LetterSteps
from activities.notices import NoticeSteps
from activities.reconcile import ReconcileSteps
from activities.runs import RunSteps
from workflows import steps

ROOT = Path(__file__).parent.parent.parent
FORBIDDEN = (
    *("asyncpg", "sqlalchemy", "alembic", "aiosmtplib", "jinja2", "httpx2", "openai", "fastapi"),
    *("db", "mail", "bios", "activities", "desk", "settings", "worker"),
)


def named_activities() -> dict[str, Callable[..., Any]]:
    """Lists the activities' functions by the name they go by."""
    found = {}
    for room in (CycleSteps, InboxSteps, LetterSteps, NoticeSteps, ReconcileSteps, RunSteps):
        for _, function in inspect.getmembers(room, inspect.isfunction):
            definition = _Definition.from_callable(function)
            if definition is not None and definition.name:
                found[definition.name] = function
    return found


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Walks the steps as (function, its call of `execute_activity`)."""
    for node in ast.parse(inspect.getsource(steps)).body:
        if isinstance(node, ast.AsyncFunctionDef):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "execute_activity":
                    yield node.name, call


STEPS = dict(calls())


def test_every_activity_is_a_step_and_every_step_an_activity() -> None:
    assert set(STEPS) == set(named_activities())


@pytest.mark.parametrize("name", sorted(STEPS))
def test_a_step_has_its_activitys_name_argument_and_result(name: str) -> None:
    call, step, activity = STEPS[name], getattr(steps, name), named_activities()[name]
    options = {word.arg: ast.unparse(word.value) for word in call.keywords if word.arg}
    for shared in (ast.unparse(word.value) for word in call.keywords if word.arg is None):
        options |= getattr(steps, shared)
    assert ast.literal_eval(call.args[0]) == name
    given, wanted = get_type_hints(step), get_type_hints(activity)
    assert given["order"] is wanted["order"]
    assert given["return"] is wanted["return"]
    if wanted["return"] is not type(None):
        assert options["result_type"] == wanted["return"].__name__
    assert {"start_to_close_timeout", "retry_policy", "summary"} <= set(options)


@pytest.mark.parametrize("module", ["workflows.run", "workflows.cycle"])
def test_a_workflow_loads_no_sql_smtp_http_or_templates(module: str) -> None:
    asked = f"import {module}, sys; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert not set(done.stdout.split()) & set(FORBIDDEN)

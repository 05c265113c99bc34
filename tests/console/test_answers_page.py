"""The how-to page of what a person does about answers is true to the letter."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

import starter

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "when-somebody-answers.md"
LINES = re.findall(r"^\$ starter\.py (.+?)(?:\s+#.*)?$", PAGE.read_text("utf-8"), re.MULTILINE)
NAMED = re.findall(r"`(withdraw|close-role|reply|resume|reopen|assign)( [^`]*)?`", PAGE.read_text("utf-8"))


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """Walks to the command that a line names; returns what is left of the line."""
    found: Any = typer.main.get_command(starter.app)
    while words and words[0] in getattr(found, "commands", {}):
        found, words = found.commands[words[0]], words[1:]
    return found, words


@pytest.mark.parametrize("line", [*LINES, *(name + rest for name, rest in NAMED)])
def test_every_command_shown_exists_with_its_options(line: str) -> None:
    found, rest = command_of(shlex.split(line))
    options = {name for one in found.params for name in one.opts}
    assert found.name != "starter" and {one for one in rest if one.startswith("--")} <= options, line
    given = [one for one in rest if not one.startswith("--")]
    arguments = [one for one in found.params if one.param_type_name == "argument"]
    valued = [one for one in found.params if one.opts[0] in rest and not getattr(one, "is_flag", False)]
    assert len(given) <= len(arguments) + len(valued), line


def test_every_command_about_answers_is_shown() -> None:
    shown = {line.split()[0] for line in LINES}
    assert {"inbox", "outcome", "assign", "reopen", "resume", "suppress", "unsuppress"} <= shown

"""The README's curl lines do what they say, as they are printed."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
from pathlib import Path

import pytest

from domain.listen import Listen
from tests.fill import fill
from tests.web.front import Front

README = Path(__file__).parents[2] / "README.md"
LINES = re.findall(r"^curl .+$", README.read_text("utf-8"), re.MULTILINE)


def test_the_briefs_three_lines_are_there_as_the_brief_has_them() -> None:
    assert LINES == [
        "curl http://localhost:8000/api/outreach/status/",
        "curl -X POST http://localhost:8000/api/outreach/trigger/?dry_run=true",
        "curl http://localhost:8000/api/outreach/analytics/",
    ]


def test_that_is_where_a_server_listens_by_itself() -> None:
    assert str(Listen()) == "127.0.0.1:8000"


@pytest.mark.parametrize("line", LINES)
async def test_a_line_is_answered_with_json(front: Front, line: str) -> None:
    await fill(front.pool)
    command = shlex.split(line.replace("http://localhost:8000", front.url))
    curl = await asyncio.create_subprocess_exec(
        *command, "--silent", "--fail", stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await curl.communicate()
    assert curl.returncode == 0, printed
    assert json.loads(printed)

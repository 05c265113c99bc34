"""`classify`: what saved messages mean, a JSON line each, or a page that says why."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from console import classifying
from domain import errors
from tests.mail.letterbox import daemon, message

FIELDS = [
    *("path", "kind", "delivery_final", "address_dead", "recipients", "status", "original_message_id"),
    *("returns_on", "text"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "a.eml").write_bytes(message("Yes, gladly."))
    (tmp_path / "b.eml").write_bytes(daemon("550 5.1.1 <petra@acme.example>: user unknown"))
    (tmp_path / "c.eml").write_bytes(message("I am back on 10 August.", Auto_Submitted="auto-replied"))
    (tmp_path / ".hidden").write_bytes(b"no message")
    return tmp_path


def test_json_has_one_line_a_message_in_the_order_of_paths(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    classifying.classify([folder, folder / "b.eml"], as_json=True)
    rows = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [row["path"] for row in rows] == [str(folder / one) for one in ("b.eml", "c.eml", "later/a.eml")]
    assert all(list(row) == FIELDS for row in rows)
    assert rows[0] | {"path": "", "text": ""} == {
        "path": "",
        "kind": "bounce",
        "delivery_final": True,
        "address_dead": True,
        "recipients": ["petra@acme.example"],
        "status": "5.1.1",
        "original_message_id": None,
        "returns_on": None,
        "text": "",
    }
    assert (rows[1]["kind"], rows[1]["returns_on"]) == ("auto_reply", "2026-08-10")
    assert (rows[2]["kind"], rows[2]["text"]) == ("human", "Yes, gladly.")


def test_one_message_has_a_page_that_says_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    classifying.classify([folder / "b.eml"], as_json=False)
    page = capsys.readouterr().out
    for words in (
        "bounce",
        "petra@acme.example",
        "5.1.1",
        "the address is dead",
        "a mail system signs as the author",
    ):
        assert words in page


def test_many_messages_have_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    classifying.classify([folder], as_json=False)
    page = capsys.readouterr().out
    assert "back on 10 Aug 2026" in page
    assert "3 messages" in page


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(errors.NotFound, match=r"nothing\.eml: no such file or folder"):
        classifying.classify([tmp_path / "nothing.eml"], as_json=True)


def test_the_command_needs_no_settings_and_fails_with_words(tmp_path: Path) -> None:
    starter = Path(__file__).parent.parent.parent / "starter.py"
    command = [sys.executable, str(starter), "classify", "nothing.eml", "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: nothing.eml: no such file or folder")

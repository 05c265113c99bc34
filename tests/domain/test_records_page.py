"""docs/records.md names every file and every column, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from domain.columns import kinds

PAGE = Path(__file__).parents[2] / "docs" / "records.md"


def test_the_page_of_records_names_every_file_and_column() -> None:
    _, *parts = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    told = {}
    for part in parts:
        file, _, text = part.partition("\n")
        rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
        told[file] = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert told == {kind.file: list(kind.columns) for kind in kinds(str).values()}

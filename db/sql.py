"""The named queries of `db/queries/*.sql`, one file a noun, read once.

    -- name: slots
    -- Why this query is as it is.
    select … where company_id = :company

A parameter is `:name`; a cast stays `::type`; `--` begins a comment, so none stands inside a string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

QUERIES = Path(__file__).parent / "queries"
_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)
_COMMENT = re.compile(r"--[^\n]*")
_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]+)\b")


class Query:
    """One statement; its four verbs take a connection and the parameters by name."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.parameters = list(dict.fromkeys(_PARAMETER.findall(_COMMENT.sub("", text))))
        numbers = {name: f"${number}" for number, name in enumerate(self.parameters, 1)}
        self.text = _PARAMETER.sub(lambda found: numbers[found[1]], _COMMENT.sub("", text)).strip()

    async def all(self, conn: Any, **parameters: Any) -> list[Any]:
        """Returns every row."""
        rows: list[Any] = await conn.fetch(self.text, *self._values(parameters))
        return rows

    async def one(self, conn: Any, **parameters: Any) -> Any:
        """Returns the first row, or None."""
        return await conn.fetchrow(self.text, *self._values(parameters))

    async def value(self, conn: Any, **parameters: Any) -> Any:
        """Returns the first column of the first row, or None."""
        return await conn.fetchval(self.text, *self._values(parameters))

    async def run(self, conn: Any, **parameters: Any) -> str:
        """Runs the statement; returns PostgreSQL's word for what it did, such as `UPDATE 3`."""
        done: str = await conn.execute(self.text, *self._values(parameters))
        return done

    async def each(self, conn: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        """Runs the statement once a row, in one round trip."""
        await conn.executemany(self.text, [self._values(row) for row in rows])

    def _values(self, parameters: Mapping[str, Any]) -> list[Any]:
        if set(parameters) != set(self.parameters):
            raise TypeError(f"{self.name} takes {sorted(self.parameters)}, not {sorted(parameters)}")
        return [parameters[name] for name in self.parameters]


@cache
def queries(noun: str) -> Any:
    """Returns the queries of one noun, each a `Query` under its name."""
    parts = _NAME.split((QUERIES / f"{noun}.sql").read_text(encoding="utf-8"))
    return SimpleNamespace(
        **{name: Query(name, text) for name, text in zip(parts[1::2], parts[2::2], strict=True)}
    )

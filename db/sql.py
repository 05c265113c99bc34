"""The named queries of `db/queries/*.sql`, one file a noun, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import aiosql

QUERIES = Path(__file__).parent / "queries"


@cache
def queries(noun: str) -> Any:
    """Returns the queries of one noun as functions `(conn, **parameters)`."""
    return aiosql.from_path(QUERIES / f"{noun}.sql", "asyncpg", mandatory_parameters=False)

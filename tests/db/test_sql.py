"""The loader of named queries, and that PostgreSQL understands every one of them."""

from __future__ import annotations

from typing import Any

import pytest

from db.pool import Connection, Pool
from db.sql import QUERIES, Query, queries

NOUNS = sorted(path.stem for path in QUERIES.glob("*.sql"))


def test_parameters_are_numbered_in_order_of_appearance() -> None:
    query = Query("x", "select :b::text, :a, :b -- not :c\nwhere x ~ '[:alpha:]'")
    assert query.parameters[:2] == ["b", "a"]
    assert query.text.startswith("select $1::text, $2, $1")


async def test_a_wrong_parameter_is_a_mistake_that_is_named(pool: Pool) -> None:
    with pytest.raises(TypeError, match=r"x takes \['a'\], not \['b'\]"):
        await Query("x", "select :a").value(pool, b=1)


@pytest.mark.parametrize("noun", NOUNS)
async def test_postgresql_understands_every_query(pool: Pool, noun: str) -> None:
    async with pool.acquire() as conn:
        for query in vars(queries(noun)).values():
            if _stands_alone(query):
                await _prepare(conn, query)


def _stands_alone(query: Query) -> bool:
    """Tells whether a query can be prepared by itself: those of a load use its temporary tables."""
    return "incoming_" not in query.text and not query.text.startswith("vacuum")


async def _prepare(conn: Connection, query: Query) -> Any:
    try:
        return await conn.prepare(query.text)
    except Exception as error:
        raise AssertionError(f"{query.name}: {error}") from error


@pytest.mark.parametrize("noun", NOUNS)
def test_every_query_has_a_name_of_its_own(noun: str) -> None:
    text = (QUERIES / f"{noun}.sql").read_text(encoding="utf-8")
    assert text.count("-- name: ") == len(vars(queries(noun)))

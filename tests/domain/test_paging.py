"""Cursors are read as they were written, and nothing else is one."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import errors, paging

AT = datetime(2026, 6, 1, 9, 0, 0, 123456, tzinfo=UTC)


@given(st.integers(-(2**63) + 1, 2**63 - 1), st.text(min_size=1).filter(lambda text: "\0" not in text))
def test_a_cursor_is_read_as_it_was_written(number: int, text: str) -> None:
    text = paging.storable(text) or "x"
    cursor = paging.cursor("list", number, text, AT, date(2026, 6, 1), True)
    found = paging.place("list", cursor, int, str, datetime, date, bool)
    assert found == (number, text, AT, date(2026, 6, 1), True)


def test_without_a_cursor_a_list_begins_at_its_beginning() -> None:
    assert paging.place("list", None, int, str) == (None, None)


@given(st.text())
def test_no_text_is_a_cursor_by_chance(text: str) -> None:
    with pytest.raises(errors.Refused, match="no cursor of this list"):
        paging.place("list", text, int)


@pytest.mark.parametrize(
    "values",
    [
        [],
        ["list"],
        ["other", 1],
        ["list", "1"],
        ["list", True],
        ["list", None],
        ["list", 2**63],
        ["list", 1, 2],
    ],
)
def test_a_cursor_of_another_list_or_kind_is_refused(values: object) -> None:
    text = base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
    with pytest.raises(errors.Refused, match="leave `cursor` out"):
        paging.place("list", text, int)


@pytest.mark.parametrize("most", [0, -1, 201])
def test_a_page_holds_one_to_two_hundred_rows(most: int) -> None:
    with pytest.raises(errors.Refused, match="1 to 200 rows"):
        paging.bounded(most)


def test_what_is_looked_for_is_meant_as_it_stands() -> None:
    assert paging.like("100% _x\\ \0 y") == r"%100\% \_x\\ y%"

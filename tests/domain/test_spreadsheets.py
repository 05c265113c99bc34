"""What a download holds is read by a spreadsheet as text, whatever records say."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.spreadsheets import cell, table

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", '=HYPERLINK("http://x.example")']


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_be_a_formula_is_text(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_our_own_numbers_stay_numbers() -> None:
    assert [cell(one) for one in (-3, -0.25, 1 / 3, None, True, False)] == [
        *("-3", "-0.25", "0.333333", ""),
        *("yes", "no"),
    ]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_every_cell_comes_back_and_none_begins_a_formula(rows: list[list[str]]) -> None:
    written = table(("a", "b"), rows)
    back = list(csv.reader(io.StringIO(written, newline="")))
    assert back == [["a", "b"], *([cell(one) for one in row] for row in rows)]
    assert not any(
        one.strip(" ")[:1] in {"=", "+", "-", "@", "\t", "\r"} - {""} for row in back for one in row if one
    )

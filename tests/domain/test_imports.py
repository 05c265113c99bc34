"""Every row of an import is a good record or a problem with a place; nothing raises."""

from __future__ import annotations

from datetime import date
from math import isfinite

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain import problems, sheets
from domain.imports import Values
from domain.records import Candidate, Company
from tests import cast
from tests.sheets import KINDS, MODELS, Import, as_record, sheet

FIRST = {type(rows[0]).__name__.lower(): rows[0] for _, rows in cast.CAST}


def test_the_columns_are_those_of_the_records() -> None:
    for kind, model in MODELS.items():
        assert list(KINDS[kind].columns) == list(model.model_fields)


def test_an_empty_cell_of_an_optional_column_is_the_default_of_the_record() -> None:
    for kind, model in MODELS.items():
        needed = {name for name, one in model.model_fields.items() if one.is_required()}
        record = next(
            iter(getattr(cast.CAST, {"company": "companies", "match": "matches"}.get(kind, f"{kind}s")))
        )
        kept = {name: getattr(record, name) for name in needed}
        blank = {name: "" for name in model.model_fields if name not in needed}
        one = Import({"company": ["acme"], "candidate": ["ada"], "role": ["r-data"]})
        rows = one.read(kind, sheet([record], **blank))
        assert one.complaints == []
        assert as_record(kind, rows[0]) == model.model_validate(kept)


# --- round trip ---

tidy = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(str.strip)
words = st.one_of(tidy, st.lists(tidy.filter(bool), min_size=1, max_size=3).map("\r\n".join))
ids = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20)
dates = st.dates()
item = tidy.map(lambda text: text.replace(";", "").strip()).filter(bool)
items = st.lists(item, max_size=4).map(tuple)
candidates = st.builds(
    Candidate,
    id=ids,
    first_name=words.filter(bool),
    last_name=words,
    email=st.none() | st.just("a@b.example"),
    bio=words,
    skills=items,
    interests=items,
    university=words,
    start_date=dates.map(lambda day: min(day, date(9000, 1, 1))),
    end_date=st.none() | st.just(date(9999, 12, 31)),
)
companies = st.builds(
    Company,
    id=ids,
    name=words.filter(bool),
    industry=words,
    website=words,
    time_zone=st.none() | st.sampled_from(["Europe/London", "Asia/Kolkata"]),
    specialist_id=st.none() | st.just("s-sofia"),
    weekly_limit=st.none() | st.integers(0, 2**31 - 1),
)


@given(st.lists(candidates, min_size=1, max_size=5, unique_by=lambda one: one.id))
def test_candidates_come_back_as_they_were_written(written: list[Candidate]) -> None:
    one = Import()
    rows = one.read("candidate", sheet(written))
    assert one.complaints == []
    assert [as_record("candidate", values) for values in rows] == written


@given(st.lists(companies, min_size=1, max_size=5, unique_by=lambda one: one.id))
def test_companies_come_back_as_they_were_written(written: list[Company]) -> None:
    one = Import()
    rows = one.read("company", sheet(written))
    assert one.complaints == []
    assert [as_record("company", values) for values in rows] == written


@given(
    st.sampled_from(list(KINDS)),
    st.text(st.characters() | st.sampled_from(list(',"\n\r;\0')), max_size=200),
    st.booleans(),
)
@example("match", "candidate_id,role_id,score\nada,r-data,1\nada,r-data", False)
@example("candidate", '\ufeffid,"', True)
def test_nothing_raises_whatever_a_file_holds(kind: str, text: str, with_header: bool) -> None:
    header = ",".join(KINDS[kind].columns) + "\n" if with_header else ""
    one = Import(skip_bad=True)
    one.read(kind, header + text)
    for problem, _ in zip(one.found.kept, one.raw, strict=True):
        assert str(problem).isprintable()
        assert problem.line >= 1


messy = st.sampled_from(
    ["ada", " ada", "bela", "zoe", "r-data", "r-web ", "0.5", "1_0", "nan", "1e999", "", "\0"]
)


@given(st.lists(st.lists(messy, min_size=2, max_size=4), max_size=12))
def test_the_glance_at_a_match_and_the_reading_of_its_cells_agree(rows: list[list[str]]) -> None:
    text = "candidate_id,role_id,score\n" + "\n".join(map(",".join, rows)) + "\n"
    seen: set[tuple[str, str]] = set()
    expected: list[Values] = []
    for row in rows:
        try:
            candidate, role, score = (one.strip() for one in row)
            good = candidate in ("ada", "bela") and role in ("r-data", "r-web") and isfinite(float(score))
        except ValueError:
            continue
        if good and "_" not in score and (candidate, role) not in seen:
            seen.add((candidate, role))
            expected.append((candidate, role, float(score)))
    one = Import()
    assert one.read("match", text) == expected
    blank = sum(not any(one.strip() for one in row) for row in rows)
    lines = {problem.line for problem in one.found.kept}
    assert len(lines) == len(rows) - len(expected) - blank


# --- the file as a whole ---

HEADER = "id,company_id,title,industry,location,description,status\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(end: str) -> None:
    one = Import()
    text = HEADER + 'r1,acme,A,,,"two\nlines",\n\n,,,,,,\nr2,acme,,,,,\nr3,nobody,C,,,,\n\n\n'
    assert len(one.read("role", text.replace("\n", end))) == 1
    assert one.places == [(6, "title"), (7, "company_id")]


def test_a_row_with_too_few_or_too_many_cells_is_named() -> None:
    one = Import()
    assert one.read("role", HEADER + "r1,acme,A\nr2,acme,B,,,,,\n") == []
    assert one.complaints == [
        "roles.csv line 2, 3 cells: expected 7, one for each column",
        "roles.csv line 3, 8 cells: expected 7, one for each column",
    ]


def test_the_second_row_of_an_id_is_the_bad_one() -> None:
    one = Import()
    assert len(one.read("role", HEADER + "r1,acme,A,,,,\n r1 ,acme,B,,,,\n")) == 1
    assert one.complaints == ['roles.csv line 3, id " r1 ": expected an id that line 2 does not use already']


def test_every_missing_column_is_named_since_a_misspelt_one_would_pass_for_its_default() -> None:
    one = Import()
    assert one.read("contact", "id,company_id,first_name,last_name,email,layout,activ\nk,acme,,,,,no\n") == []
    assert one.places == [
        (1, "layout_name"),
        (1, "active"),
    ]


def test_columns_of_the_crm_that_no_record_has_are_left_out_and_told_once() -> None:
    one = Import()
    text = "Owner,Score,ROLE_ID , candidate_id,\nx,0.5,r-data,ada,\ny,0.6,r-web,ada,\n"
    assert one.read("match", text) == [("ada", "r-data", 0.5), ("ada", "r-web", 0.6)]
    assert one.reader.ignored == {"matches.csv": ["owner"]}


@pytest.mark.parametrize(
    "text", ["", "\n", "candidate_id;role_id;score\nada;r-data;1\n", "\udcff\udcfec\0a\0"]
)
def test_a_file_without_our_header_says_which_columns_it_needs(text: str) -> None:
    one = Import()
    assert one.read("match", text) == []
    assert [problem.line for problem in one.found.kept] == [1]
    assert "separated by commas: candidate_id, role_id, score" in one.complaints[0]


def test_a_quote_left_open_is_named_where_it_opens() -> None:
    one = Import()
    rows = one.read("role", HEADER + 'r1,acme,A,,,,\nr2,acme,"B,,,,\nr3,acme,C,,,,\n')
    assert [values[0] for values in rows] == ["r1"]
    assert one.complaints == [
        "roles.csv line 3, a broken quote (read on to line 4): expected a cell in quotes to end with a "
        'quote, and quotes inside it to be doubled ("")'
    ]


def test_a_cell_of_unreasonable_length_is_a_quote_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LARGEST_CELL", 1000)
    one = Import()
    text = HEADER + f'r1,acme,"A{"x" * 2000}",,,,\nr2,acme,B,,,,\n'
    assert [values[0] for values in one.read("role", text)] == ["r2"]
    assert "cells of at most 1,000 characters" in one.complaints[0]


# --- rows that depend on rows ---


def test_rows_may_refer_to_rows_of_the_files_or_of_the_database() -> None:
    one = Import()
    one.read("company", sheet([cast.CEDAR]))
    assert len(one.read("role", sheet([cast.CARE, cast.DATA]))) == 2
    assert one.complaints == []


def test_what_refers_to_a_bad_row_is_reported_only_when_bad_rows_are_skipped() -> None:
    def complaints(**options: bool) -> list[str]:
        one = Import(**options)
        one.read("company", sheet([cast.CEDAR], time_zone="Mars/Olympus"))
        assert one.read("role", sheet([cast.CARE])) == []
        assert one.read("match", sheet([cast.a_match("ada", "r-care")])) == []
        return [problem.column for problem in one.found.kept]

    assert complaints() == ["time_zone"]
    assert complaints(skip_bad=True) == ["time_zone", "company_id", "role_id"]


def test_a_file_that_cannot_be_read_does_not_bury_its_one_problem() -> None:
    one = Import()
    one.read("company", "nonsense\n")
    assert one.read("role", sheet([cast.CARE, cast.OLD_ROLE])) == []
    assert one.found.total == 1


def test_the_second_default_specialist_is_the_bad_one() -> None:
    one = Import()
    rows = one.read("specialist", sheet([cast.SOFIA, cast.JAMES], is_default="yes"))
    assert [values[0] for values in rows] == ["s-sofia"]
    assert one.complaints == [
        'specialists.csv line 3, is_default "yes": expected no, since s-sofia is the default already'
    ]


def test_a_default_specialist_of_the_database_counts_unless_the_file_takes_it_back() -> None:
    james = cast.JAMES.model_copy(update={"is_default": True})
    former = cast.SOFIA.model_copy(update={"is_default": False})
    alone, moved = Import(default="s-sofia"), Import(default="s-sofia")
    assert alone.read("specialist", sheet([james])) == []
    assert len(moved.read("specialist", sheet([james, former]))) == 2
    assert (alone.found.total, moved.found.total) == (1, 0)


def test_thousands_of_problems_are_counted_and_not_all_kept() -> None:
    one = Import()
    rows = "ada,nobody,1\n" * (problems.KEPT + 5)
    one.read("match", "candidate_id,role_id,score\n" + rows)
    assert (one.found.total, len(one.found.kept)) == (problems.KEPT + 5, problems.KEPT)
    assert str(one.found).endswith("\nand 5 more")


def test_what_is_shown_of_a_value_is_short_and_on_one_line() -> None:
    assert problems.shown("a\nb\0\udce9") == "a\\nb\\x00\\udce9"
    assert len(problems.shown("x" * 1_000_000)) == problems.SHOWN

"""What a cell may hold, and how one that holds something else is named."""

from __future__ import annotations

from datetime import date

import pytest

from domain import problems
from domain.records import Record
from tests import cast
from tests.sheets import KINDS, read_one


@pytest.mark.parametrize(
    ("record", "column", "value", "expected"),
    [
        (cast.ADA, "start_date", "2026-02-30", "a date such as 2026-09-01"),
        (cast.ADA, "start_date", "01/09/2026", "a date such as 2026-09-01"),
        (cast.ADA, "start_date", "20260901", "a date such as 2026-09-01"),
        (cast.ADA, "start_date", "", "a date such as 2026-09-01"),
        (cast.ADA, "start_date", "10000-01-01", "a date such as 2026-09-01"),
        (cast.ADA, "start_date", "٢٠٢٦-٠٩-٠١", "a date such as 2026-09-01"),
        (cast.ADA, "end_date", "2026-01-01", "a date on or after the start, 2026-10-29"),
        (cast.ADA, "visa_required", "maybe", "yes or no"),
        (cast.ADA, "status", "gone", "available, placed or withdrawn"),
        (cast.ADA, "email", "ada.example", "an e-mail address such as ana@acme.example"),
        (cast.ADA, "first_name", "  ", "a first name"),
        (cast.ADA, "id", " ", "an id of 1 to 200 characters on one line"),
        (cast.ADA, "id", "x" * 201, "an id of 1 to 200 characters on one line"),
        (cast.ADA, "id", "a\nb", "an id of 1 to 200 characters on one line"),
        (cast.ADA, "bio", "nul\0here", "text without the NUL character"),
        (cast.ADA, "bio", "caf\udce9", "text in UTF-8"),
        (cast.DATA, "company_id", "nobody", "a company of companies.csv or of the database"),
        (cast.DATA, "status", "paused", "open, closed or filled"),
        (cast.DATA, "title", "", "a title"),
        (cast.TOM, "company_id", "", "an id of 1 to 200 characters on one line"),
        (cast.TOM, "email", "Tom", "an e-mail address such as ana@acme.example"),
        (cast.BLUE, "time_zone", "Mars/Olympus", "an IANA time zone such as Europe/London"),
        (cast.BLUE, "time_zone", "../../etc/passwd", "an IANA time zone such as Europe/London"),
        (cast.BLUE, "time_zone", "localtime", "an IANA time zone such as Europe/London"),
        (cast.BLUE, "time_zone", "Europe", "an IANA time zone such as Europe/London"),
        (cast.BLUE, "weekly_limit", "-1", "a whole number from 0 to 2147483647, such as 3"),
        (cast.BLUE, "weekly_limit", "2.5", "a whole number from 0 to 2147483647, such as 3"),
        (cast.BLUE, "weekly_limit", "2147483648", "a whole number from 0 to 2147483647, such as 3"),
        (cast.BLUE, "specialist_id", "nobody", "a specialist of specialists.csv or of the database"),
        (cast.SOFIA, "email", "", "an e-mail address such as ana@acme.example"),
        (cast.a_match(), "score", "nan", "a finite number such as 0.87"),
        (cast.a_match(), "score", "-inf", "a finite number such as 0.87"),
        (cast.a_match(), "score", "1e999", "a finite number such as 0.87"),
        (cast.a_match(), "score", "0,87", "a finite number such as 0.87"),
        (cast.a_match(), "score", "１", "a finite number such as 0.87"),
        (cast.a_match(), "candidate_id", "nobody", "a candidate of candidates.csv or of the database"),
        (cast.a_match(), "role_id", "nobody", "a role of roles.csv or of the database"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isascii() and value.isprintable() else None,
)
def test_a_bad_cell_is_named_with_what_was_expected(
    record: Record, column: str, value: str, expected: str
) -> None:
    file = KINDS[type(record).__name__.lower()].file
    rows, complaints = read_one(record, **{column: value})
    assert rows == []
    assert complaints == [f'{file} line 2, {column} "{problems.shown(value)}": expected {expected}']


@pytest.mark.parametrize(
    ("record", "column", "value", "read"),
    [
        (cast.ADA, "visa_required", "TRUE", True),
        (cast.ADA, "visa_required", "0", False),
        (cast.ADA, "visa_required", "Yes", True),
        (cast.ADA, "status", "Placed", "placed"),
        (cast.ADA, "skills", " Python ;; SQL; ", ["Python", "SQL"]),
        (cast.ADA, "id", "  ada ", "ada"),
        (cast.ADA, "first_name", "A\x07da\x9f", "Ada"),
        (cast.ADA, "first_name", '<b>"Ada"</b>\r\nByron', '<b>"Ada"</b>\r\nByron'),
        (cast.ADA, "bio", "x" * 200_000, "x" * 200_000),
        (cast.ADA, "start_date", "0001-01-01", date(1, 1, 1)),
        (cast.TOM, "layout_name", " Partner ", "Partner"),
        (cast.TOM, "email", "", None),
        (cast.BLUE, "weekly_limit", "0", 0),
        (cast.a_match(), "score", " 1e-3 ", 0.001),
    ],
)
def test_what_people_and_spreadsheets_write_is_understood(
    record: Record, column: str, value: str, read: object
) -> None:
    rows, complaints = read_one(record, **{column: value})
    assert complaints == []
    assert rows[0][list(KINDS[type(record).__name__.lower()].columns).index(column)] == read

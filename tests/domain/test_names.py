"""Ids that people read, from names that people choose."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme Robotics", "acme-robotics"),
        ("Blue Harbour & Sons", "blue-harbour-sons"),
        ("Café Zürich, S.à r.l.", "cafe-zurich-s-a-r-l"),
        ("  --R_0042/b--  ", "r-0042-b"),
        ("株式会社", ""),
        ("Ростелеком 24", "24"),
        ("", ""),
        ("a" * 40, "a" * 32),
        ("a" * 31 + " b", "a" * 31),
        ("ﬁne ½ №5 Ⅷ", "fine-12-no5-viii"),
    ],
)
def test_a_slug_keeps_what_is_plain(text: str, expected: str) -> None:
    assert names.slug(text) == expected


def test_a_cycle_is_named_after_company_title_role_and_count() -> None:
    assert names.cycle_id("Acme", "Data Analyst", "R0042", 3) == "acme-data-analyst-r0042-3"


def test_names_in_other_scripts_leave_the_role_id() -> None:
    assert names.cycle_id("株式会社", "データ分析", "r0042", 1) == "r0042-1"


def test_a_role_id_in_another_script_is_told_apart_by_its_hash() -> None:
    one, other = (names.cycle_id("株式会社", "データ分析", role, 1) for role in ("役割一", "役割二"))
    assert one != other
    assert re.fullmatch(r"[0-9a-f]{8}-1", one)


@given(st.text(), st.text(), st.text(min_size=1), st.integers(1, 10**6))
def test_a_cycle_id_is_short_plain_and_never_a_bare_number(
    company: str, title: str, role: str, count: int
) -> None:
    name = names.cycle_id(company, title, role, count)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name)
    assert len(name) <= 32 + 40 + 32 + 10
    assert name.endswith(f"-{count}")


@given(st.text(alphabet="abc-0", min_size=1))
def test_a_workflow_id_gives_its_cycle_back(cycle: str) -> None:
    assert names.cycle_of(names.workflow_id(cycle)) == cycle

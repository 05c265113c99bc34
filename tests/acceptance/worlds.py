"""Records for the acceptance tests: worlds in which it is plain what each cycle ought to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from domain.records import Candidate, Match
from sample import files
from tests.cast import Records, a_candidate, a_company, a_contact, a_match, a_role, a_specialist
from tests.fill import moved

CANDIDATES = 3


def alike(count: int, *, candidates: int = CANDIDATES) -> Records:
    """So many companies, each with one contact, one role and candidates whom nobody else wants.

    Company 7 is `c007`, its role `r007`; it is written to at `ana@c007.example`. Silence ends a cycle
    there, since no candidate has a next role.
    """
    numbers = [f"{number:03}" for number in range(count)]
    people = [one for number in numbers for one in _candidates(number, candidates)]
    return Records(
        specialists=[a_specialist("s-sofia", is_default=True)],
        companies=[a_company(f"c{number}", name=f"Company {number}") for number in numbers],
        contacts=[
            a_contact(f"k{number}", f"c{number}", first_name="Ana", **_at(number)) for number in numbers
        ],
        roles=[a_role(f"r{number}", f"c{number}", title="Analyst") for number in numbers],
        candidates=[candidate for candidate, _ in people],
        matches=[match for _, match in people],
    )


def _at(number: str) -> dict[str, str]:
    return {"email": address(f"c{number}")}


def address(company_id: str) -> str:
    """Where a company of these worlds is written to."""
    return f"ana@{company_id}.example"


def _candidates(number: str, count: int) -> Iterator[tuple[Candidate, Match]]:
    for place in range(count):
        candidate = a_candidate(f"p{number}-{place}", first_name=f"Intern {number} {place}")
        yield candidate, a_match(candidate.id, f"r{number}", 0.9 - place / 10)


def write(folder: Path, records: Records, today: date) -> Path:
    """Writes a cast as the CRM's files, as if today were its day."""
    folder.mkdir()
    for kind, rows in records:
        files.write(folder, f"{kind}.csv", [moved(one, today) for one in rows])
    return folder

"""The columns of the CRM's files, which are those of the records (SPEC section 4), and what each may hold.

Every column must be there, since a misspelt `suppressed` or `active` would otherwise pass for its
default and write to people who are not to be written to. Its cells may be empty where a default stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from domain import cells
from domain.cells import Cell


class Kind(NamedTuple):
    """A kind of record: its file, its columns in order, and which of them refer to which other kind."""

    name: str
    file: str
    columns: Mapping[str, Cell]
    refers: Mapping[str, str] = {}


def kinds(valid: cells.Address) -> dict[str, Kind]:
    """Lists the kinds by name, in the order in which rows depend on each other."""
    address = cells.address(valid)
    listed = [
        Kind(
            "specialist",
            "specialists.csv",
            {
                "id": cells.ident,
                "name": cells.needed("a name"),
                "email": address,
                "title": cells.text,
                "phone": cells.text,
                "is_default": cells.boolean(False),
            },
        ),
        Kind(
            "company",
            "companies.csv",
            {
                "id": cells.ident,
                "name": cells.needed("a name"),
                "industry": cells.text,
                "website": cells.text,
                "time_zone": cells.optional(cells.zone),
                "specialist_id": cells.optional(cells.ident),
                "weekly_limit": cells.optional(cells.whole),
                "suppressed": cells.boolean(False),
            },
            {"specialist_id": "specialist"},
        ),
        Kind(
            "contact",
            "contacts.csv",
            {
                "id": cells.ident,
                "company_id": cells.ident,
                "first_name": cells.text,
                "last_name": cells.text,
                "email": cells.optional(address),
                "layout_name": cells.text,
                "active": cells.boolean(True),
            },
            {"company_id": "company"},
        ),
        Kind(
            "role",
            "roles.csv",
            {
                "id": cells.ident,
                "company_id": cells.ident,
                "title": cells.needed("a title"),
                "industry": cells.text,
                "location": cells.text,
                "description": cells.text,
                "status": cells.choice("open", "closed", "filled"),
            },
            {"company_id": "company"},
        ),
        Kind(
            "candidate",
            "candidates.csv",
            {
                "id": cells.ident,
                "first_name": cells.needed("a first name"),
                "last_name": cells.text,
                "email": cells.optional(address),
                "bio": cells.text,
                "skills": cells.items,
                "interests": cells.items,
                "university": cells.text,
                "visa_required": cells.boolean(False),
                "start_date": cells.day,
                "end_date": cells.optional(cells.day),
                "status": cells.choice("available", "placed", "withdrawn"),
            },
        ),
        Kind(
            "match",
            "matches.csv",
            {"candidate_id": cells.ident, "role_id": cells.ident, "score": cells.number},
            {"candidate_id": "candidate", "role_id": "role"},
        ),
    ]
    return {kind.name: kind for kind in listed}

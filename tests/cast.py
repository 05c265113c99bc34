"""The named cast: a small world that every room's tests share. Extend it, never change who is who.

It plays on `TODAY`, a Monday. Ada, Bela and Chidi are the best three for Acme's data role; Dara is
urgent through her visa, Emil through his start date; Farah started yesterday and Goran is placed, so
nobody may be pitched with either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.records import Candidate, Company, Contact, Match, Record, Role, Specialist

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def days(count: int) -> date:
    """Names the day `count` days after `TODAY`."""
    return TODAY + timedelta(days=count)


def a_specialist(id: str = "s-sofia", **changes: Any) -> Specialist:
    """Builds a specialist; her name and address follow from her id."""
    name = id.removeprefix("s-")
    fresh = {"name": f"{name.title()} Marsh", "email": f"{name}@beyond.example"}
    return Specialist(id=id, **fresh | changes)


def a_company(id: str = "acme", **changes: Any) -> Company:
    """Builds a company in software, without a specialist or a limit of its own."""
    fresh = {"name": id.title(), "industry": "Software", "website": f"https://{id}.example"}
    return Company(id=id, **fresh | changes)


def a_contact(id: str = "k-tom", company_id: str = "acme", **changes: Any) -> Contact:
    """Builds an active partner contact; the address follows from the id and the company."""
    name = id.removeprefix("k-")
    fresh = {"first_name": name.title(), "email": f"{name}@{company_id}.example", "layout_name": "partner"}
    return Contact(id=id, company_id=company_id, **fresh | changes)


def a_role(id: str = "r-data", company_id: str = "acme", **changes: Any) -> Role:
    """Builds an open role; its title follows from its id."""
    fresh = {"title": f"{id.removeprefix('r-').title()} Intern", "location": "London"}
    return Role(id=id, company_id=company_id, **fresh | changes)


def a_candidate(id: str = "ada", **changes: Any) -> Candidate:
    """Builds an available candidate who needs no visa and starts in 150 days, so is not urgent (R3)."""
    fresh = {
        "first_name": id.title(),
        "last_name": "Example",
        "email": f"{id}@students.example",
        "bio": f"{id.title()} studies computer science and built a timetable app used by 300 students.",
        "skills": ("Python", "SQL"),
        "interests": ("climbing",),
        "university": "University of Leeds",
        "start_date": days(150),
        "end_date": days(240),
    }
    return Candidate(id=id, **fresh | changes)


def a_match(candidate_id: str = "ada", role_id: str = "r-data", score: float = 0.5) -> Match:
    """Builds a match."""
    return Match(candidate_id=candidate_id, role_id=role_id, score=score)


SOFIA = a_specialist("s-sofia", title="Head of Partnerships", phone="+44 20 7946 0001", is_default=True)
JAMES = a_specialist("s-james", name="James O'Neill", title="Partnership Specialist")

ACME = a_company("acme", name="Acme Robotics", specialist_id="s-james", time_zone="Europe/London")
BLUE = a_company("blue", name="Blue Harbour & Sons", industry="Logistics", weekly_limit=3)
CEDAR = a_company("cedar", name="Cedar Clinic", industry="Healthcare", time_zone="America/New_York")

TOM = a_contact("k-tom", "acme", last_name="Reed")
LI = a_contact("k-li", "acme", last_name="Wei")
OLD_OLGA = a_contact("k-olga", "acme", active=False)
BILLING = a_contact("k-billing", "acme", layout_name="billing")
ANA = a_contact("k-ana", "blue", last_name="Souza")
NAMELESS = a_contact("k-desk", "cedar", first_name="")

DATA = a_role("r-data", "acme", title="Data Analyst", industry="Software")
WEB = a_role("r-web", "acme", title="Web Developer", industry="Software")
PORT = a_role("r-port", "blue", title="Port Operations Intern")
FLEET = a_role("r-fleet", "blue", title="Fleet Planner")
CARE = a_role("r-care", "cedar", title="Care Coordinator", location="New York")
OLD_ROLE = a_role("r-old", "cedar", title="Archivist", status="closed")

ADA = a_candidate("ada", last_name="Byron")
BELA = a_candidate("bela", last_name="Nagy", start_date=days(130), skills=("R", "SQL", "Tableau"))
CHIDI = a_candidate("chidi", last_name="Eze", university="University of Lagos")
DARA = a_candidate("dara", last_name="Sok", visa_required=True, start_date=days(100))
EMIL = a_candidate("emil", last_name="Holm", start_date=days(40))
FARAH = a_candidate("farah", last_name="Aziz", start_date=days(-1))
GORAN = a_candidate("goran", last_name="Ilić", status="placed")
HANA = a_candidate("hana", last_name="Sató 佐藤", bio="", skills=(), interests=(), end_date=None)


@dataclass(frozen=True)
class Records:
    """A whole import, in the order in which rows depend on each other."""

    specialists: Sequence[Specialist] = ()
    companies: Sequence[Company] = ()
    contacts: Sequence[Contact] = ()
    roles: Sequence[Role] = ()
    candidates: Sequence[Candidate] = ()
    matches: Sequence[Match] = ()

    def __iter__(self) -> Any:
        """Walks the kinds as (name, records)."""
        return ((field.name, getattr(self, field.name)) for field in fields(self))


def _scores(role_id: str, **scores: float) -> list[Match]:
    return [a_match(candidate_id, role_id, score) for candidate_id, score in scores.items()]


CAST = Records(
    specialists=[SOFIA, JAMES],
    companies=[ACME, BLUE, CEDAR],
    contacts=[TOM, LI, OLD_OLGA, BILLING, ANA, NAMELESS],
    roles=[DATA, WEB, PORT, FLEET, CARE, OLD_ROLE],
    candidates=[ADA, BELA, CHIDI, DARA, EMIL, FARAH, GORAN, HANA],
    matches=[
        *_scores("r-data", ada=0.95, bela=0.9, chidi=0.85, dara=0.6, farah=0.99, goran=0.98),
        *_scores("r-web", ada=0.8, chidi=0.82, hana=0.5),
        *_scores("r-port", bela=0.7, dara=0.9, emil=0.75, chidi=0.4),
        *_scores("r-fleet", emil=0.88, hana=0.61, bela=0.6),
        *_scores("r-care", dara=0.66, hana=0.72, ada=0.3),
        *_scores("r-old", ada=0.9),
    ],
)


def columns(record: Record) -> dict[str, Any]:
    """Returns a record as the database's columns hold it (lists instead of tuples)."""
    values = record.model_dump()
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}

"""The records that come from the CRM (SPEC section 4); ids are the CRM's own strings.

Text is clean at this door: no NUL, and ids and addresses hold no white space at their ends.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

RoleStatus = Literal["open", "closed", "filled"]
CandidateStatus = Literal["available", "placed", "withdrawn"]

PARTNER = "partner"


class Record(BaseModel):
    """A row as the CRM gave it; immutable."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Specialist(Record):
    """A partnership specialist: the sender of letters. At most one is the default (R11)."""

    id: str
    name: str
    email: str
    title: str = ""
    phone: str = ""
    is_default: bool = False


class Company(Record):
    """A partner company. `weekly_limit` None means the setting's; 0 means no first e-mails (R5)."""

    id: str
    name: str
    industry: str = ""
    website: str = ""
    time_zone: str | None = None
    specialist_id: str | None = None
    weekly_limit: int | None = None
    suppressed: bool = False


class Contact(Record):
    """A person at a company; written to only if active and `layout_name` is `partner` (R1)."""

    id: str
    company_id: str
    first_name: str = ""
    last_name: str = ""
    email: str | None = None
    layout_name: str = ""
    active: bool = True


class Role(Record):
    """A place for an intern at a company."""

    id: str
    company_id: str
    title: str
    industry: str = ""
    location: str = ""
    description: str = ""
    status: RoleStatus = "open"


class Candidate(Record):
    """An intern to be placed."""

    id: str
    first_name: str
    last_name: str = ""
    email: str | None = None
    bio: str = ""
    skills: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    university: str = ""
    visa_required: bool = False
    start_date: date
    end_date: date | None = None
    status: CandidateStatus = "available"


class Match(Record):
    """How well a candidate fits a role; higher is better."""

    candidate_id: str
    role_id: str
    score: float

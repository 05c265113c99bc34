"""Companies as a person looks after them: how often they were written to, what came back, who waits."""

from __future__ import annotations

from datetime import date, datetime

from domain.cycles import CycleLine
from domain.letters import Model
from domain.received import Received


class Filters(Model):
    """What a list of companies is narrowed to; None and an empty text narrow nothing."""

    suppressed: bool | None = None
    open: bool | None = None
    """True for those with an open cycle, False for the others."""
    q: str = ""
    """Looked for in name, industry and id; case does not matter."""


class CompanyLine(Model):
    """One company in a list."""

    id: str
    name: str
    industry: str
    specialist_id: str | None
    specialist: str
    """Who writes to it, by name; empty where nobody can."""
    suppressed: bool
    open_roles: int
    open_cycles: int
    waiting: int
    """Cycles that wait for a slot."""
    first_emails: int
    follow_ups: int
    replies: int
    """Cycles of it that were answered."""
    last_touch_at: datetime | None
    slots_used: int
    """Of the current week."""
    weekly_limit: int


class CompanyPage(Model):
    """A page of companies, by name."""

    at: datetime
    companies: tuple[CompanyLine, ...]
    next: str | None = None


class Contact(Model):
    """Somebody at a company."""

    id: str
    name: str
    email: str | None
    layout_name: str
    active: bool
    suppressed: str | None
    """Why the address is not written to, if it is suppressed."""
    written_to: bool
    """R11: letters to the company go to this contact."""


class CompanyRole(Model):
    """One of a company's roles."""

    id: str
    title: str
    status: str
    cycles: int
    open_cycle_id: str | None
    passed_over: str | None
    """What R1 says against pitching an open role now; None if nothing does."""


class Week(Model):
    """The slots of one week."""

    week_start: date
    used: int
    weekly_limit: int
    """As it was when the last slot was taken."""


class CompanyRecord(CompanyLine):
    """One company in full."""

    website: str
    time_zone: str | None
    specialist_email: str
    suppressed_why: str | None
    """By whose word nobody there is written to: a reason, or the CRM's."""
    contacts: tuple[Contact, ...]
    roles: tuple[CompanyRole, ...]
    """At most 200, by title."""
    cycles: tuple[CycleLine, ...]
    """The newest twenty; the list of cycles has the others."""
    queue: tuple[CycleLine, ...]
    """Cycles that wait for a slot, in the order in which a run would take them alone (R4)."""
    weeks: tuple[Week, ...]
    """At most 26, the newest first."""
    messages: tuple[Received, ...]
    """The newest twenty that came in."""

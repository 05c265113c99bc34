"""Small worlds with a past: written into a database, and asked in memory what R1 says of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.planning import Ranked
from domain.records import Candidate, Role
from domain.rules import Rules
from tests import reference
from tests.cast import TODAY, Records, a_candidate, a_company, a_contact, a_match, a_role, a_specialist, days
from tests.fill import fill
from tests.reference import Asker

LIVE = ("claimed", "pitched")
_PITCHES = {
    "waiting": ["claimed", "claimed", "claimed", "released"],
    "active": ["claimed", "pitched", "withdrawn", "released"],
    "held": ["claimed", "pitched", "withdrawn", "released"],
    "closed": [
        "responded",
        "responded",
        "no_response",
        "declined",
        "placed",
        "withdrawn",
        "released",
        "pitched",
    ],
}
"""The states that a pitch may have in a cycle's."""
OUTCOMES = (
    "responded",
    "no_response",
    "undeliverable",
    "role_closed",
    "withdrawn",
    "stopped",
    "not_admitted",
)


@dataclass(frozen=True)
class Pitch:
    """One candidate put forward in a past or open cycle."""

    candidate_id: str
    status: str
    responded_at: datetime | None = None


@dataclass(frozen=True)
class Cycle:
    """A cycle as the database may hold it; in a world they are listed in the order of their making."""

    id: str
    role_id: str
    company_id: str
    status: str
    outcome: str | None
    closed_at: datetime | None
    pitches: tuple[Pitch, ...]


@dataclass
class World:
    """Records and what happened to them."""

    records: Records
    rules: Rules
    suppressed_addresses: set[str] = field(default_factory=set)
    suppressed_companies: set[str] = field(default_factory=set)
    candidate_changes: dict[str, str] = field(default_factory=dict)
    role_changes: dict[str, str] = field(default_factory=dict)
    cycles: list[Cycle] = field(default_factory=list)
    used: dict[tuple[str, date], int] = field(default_factory=dict)

    def expected(
        self, today: date, roles: Sequence[str] | None = None, max_roles: int | None = None
    ) -> tuple[list[reference.Given], dict[str, str]]:
        """Plans the world by the book (R1 to R5)."""
        passed, askers = self._asking(today, roles)
        ranking = {one.role_id: self.eligible(one.role_id, today) for one in askers}
        planned, walked = reference.walk(
            askers,
            ranking,
            self.slots(today),
            self.live(today),
            max_live=self.rules.max_live_pitches,
            today=today,
            max_roles=max_roles,
        )
        return planned, passed | walked

    def askers(self, today: date) -> list[Asker]:
        """Lists what asks for a slot: pitchable roles and waiting cycles (R4)."""
        return self._asking(today, None)[1]

    def _asking(self, today: date, roles: Sequence[str] | None) -> tuple[dict[str, str], list[Asker]]:
        passed, askers = {}, []
        for role in self.records.roles:
            if (
                role.status != "open"
                or role.id in self.role_changes
                or not (roles is None or role.id in roles)
            ):
                continue
            if reason := self.reason(role, today, lifted=roles is not None):
                passed[role.id] = reason
                continue
            waiting = self._waiting(role.id, today)
            own = tuple(self._own(waiting, today)) if waiting else ()
            askers.append(Asker(role.id, role.company_id, waiting.id if waiting else None, own))
        return passed, askers

    def waiting(self, today: date) -> list[Cycle]:
        """Lists the cycles that wait for a slot, their role open and somebody left to put forward."""
        closed = {one.id for one in self.records.roles if one.status != "open"} | set(self.role_changes)
        return [
            one
            for one in self.cycles
            if one.status == "waiting" and one.role_id not in closed and self._own(one, today)
        ]

    def reason(self, role: Role, today: date, *, lifted: bool) -> str | None:
        """R1: the first that applies, but for `no_eligible_candidate`."""
        company = next(one for one in self.records.companies if one.id == role.company_id)
        past = [one for one in self.cycles if one.role_id == role.id]
        last = past[-1] if past else None
        if company.suppressed or company.id in self.suppressed_companies:
            return "company_suppressed"
        if not any(self._may_write_to(one) for one in self.records.contacts if one.company_id == company.id):
            return "no_partner_contact"
        if company.specialist_id is None and not any(one.is_default for one in self.records.specialists):
            return "no_specialist"
        if self._waiting(role.id, today):
            return None
        if last and last.outcome == "stopped" and not lifted:
            return "stopped"
        if any(one.status in ("active", "held") for one in past):
            return "open_cycle"
        if any(self._awaits_outcome(pitch, today) for one in past for pitch in one.pitches):
            return "awaiting_outcome"
        if last and last.outcome == "no_response" and last.closed_at and self.rules.role_rest_days:
            return "resting" if self._age(last.closed_at, today) < self.rules.role_rest_days else None
        return None

    def eligible(self, role_id: str, today: date) -> list[Ranked]:
        """R1: who may be pitched for a role, their live pitches left out of account."""
        pitched = {
            pitch.candidate_id
            for one in self.cycles
            if one.role_id == role_id
            for pitch in one.pitches
            if pitch.status != "released"
        }
        people = {one.id: one for one in self.records.candidates if self._is_there(one, today)}
        return [
            Ranked(
                one.candidate_id,
                one.score,
                people[one.candidate_id].start_date,
                people[one.candidate_id].visa_required,
            )
            for one in self.records.matches
            if one.role_id == role_id
            and one.score >= self.rules.min_match_score
            and one.candidate_id in people
            and one.candidate_id not in pitched
        ]

    def slots(self, today: date) -> dict[str, int]:
        """R5: what each company may still get in the week."""
        monday = today - timedelta(days=today.weekday())
        return {
            one.id: (self.rules.weekly_limit if one.weekly_limit is None else one.weekly_limit)
            - self.used.get((one.id, monday), 0)
            for one in self.records.companies
        }

    def live(self, today: date) -> dict[str, int]:
        """Counts live pitches by candidate (SPEC section 2)."""
        return Counter(
            pitch.candidate_id
            for one in self.cycles
            for pitch in one.pitches
            if (one.status != "closed" and pitch.status in LIVE) or self._awaits_outcome(pitch, today)
        )

    def _may_write_to(self, contact: Any) -> bool:
        address = contact.email
        partner = contact.active and contact.layout_name == "partner"
        return bool(partner and address and address.lower() not in self.suppressed_addresses)

    def _is_there(self, candidate: Candidate, today: date) -> bool:
        available = candidate.status == "available" and candidate.id not in self.candidate_changes
        return available and candidate.start_date >= today

    def _own(self, cycle: Cycle, today: date) -> list[Ranked]:
        names = [pitch.candidate_id for pitch in cycle.pitches if pitch.status in LIVE]
        return self.ranked(cycle.role_id, names, today)

    def ranked(self, role_id: str, names: Sequence[str], today: date) -> list[Ranked]:
        """Ranks those of some candidates who are still to be had, with or without a match for a role."""
        people = {one.id: one for one in self.records.candidates if self._is_there(one, today)}
        score = {one.candidate_id: one.score for one in self.records.matches if one.role_id == role_id}
        return [
            Ranked(name, score.get(name, float("-inf")), people[name].start_date, people[name].visa_required)
            for name in names
            if name in people
        ]

    def _waiting(self, role_id: str, today: date) -> Cycle | None:
        """The cycle that waits for the role's slot; one with nobody left has as good as ended (R15)."""
        return next((one for one in self.waiting(today) if one.role_id == role_id), None)

    def _awaits_outcome(self, pitch: Pitch, today: date) -> bool:
        if pitch.status != "responded" or pitch.responded_at is None:
            return False
        return self._age(pitch.responded_at, today) < self.rules.reply_expiry_days

    def _age(self, at: datetime, today: date) -> int:
        return (today - at.astimezone(self.rules.zone).date()).days


async def write(conn: Any, world: World) -> None:
    """Puts a world into a migrated, empty database."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    await fill(conn, world.records)
    for address in world.suppressed_addresses:
        await conn.execute("insert into suppressed_address values ($1, 'x', $2)", address, at)
    for company in world.suppressed_companies:
        await conn.execute("insert into suppressed_company values ($1, 'x', $2)", company, at)
    for candidate, status in world.candidate_changes.items():
        await conn.execute("insert into candidate_change values ($1, $2, $3)", candidate, status, at)
    for role, status in world.role_changes.items():
        await conn.execute("insert into role_change values ($1, $2, $3)", role, status, at)
    for (company, week), used in world.used.items():
        await conn.execute("insert into email_limiter values ($1, $2, $3, 1)", company, week, used)
    for cycle in world.cycles:
        await write_cycle(conn, cycle, at)


async def write_cycle(conn: Any, cycle: Cycle, at: datetime) -> None:
    """Inserts a cycle and its pitches, made at an instant."""
    await conn.execute(
        "insert into outreach_cycle (id, role_id, company_id, generation, urgent, status, outcome,"
        " created_at, closed_at, held_reason, wait_until)"
        " values ($1, $2, $3, 1, false, $4, $5, $6, $7, $8, $6)",
        *(cycle.id, cycle.role_id, cycle.company_id, cycle.status, cycle.outcome, at, cycle.closed_at),
        "person" if cycle.status == "held" else None,
    )
    await conn.executemany(
        "insert into candidate_outreach_history (candidate_id, role_id, cycle_id, cycle_number, status,"
        " created_at, updated_at, responded_at) values ($1, $2, $3, 1, $4, $5, $5, $6)",
        [
            (one.candidate_id, cycle.role_id, cycle.id, one.status, at, one.responded_at)
            for one in cycle.pitches
        ],
    )


def draw(rnd: random.Random) -> World:
    """Draws a world of a few companies and roles in which every reason of R1 and every limit has a chance."""
    rules = Rules(
        weekly_limit=rnd.choice([0, 1, 1, 2, 3]),
        zone=ZoneInfo(rnd.choice(["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu"])),
        min_match_score=rnd.choice([0.0, 0.0, 0.4]),
        max_live_pitches=rnd.choice([1, 2, 3]),
        role_rest_days=rnd.choice([0, 7]),
        reply_expiry_days=rnd.choice([21, 21, 2]),
    )
    companies = [_company(rnd, name) for name in ("acme", "Blue", "cedar", "dune")[: rnd.randint(1, 4)]]
    names = rnd.sample(["r1", "r10", "r2", "R3", "é", "z", "r-4", "𝔸"], rnd.randint(1, 8))
    roles = [_role(rnd, name, rnd.choice(companies).id) for name in names]
    people = [
        _candidate(rnd, name) for name in ("ada", "bela", "Chidi", "dara", "emil", "hana", "ünal", "zoe")
    ]
    contacts = [
        one
        for company in companies
        for one in (
            _contact(rnd, company.id, name) for name in ("k-a", "k-b")[: rnd.choice([0, 1, 2, 2, 2, 2, 2])]
        )
    ]
    matches = [
        a_match(one.id, role.id, rnd.choice([-1.0, 0.0, 0.4, 0.5, 0.5, 0.9]))
        for role in roles
        for one in rnd.sample(people, rnd.randint(0, len(people)))
    ]
    specialists = [a_specialist("s-james"), a_specialist("s-sofia", is_default=rnd.random() < 0.85)]
    world = World(Records(specialists, companies, contacts, roles, people, matches), rules)
    world.suppressed_addresses = {one.email.lower() for one in contacts if one.email and rnd.random() < 0.05}
    world.suppressed_companies = {one.id for one in companies if rnd.random() < 0.03}
    world.candidate_changes = {one.id: "placed" for one in people if rnd.random() < 0.1}
    world.role_changes = {one.id: "filled" for one in roles if rnd.random() < 0.05}
    world.used = {
        (one.id, week): rnd.randint(0, 2)
        for one in companies
        for week in (TODAY, days(-7))
        if rnd.random() < 0.4
    }
    world.cycles = _cycles(rnd, world)
    return world


def _company(rnd: random.Random, name: str) -> Any:
    return a_company(
        name,
        specialist_id=rnd.choice([None, None, "s-james"]),
        weekly_limit=rnd.choice([None, None, None, 0, 1, 2, 3]),
        suppressed=rnd.random() < 0.05,
    )


def _role(rnd: random.Random, name: str, company: str) -> Any:
    return a_role(name, company, status=rnd.choice(["open"] * 8 + ["closed", "filled"]))


def _candidate(rnd: random.Random, name: str) -> Any:
    away = rnd.choice([-1, 0, 6, 7, 59, 60, 66, 67, 119, 120, 200])
    status = rnd.choice(["available"] * 8 + ["placed", "withdrawn"])
    return a_candidate(name, start_date=days(away), visa_required=rnd.random() < 0.5, status=status)


def _contact(rnd: random.Random, company: str, name: str) -> Any:
    changes = {
        "active": rnd.random() < 0.95,
        "layout_name": rnd.choice(["partner"] * 18 + ["billing", "Partner"]),
        "email": rnd.choice([f"{name}@{company}.example"] * 10 + [f"{name.upper()}@{company}.Example", None]),
    }
    return a_contact(f"{company}{name}", company, **changes)


def _cycles(rnd: random.Random, world: World) -> list[Cycle]:
    """Gives roles a past: closed cycles, and at most one open one, nobody pitched twice for one of them."""
    found = []
    for role in world.records.roles:
        free = [one.id for one in world.records.candidates]
        rnd.shuffle(free)
        length = rnd.choice([0, 0, 0, 1, 1, 1, 2, 3])
        for place in range(length):
            last = place == length - 1
            status = (
                rnd.choice(["closed"] * 4 + ["waiting", "waiting", "active", "held"]) if last else "closed"
            )
            taken = [free.pop() for _ in range(min(len(free), rnd.choice([1, 2, 3])))]
            if taken:
                found.append(_cycle(rnd, world.rules, f"c-{role.id}-{place}", role, status, taken))
    return found


def _cycle(rnd: random.Random, rules: Rules, name: str, role: Role, status: str, people: list[str]) -> Cycle:
    pitches = []
    for place, one in enumerate(people):
        now = "claimed" if status != "closed" and place == 0 else rnd.choice(_PITCHES[status])
        pitches.append(Pitch(one, now, _near(rnd, rules.zone) if now == "responded" else None))
    closed = status == "closed"
    return Cycle(
        id=name,
        role_id=role.id,
        company_id=role.company_id,
        status=status,
        outcome=rnd.choice([*OUTCOMES, "no_response", "no_response", "stopped"]) if closed else None,
        closed_at=_near(rnd, rules.zone) if closed else None,
        pitches=tuple(pitches),
    )


def _near(rnd: random.Random, zone: ZoneInfo) -> datetime:
    """Draws an instant close to a midnight on which a limit of days turns."""
    day = days(-rnd.choice([0, 1, 2, 3, 6, 7, 8, 14, 20, 21, 22]))
    return datetime.combine(day, time(rnd.choice([0, 23]), rnd.choice([0, 59]), tzinfo=zone)).astimezone(UTC)

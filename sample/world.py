"""Makes companies with their people and roles, and candidates, of any number, from a seed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.records import PARTNER, Candidate, Company, Contact, Role, Specialist
from sample import vocabulary as words
from sample.dice import Dice
from sample.scores import Place, Talent

SPECIALISTS = 12
ODD = 0.01
"""The share of names that hold quotes, markup, line breaks or another script."""


@dataclass
class World:
    """A generated set, but for its matches."""

    specialists: list[Specialist] = field(default_factory=list)
    companies: list[Company] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    talents: list[Talent] = field(default_factory=list)


def make(*, roles: int, candidates: int, companies: int, seed: int, today: date) -> World:
    """Makes a world of so many roles, candidates and companies, dated from `today`."""
    world = World()
    world.specialists = _specialists(Dice(seed, "specialists"))
    dice = Dice(seed, "companies")
    fields = [dice.between(0, len(words.FIELDS) - 1) for _ in range(companies)]
    for number, of in enumerate(fields, 1):
        company = _company(number, of, world.specialists, dice)
        world.companies.append(company)
        world.contacts += _contacts(company, len(world.contacts), dice)
    dice = Dice(seed, "roles")
    for number in range(1, roles + 1):
        role, place = _role(number, world.companies, fields, dice)
        world.roles.append(role)
        world.places.append(place)
    dice = Dice(seed, "candidates")
    for number in range(1, candidates + 1):
        candidate, talent = _candidate(number, today, dice)
        world.candidates.append(candidate)
        world.talents.append(talent)
    return world


def _name(dice: Dice) -> tuple[str, str]:
    if dice.chance(ODD):
        return dice.pick(words.ODD_NAMES)
    firsts, lasts = dice.pick(words.PEOPLE)
    return dice.pick(firsts), dice.pick(lasts)


def _mailbox(*parts: str) -> str:
    """Spells names as the ASCII name of a mailbox."""
    plain = ".".join(unicodedata.normalize("NFKD", part) for part in parts if part).lower()
    kept = "".join(one for one in plain if one.isascii() and (one.isalnum() or one == "."))
    return ".".join(piece for piece in kept.split(".") if piece) or "mail"


def _specialists(dice: Dice) -> list[Specialist]:
    made = []
    for number in range(1, SPECIALISTS + 1):
        first, last = dice.pick(words.PEOPLE[5][0]), dice.pick(words.SURNAMES)
        made.append(
            Specialist(
                id=f"s{number:02}",
                name=f"{first} {last}",
                email=f"{_mailbox(first, last)}.{number}@beyond-academy.example",
                title=dice.pick(words.TITLES),
                phone=f"+44 20 7946 {dice.between(0, 999):04}",
                is_default=number == 1,
            )
        )
    return made


def _company(number: int, of: int, specialists: Sequence[Specialist], dice: Dice) -> Company:
    name = f"{dice.pick(words.NAME_STARTS)}{dice.pick(words.NAME_ENDS)} {dice.pick(words.COMPANY_FORMS)}"
    return Company(
        id=f"c{number:04}",
        name=dice.pick(words.ODD_COMPANIES) if dice.chance(ODD) else name.strip(),
        industry=dice.pick(words.FIELDS[of].industries),
        website=f"https://c{number:04}.example",
        time_zone=dice.pick(words.CITIES)[1] if dice.chance(0.9) else None,
        specialist_id=dice.pick(specialists).id if dice.chance(0.85) else None,
        weekly_limit=dice.pick((0, 2, 2, 3, 5)) if dice.chance(0.08) else None,
        suppressed=dice.chance(0.02),
    )


def _contacts(company: Company, so_far: int, dice: Dice) -> list[Contact]:
    """Makes one to four contacts; at one company in twenty-five nobody can be written to."""
    reachable = not dice.chance(0.04)
    made = []
    for number in range(1, dice.between(1, 4) + 1):
        first, last = _name(dice)
        partner = number == 1 or dice.chance(0.4)
        address = f"{_mailbox(first, last)}.{number}@{company.id}.example"
        made.append(
            Contact(
                id=f"k{so_far + number:05}",
                company_id=company.id,
                first_name="" if dice.chance(0.03) else first,
                last_name=last,
                email=address if not partner or reachable or dice.chance(0.5) else None,
                layout_name=PARTNER if partner else dice.pick(("billing", "technical", "")),
                active=not partner or (reachable and (number == 1 or dice.chance(0.95))),
            )
        )
    return made


def _role(number: int, companies: Sequence[Company], fields: Sequence[int], dice: Dice) -> tuple[Role, Place]:
    """Makes a role, mostly in its company's field; a few companies have many of them."""
    at = int(min(dice.random(), dice.random()) * len(companies))
    of = fields[at] if dice.chance(0.7) else dice.between(0, len(words.FIELDS) - 1)
    title = dice.pick(words.FIELDS[of].titles)
    role = Role(
        id=f"r{number:05}",
        company_id=companies[at].id,
        title=f"{title} Intern",
        industry=dice.pick(words.FIELDS[of].industries),
        location="Remote" if dice.chance(0.1) else dice.pick(words.CITIES)[0],
        description=f"{title} with {' and '.join(dice.some(words.FIELDS[of].skills, 2))}.",
        status=dice.pick(("closed", "filled")) if dice.chance(0.02) else "open",
    )
    return role, Place(role.id, of, dice.bell())


def _candidate(number: int, today: date, dice: Dice) -> tuple[Candidate, Talent]:
    """Makes a candidate; one in fifty starts in the past, one in fifty is no longer to be had."""
    of, second = dice.between(0, len(words.FIELDS) - 1), dice.between(0, len(words.FIELDS) - 1)
    first, last = _name(dice)
    skills = tuple(
        dict.fromkeys(dice.some(words.FIELDS[of].skills, 4) + dice.some(words.FIELDS[second].skills, 1))
    )
    start = today + timedelta(days=-dice.between(1, 60) if dice.chance(0.02) else dice.between(0, 300))
    candidate = Candidate(
        id=f"p{number:05}",
        first_name=first,
        last_name=last,
        email=f"{_mailbox(first, last)}.{number}@students.example",
        bio=_bio(first, of, skills, dice),
        skills=skills,
        interests=dice.some(words.INTERESTS, 3),
        university=dice.pick(words.UNIVERSITIES),
        visa_required=dice.chance(0.4),
        start_date=start,
        end_date=start + timedelta(days=dice.between(60, 200)) if dice.chance(0.9) else None,
        status=dice.pick(("placed", "withdrawn")) if dice.chance(0.02) else "available",
    )
    return candidate, Talent(candidate.id, of, second, dice.bell())


def _bio(first: str, of: int, skills: Sequence[str], dice: Dice) -> str:
    field = words.FIELDS[of]
    text = (
        f"{first} studies {field.name} and {dice.pick(field.deeds)}. "
        f"Works with {' and '.join(skills[:2])}. {dice.pick(words.HABITS)}"
    )
    if dice.chance(0.01):
        return dice.pick(("", text.replace(". ", ".\n\n"), text * (50_000 // len(text) + 1)))
    return text

"""What a letter needs from the records: the role, the people at both ends, the bios kept (R11, R13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from db.pool import Connection
from db.sql import queries
from domain import errors, records
from domain.letters import Brand, LetterContext, Profile, Recipient, Sender, Stage

sql = queries("letters")

Bios = Mapping[str, str]
"""The text to use for each candidate, by id."""


async def recipients(conn: Connection, company_id: str) -> tuple[Recipient, ...]:
    """Lists the company's eligible partner contacts, by id; none if it is suppressed (R1, R11)."""
    rows = await sql.partner_contacts.all(conn, company=company_id)
    return tuple(
        Recipient(
            contact_id=row["id"], first_name=row["first_name"], last_name=row["last_name"], email=row["email"]
        )
        for row in rows
    )


async def specialist(conn: Connection, specialist_id: str | None) -> Any:
    """Returns the row of a specialist, or of the default one where none is named; None if neither is."""
    return await sql.specialist.one(conn, specialist=specialist_id)


def sender(row: Any, *, email: str | None = None) -> Sender:
    """Reads a specialist as the one who signs; `email` keeps a thread's address (R11)."""
    return Sender(name=row["name"], email=email or row["email"], title=row["title"], phone=row["phone"])


async def candidates(conn: Connection, ids: Sequence[str]) -> list[records.Candidate]:
    """Returns the records of candidates, in the order of `ids`."""
    found = {row["id"]: row for row in await sql.candidates.all(conn, candidates=list(ids))}
    return [candidate(found[one]) for one in ids]


def candidate(row: Any) -> records.Candidate:
    """Reads a row of `candidate_now`, whatever else stands in it."""
    return records.Candidate(**{name: row[name] for name in records.Candidate.model_fields})


async def role(conn: Connection, role_id: str) -> records.Role:
    """Returns a role's record."""
    row = await sql.role.one(conn, role=role_id)
    if row is None:
        raise errors.NotFound(f"there is no role {role_id!r}")
    return records.Role.model_validate(dict(row))


async def known_skills(conn: Connection) -> frozenset[str]:
    """Names every skill that the database knows, in lower case (R13)."""
    return frozenset(row["skill"] for row in await sql.known_skills.all(conn))


async def kept_bios(
    conn: Connection, role_id: str, hashes: Mapping[str, str], *, prompt_version: str, model: str
) -> dict[str, str]:
    """Returns the kept refined bios by candidate, for their source text as it is now (R13)."""
    found = await sql.kept_bios.all(
        conn,
        role=role_id,
        prompt_version=prompt_version,
        model=model,
        candidates=list(hashes),
        hashes=list(hashes.values()),
    )
    return {row["candidate_id"]: row["text"] for row in found}


async def keep_bio(
    conn: Connection,
    candidate_id: str,
    role_id: str,
    source_hash: str,
    *,
    prompt_version: str,
    model: str,
    text: str,
    now: datetime,
) -> None:
    """Keeps a refined bio; the first one kept stays."""
    await sql.keep_bio.run(
        conn,
        candidate=candidate_id,
        role=role_id,
        source_hash=source_hash,
        prompt_version=prompt_version,
        model=model,
        text=text,
        now=now,
    )


async def context(
    conn: Connection,
    role_id: str,
    stage: Stage,
    *,
    to: Sequence[Recipient],
    people: Sequence[records.Candidate],
    bios: Bios,
    signed: Sender,
    brand: Brand,
    urgent: bool,
    subject: str | None,
) -> LetterContext:
    """Gathers all that a template may use (R14)."""
    about = await sql.thread.one(conn, role=role_id)
    return LetterContext(
        stage=stage,
        company_name=about["company_name"],
        company_industry=about["industry"],
        role_title=about["title"],
        role_industry=about["role_industry"],
        role_location=about["location"],
        recipients=tuple(to),
        profiles=tuple(_profiles(people, bios)),
        sender=signed,
        brand=brand,
        urgent=urgent,
        subject=subject,
    )


def _profiles(people: Iterable[records.Candidate], bios: Bios) -> Iterable[Profile]:
    for one in people:
        yield Profile(
            candidate_id=one.id,
            first_name=one.first_name,
            last_name=one.last_name,
            bio=bios[one.id],
            skills=one.skills,
            interests=one.interests,
            university=one.university,
            start_date=one.start_date,
            end_date=one.end_date,
        )

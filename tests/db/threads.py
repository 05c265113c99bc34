"""Threads drawn at random, written as rows, and counted the plainest way."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from domain.letters import STAGES
from tests.cast import NOW

HOUR = timedelta(hours=1)
ROLES = {"r-data": "acme", "r-web": "acme", "r-port": "blue", "r-fleet": "blue", "r-care": "cedar"}
PEOPLE = ("ada", "bela", "chidi", "dara", "emil", "hana", "goran", "farah")
FACTS = Path(__file__).parents[2] / "db/migrations/0008_threads.sql"


@dataclass
class Pitch:
    """One candidate of a thread."""

    candidate: str
    status: str
    responded_at: datetime | None = None
    interview_at: datetime | None = None


@dataclass
class Thread:
    """One cycle: when each of its e-mails was accepted (None: never), what came back, how it ended."""

    id: str
    role: str
    specialist: str | None
    urgent: bool
    generation: int
    sent: list[datetime | None] = field(default_factory=list)
    bounced: list[bool] = field(default_factory=list)
    uncertain_at: datetime | None = None
    """The first e-mail's end was never known."""
    responded_at: datetime | None = None
    closed_at: datetime | None = None
    pitches: list[Pitch] = field(default_factory=list)

    @property
    def accepted(self) -> list[datetime]:
        """The instants at which its e-mails were accepted, as far as anybody can tell."""
        unknown = [self.uncertain_at] if self.uncertain_at and self.responded_at else []
        return [one for one in self.sent if one] or [one for one in unknown if one]

    @property
    def answered(self) -> int | None:
        """The number of the stage, from 0, that was the last when the answer came."""
        if self.responded_at is None:
            return None
        return max(0, sum(one <= self.responded_at for one in self.accepted) - 1)


def draw(rnd: random.Random, count: int) -> list[Thread]:
    """Draws threads in every state, some of which have not begun."""
    return [_thread(rnd, f"t{number}") for number in range(count)]


def _thread(rnd: random.Random, id: str) -> Thread:
    thread = Thread(
        id,
        role=rnd.choice(list(ROLES)),
        specialist=rnd.choice(["s-sofia", "s-james", None]),
        urgent=rnd.random() < 0.4,
        generation=rnd.randint(1, 3),
    )
    begun = NOW - rnd.randint(0, 900) * HOUR - timedelta(seconds=rnd.randint(0, 3599))
    kind = rnd.choice(["none", "failed", "uncertain", *["sent"] * 9])
    if kind == "sent":
        out = rnd.randint(1, 4)
        thread.sent = [begun + place * rnd.choice([48, 48, 50]) * HOUR for place in range(out)]
        thread.sent = [one for one in sorted(filter(None, thread.sent)) if one <= NOW] or [begun]
        thread.bounced = [rnd.random() < 0.25 for _ in thread.sent]
    elif kind == "failed":
        thread.sent, thread.bounced = [None], [False]
    elif kind == "uncertain":
        thread.sent, thread.bounced, thread.uncertain_at = [None], [False], begun
    _end(rnd, thread, begun)
    _put_forward(rnd, thread)
    return thread


def _end(rnd: random.Random, thread: Thread, begun: datetime) -> None:
    may_answer = kind_of(thread) != "nothing"
    if may_answer and rnd.random() < 0.4:
        thread.responded_at = min(
            NOW, begun + rnd.randint(0, 250) * HOUR + timedelta(minutes=rnd.choice([0, 7]))
        )
        thread.closed_at = thread.responded_at
        if rnd.random() < 0.3:
            thread.closed_at = begun + (thread.responded_at - begun) * rnd.random()  # a late one
    elif not may_answer or rnd.random() < 0.6:
        thread.closed_at = min(NOW, begun + rnd.randint(0, 192) * HOUR)


def kind_of(thread: Thread) -> str:
    """Says whether anything of a thread may have reached anybody."""
    return "something" if any(thread.sent) or thread.uncertain_at else "nothing"


def _put_forward(rnd: random.Random, thread: Thread) -> None:
    for who in rnd.sample(PEOPLE, rnd.randint(1, 3)):
        pitch = Pitch(who, "pitched" if thread.accepted else "claimed")
        if thread.responded_at and rnd.random() < 0.8:
            pitch.status = rnd.choice(["responded", "declined", "placed", "withdrawn"])
            pitch.responded_at = thread.responded_at
            if rnd.random() < 0.4:
                pitch.interview_at = thread.responded_at
        elif thread.accepted and rnd.random() < 0.3:
            pitch.status = "withdrawn"
        elif kind_of(thread) == "nothing" and thread.closed_at:
            pitch.status = "released"
        thread.pitches.append(pitch)


async def write(conn: Any, threads: Iterable[Thread]) -> None:
    """Inserts threads as rows; what their rows know of them is found as the migration finds it."""
    for one in threads:
        stage = STAGES[sum(map(bool, one.sent)) - 1] if any(one.sent) else None
        outcome = "responded" if one.responded_at and one.closed_at == one.responded_at else "no_response"
        await conn.execute(
            "insert into outreach_cycle (id, role_id, company_id, generation, urgent, status, stage, outcome,"
            " created_at, closed_at, specialist_id, responded_at, wait_until)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $9)",
            *(one.id, one.role, ROLES[one.role], one.generation, one.urgent),
            *("closed" if one.closed_at else "active", stage, outcome if one.closed_at else None),
            *(NOW, one.closed_at, one.specialist, one.responded_at),
        )
        await _write_emails(conn, one)
        for pitch in one.pitches:
            await conn.execute(
                "insert into candidate_outreach_history (candidate_id, role_id, cycle_id, cycle_number,"
                " status, created_at, updated_at, responded_at, interview_at)"
                " values ($1, $2, $3, 1, $4, $5, $5, $6, $7)",
                *(
                    pitch.candidate,
                    one.role,
                    one.id,
                    pitch.status,
                    NOW,
                    pitch.responded_at,
                    pitch.interview_at,
                ),
            )
    for statement in FACTS.read_text().split(";"):
        if "update outreach_cycle" in statement:
            await conn.execute(statement)


async def _write_emails(conn: Any, one: Thread) -> None:
    for place, sent in enumerate(one.sent):
        status = "sent" if sent else "uncertain" if one.uncertain_at else "failed"
        await conn.execute(
            "insert into outreach_log (cycle_id, role_id, company_id, stage, status, urgent, sender,"
            " recipients, contact_ids, candidate_ids, refused, bounced, subject, text, html, message_id,"
            " template, variant, created_at, sent_at, uncertain_at)"
            " values ($1, $2, $3, $4, $5, $6, 'me@x.example',"
            " '{a@x.example,b@x.example}', '{k}', $7, $8, $9, '', '', '', $1 || $4, $4, $10, $11, $12, $13)",
            *(one.id, one.role, ROLES[one.role], STAGES[place], status, one.urgent),
            [pitch.candidate for pitch in one.pitches],
            {"a@x.example": "550"} if one.bounced[place] and place % 2 else {},
            {"b@x.example": "5.1.1"} | ({} if place % 2 else {"a@x.example": "5.1.1"})
            if one.bounced[place]
            else {},
            *("plain" if one.generation == 1 else "warm", NOW, sent, one.uncertain_at),
        )


@dataclass
class Counted:
    """The plainest count of threads."""

    threads: Sequence[Thread]
    now: datetime = NOW

    @classmethod
    def of(cls, threads: Iterable[Thread], since: date | None, until: date | None, zone: ZoneInfo) -> Counted:
        """Takes the threads whose first e-mail was accepted on one of the days."""
        found = []
        for one in threads:
            if one.accepted:
                day = one.accepted[0].astimezone(zone).date()
                if (since is None or day >= since) and (until is None or day <= until):
                    found.append(one)
        return cls(found)

    def stage(self, place: int) -> tuple[int, int, int]:
        """Counts e-mails, threads at risk and replies of a stage."""
        emails = at_risk = replies = 0
        for one in self.threads:
            if len(one.accepted) > place:
                emails += 1
                at_risk += one.answered is None or one.answered >= place
                replies += one.answered == place
        return emails, at_risk, replies

    def by(self, key: Any) -> dict[str, tuple[int, int]]:
        """Counts threads and replies by a key."""
        threads, replies = Counter[str](), Counter[str]()
        for one in self.threads:
            threads[key(one)] += 1
            replies[key(one)] += one.responded_at is not None
        return {name: (threads[name], replies[name]) for name in threads}

    def times(self) -> list[tuple[int, bool]]:
        """Names for how many hours each thread was observed, and whether an answer ended that."""
        found = []
        for one in self.threads:
            end = one.closed_at or self.now
            heard = one.responded_at is not None and one.responded_at <= end
            end = one.responded_at if heard and one.responded_at else end
            found.append((max(0, ceil((end - one.accepted[0]) / HOUR)), heard))
        return found

    def funnel(self) -> dict[str, tuple[int, int]]:
        """Counts pitches and candidates by how far they came."""
        reached: dict[str, list[str]] = {
            name: [] for name in ("pitched", "delivered", "replied", "interview", "placed")
        }
        for one in self.threads:
            returned = one.responded_at is None and all(one.bounced)
            for pitch in one.pitches:
                if pitch.status in ("claimed", "released"):
                    continue
                for name, so_far in (
                    ("pitched", True),
                    ("delivered", not returned),
                    ("replied", pitch.responded_at is not None),
                    ("interview", pitch.interview_at is not None or pitch.status == "placed"),
                    ("placed", pitch.status == "placed"),
                ):
                    reached[name] += [pitch.candidate] if so_far else []
        return {name: (len(who), len(set(who))) for name, who in reached.items()}

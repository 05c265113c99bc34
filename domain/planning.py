"""R2 to R5: who is put forward for which role, and in which order roles get the week's slots.

The walk is pure: it asks for candidates as it needs them (`Want`) and is answered by whoever drives
it, from SQL in the application and from lists in tests. Ids compare as bytes; Python compares strings
by code point, which orders UTF-8 the same way.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from domain.urgency import is_urgent

PER_CYCLE = 3
"""A cycle pitches the best three candidates together (R2)."""

AHEAD = 256
"""How far the walk looks ahead for roles to ask about together: one question costs more than many rows."""

Reason = Literal[
    "company_suppressed",
    "no_partner_contact",
    "no_specialist",
    "stopped",
    "open_cycle",
    "awaiting_outcome",
    "resting",
    "no_eligible_candidate",
    "weekly_limit",
]


class Ranked(NamedTuple):
    """A candidate for a role, with what rank and urgency need."""

    candidate_id: str
    score: float
    start_date: date
    visa_required: bool

    @property
    def rank(self) -> tuple[float, date, str]:
        """Sorts candidates best first (R2): score, then earliest start, then id."""
        return (-self.score, self.start_date, self.candidate_id)


@dataclass(frozen=True, slots=True)
class Ask:
    """What asks for a slot: a pitchable role, or a waiting cycle with candidates of its `own`.

    `best` holds the role's best eligible candidates as the run began, best first; `exhausted` says that
    the role has no others.
    """

    role_id: str
    company_id: str
    best: tuple[Ranked, ...]
    exhausted: bool = False
    cycle_id: str | None = None
    own: tuple[Ranked, ...] = ()

    def alone(self) -> tuple[Ranked, ...]:
        """Names its three as if nothing else asked (R4)."""
        return topped_up(self.own, self.best)


@dataclass(frozen=True, slots=True)
class Planned:
    """A role that gets a slot, with its candidates in rank order and those of them that are new to it."""

    role_id: str
    company_id: str
    cycle_id: str | None
    urgent: bool
    candidates: tuple[Ranked, ...]
    added: tuple[str, ...]

    @property
    def candidate_ids(self) -> list[str]:
        """Lists the candidates, best first."""
        return [candidate.candidate_id for candidate in self.candidates]


@dataclass(frozen=True, slots=True)
class Passed:
    """A role that was looked at and gets no slot, and why."""

    role_id: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """The outcome of a walk: planned in walking order, passed over sorted by role id."""

    planned: tuple[Planned, ...]
    passed_over: tuple[Passed, ...]


@dataclass(frozen=True, slots=True)
class Want:
    """The walk asks for the best candidates of these roles, leaving out those with no live pitch left."""

    role_ids: tuple[str, ...]
    without: frozenset[str]
    depth: int


Ranks = Mapping[str, Sequence[Ranked]]


def topped_up(own: Iterable[Ranked], others: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """Fills a cycle's own candidates up to three with the best of the others, in rank order (R2, R4)."""
    kept = list(own)[:PER_CYCLE]
    held = {candidate.candidate_id for candidate in kept}
    for other in others:
        if len(kept) >= PER_CYCLE:
            break
        if other.candidate_id not in held:
            kept.append(other)
    return tuple(sorted(kept, key=lambda candidate: candidate.rank))


def urgent(candidates: Iterable[Ranked], today: date) -> bool:
    """Tells whether one of the candidates is urgent, so that the cycle is (R3)."""
    return any(
        is_urgent(visa_required=one.visa_required, start_date=one.start_date, today=today)
        for one in candidates
    )


def order(ask: Ask, today: date) -> tuple[bool, float, str]:
    """Sorts what asks for a slot (R4): urgent first, then best score, then role id."""
    three = ask.alone()
    return (not urgent(three, today), -max(one.score for one in three), ask.role_id)


@dataclass(slots=True)
class Book:
    """What a walk uses up: slots left by company, live pitches by candidate."""

    slots: dict[str, int]
    live: dict[str, int]
    max_live: int
    full: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.full = {candidate for candidate, count in self.live.items() if count >= self.max_live}

    def take(self, planned: Planned) -> None:
        """Books one slot and the new pitches of a planned role."""
        self.slots[planned.company_id] -= 1
        for candidate in planned.added:
            self.live[candidate] = self.live.get(candidate, 0) + 1
            if self.live[candidate] >= self.max_live:
                self.full.add(candidate)


Walk = Generator[Want, Ranks, Plan]


def walk(
    asks: Iterable[Ask], book: Book, *, today: date, max_roles: int | None = None, depth: int = 12
) -> Walk:
    """Walks the asks once in R4's order, using up slots and live pitches; returns the plan (R4).

    At its turn a role is passed over as `weekly_limit` if its company has no slot left, else ranked again
    with what is left. `max_roles` stops after that many are planned; what was not looked at is not
    listed. Yields a `Want` whenever it needs deeper ranks, and expects a mapping for just those roles.
    """
    asks = list(asks)
    ready = sorted((ask for ask in asks if ask.alone()), key=lambda ask: order(ask, today))
    ranks = _Ranks(ready, book, depth)
    planned: list[Planned] = []
    passed = [Passed(ask.role_id, "no_eligible_candidate") for ask in asks if not ask.alone()]
    for position, ask in enumerate(ready):
        if max_roles is not None and len(planned) >= max_roles:
            break
        if book.slots.get(ask.company_id, 0) <= 0:
            passed.append(Passed(ask.role_id, "weekly_limit"))
            continue
        three = yield from ranks.three(position)
        if not three:
            passed.append(Passed(ask.role_id, "no_eligible_candidate"))
            continue
        planned.append(_planned(ask, three, today))
        book.take(planned[-1])
    return Plan(tuple(planned), tuple(sorted(passed, key=lambda one: one.role_id)))


def _planned(ask: Ask, three: tuple[Ranked, ...], today: date) -> Planned:
    own = {candidate.candidate_id for candidate in ask.own}
    added = tuple(one.candidate_id for one in three if one.candidate_id not in own)
    return Planned(ask.role_id, ask.company_id, ask.cycle_id, urgent(three, today), three, added)


class _Ranks:
    """The candidates known so far, role by role; asks for more, a batch of coming roles at a time."""

    def __init__(self, asks: Sequence[Ask], book: Book, depth: int) -> None:
        self.asks = asks
        self.book = book
        self.depth = depth
        self.known = {ask.role_id: list(ask.best) for ask in asks}
        self.exhausted = {ask.role_id for ask in asks if ask.exhausted}

    def three(self, position: int) -> Generator[Want, Ranks, tuple[Ranked, ...]]:
        """Ranks one role again with what is left; asks for more only when the known ones run out."""
        ask = self.asks[position]
        if self._short(ask):
            want = Want(tuple(self._coming(position)), frozenset(self.book.full), self.depth)
            answer = yield want
            for role_id in want.role_ids:
                self.known[role_id] = list(answer.get(role_id, ()))
                if len(self.known[role_id]) < want.depth:
                    self.exhausted.add(role_id)
        return topped_up(ask.own, self._left(ask))

    def _left(self, ask: Ask) -> Iterator[Ranked]:
        return (one for one in self.known[ask.role_id] if one.candidate_id not in self.book.full)

    def _short(self, ask: Ask) -> bool:
        """Tells whether the known candidates no longer make three, and there may be others."""
        if ask.role_id in self.exhausted:
            return False
        missing = PER_CYCLE - len(ask.own)
        for one in self._left(ask):
            if missing <= 0:
                break
            if one not in ask.own:
                missing -= 1
        return missing > 0

    def _coming(self, position: int) -> Iterator[str]:
        """Names this role and those of the next ones that are short too and may still get a slot."""
        slots = dict(self.book.slots)
        for ask in self.asks[position : position + AHEAD]:
            if slots.get(ask.company_id, 0) > 0:
                slots[ask.company_id] -= 1
                if self._short(ask):
                    yield ask.role_id

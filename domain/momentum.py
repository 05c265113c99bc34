"""R8: where candidates go next when a cycle ends without a place for them.

Pure like the planning walk: `choose` asks for what it needs and is answered by its driver.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from domain.planning import PER_CYCLE, Ask, Ranked, order, topped_up, urgent

NEXT_ROLES = 3
"""A candidate moves on to at most three roles (R8)."""


class Option(NamedTuple):
    """A role that a candidate may move on to: pitchable but for the weekly limit."""

    role_id: str
    company_id: str
    candidate: Ranked


@dataclass(frozen=True, slots=True)
class Options:
    """Asks for more of a candidate's options, best first, from a position on; an empty answer ends them."""

    candidate_id: str
    start: int


@dataclass(frozen=True, slots=True)
class Company:
    """A company as next roles see it: its limit, slots left this week, waiting cycles, and what asks.

    `asks` holds its pitchable roles and waiting cycles (R4).
    """

    weekly_limit: int
    slots: int
    waiting: int
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class About:
    """Asks for a company's `Company`."""

    company_id: str


@dataclass(frozen=True, slots=True)
class Child:
    """One next cycle: a role, its candidates in rank order, and whether it takes a slot at once."""

    role_id: str
    company_id: str
    admitted: bool
    urgent: bool
    candidates: tuple[Ranked, ...]

    @property
    def candidate_ids(self) -> list[str]:
        """Lists the candidates, best first."""
        return [candidate.candidate_id for candidate in self.candidates]


Choice = Generator[Options | About, object, tuple[Child, ...]]


def choose(movers: Sequence[str], live: Mapping[str, int], *, max_live: int, today: date) -> Choice:
    """Chooses next roles for candidates in R2 order and groups them, one child a role (R8).

    `live` counts live pitches (of others too, where known). Yields `Options` (answered by a sequence of
    `Option`) and `About` (answered by a `Company`). A role whose company would then have more waiting
    cycles than its weekly limit gives way to the candidate's next best; a group that is joined counts once.
    """
    book = _Book(today, max_live, dict(live), dict.fromkeys(movers, NEXT_ROLES))
    for mover in movers:
        yield from _move(mover, book)
    return tuple(book.children())


def _move(mover: str, book: _Book) -> Generator[Options | About, object, None]:
    seen = 0
    while book.has_room(mover):
        page = yield Options(mover, seen)
        assert isinstance(page, Sequence)
        if not page:
            return
        for option in page:
            seen += 1
            if option.role_id not in book.groups and option.company_id not in book.companies:
                about = yield About(option.company_id)
                assert isinstance(about, Company)
                book.companies[option.company_id] = about
            book.put(option)
            if not book.has_room(mover):
                return


@dataclass(slots=True)
class _Book:
    """The groups made so far, and what they use up."""

    today: date
    max_live: int
    live: dict[str, int]
    more_roles: dict[str, int]
    """The roles that each mover may still be given."""
    groups: dict[str, list[Option]] = field(default_factory=dict)
    companies: dict[str, Company] = field(default_factory=dict)

    def has_room(self, candidate_id: str) -> bool:
        """Tells whether a candidate has a live pitch left, and a mover one of its three roles."""
        return self.live.get(candidate_id, 0) < self.max_live and self.more_roles.get(candidate_id, 1) > 0

    def put(self, option: Option) -> None:
        """Joins a group or makes one, unless its company would have too many waiting cycles.

        Joining makes no cycle, but may cost a group its slot: who joins pushes a better one out of its three.
        """
        group = self.groups.get(option.role_id, [])
        if len(group) >= PER_CYCLE:
            return
        before = dict(self.groups)
        self.groups[option.role_id] = [*group, option]
        if self._fits(option.company_id):
            self._count(option.candidate.candidate_id)
        else:
            self.groups = before

    def children(self) -> Iterable[Child]:
        """Names the children in the order their groups were made; admitted ones are topped up (R2)."""
        admitted = {role: ask for company in self.companies for role, ask in self._admitted(company).items()}
        for role_id, group in self.groups.items():
            candidates = topped_up((one.candidate for one in group), ())
            if role_id in admitted:
                others = [one for one in admitted[role_id].best if self.has_room(one.candidate_id)]
                candidates = self._top_up(candidates, others)
            yield Child(
                role_id=role_id,
                company_id=group[0].company_id,
                admitted=role_id in admitted,
                urgent=urgent(candidates, self.today),
                candidates=candidates,
            )

    def _top_up(self, own: tuple[Ranked, ...], others: Iterable[Ranked]) -> tuple[Ranked, ...]:
        three = topped_up(own, others)
        held = {one.candidate_id for one in own}
        for one in three:
            if one.candidate_id not in held:
                self._count(one.candidate_id)
        return three

    def _fits(self, company_id: str) -> bool:
        """Tells whether the company may have the waiting cycles that its groups now make."""
        company = self.companies[company_id]
        groups = sum(1 for group in self.groups.values() if group[0].company_id == company_id)
        waiting = groups - len(self._admitted(company_id))
        return waiting == 0 or company.waiting + waiting <= company.weekly_limit

    def _admitted(self, company_id: str) -> dict[str, Ask]:
        """Names the groups that take a slot at once: nothing else of the company comes before them (R8)."""
        company = self.companies[company_id]
        asks = {ask.role_id: ask for ask in company.asks}
        for role_id, group in self.groups.items():
            if group[0].company_id == company_id:
                found = asks.get(role_id, Ask(role_id, company_id, ()))
                asks[role_id] = replace(found, own=tuple(one.candidate for one in group))
        queue = sorted((ask for ask in asks.values() if ask.alone()), key=lambda ask: order(ask, self.today))
        admitted: dict[str, Ask] = {}
        for ask in queue[: max(0, company.slots)]:
            if ask.role_id not in self.groups:
                break
            admitted[ask.role_id] = ask
        return admitted

    def _count(self, candidate_id: str) -> None:
        self.live[candidate_id] = self.live.get(candidate_id, 0) + 1
        if candidate_id in self.more_roles:
            self.more_roles[candidate_id] -= 1

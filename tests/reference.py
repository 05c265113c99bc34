"""R2 to R5 and R8 once more, written from SPEC's sentences: everything in memory, no cleverness.

The rules under test are compared with these; where both agree on thousands of worlds, an error would
have to have been made twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.planning import Plan, Ranked

Ranking = Mapping[str, Sequence[Ranked]]
"""A role's eligible candidates but for their live pitches; in any order."""


@dataclass(frozen=True)
class Asker:
    """A pitchable role, or a waiting cycle with candidates of its own."""

    role_id: str
    company_id: str
    cycle_id: str | None = None
    own: tuple[Ranked, ...] = ()


@dataclass(frozen=True)
class Given:
    """A role that got a slot."""

    role_id: str
    cycle_id: str | None
    urgent: bool
    candidate_ids: list[str]


def told(plan: Plan) -> tuple[list[Given], dict[str, str]]:
    """Returns a plan as the naive walk tells it."""
    planned = [Given(one.role_id, one.cycle_id, one.urgent, one.candidate_ids) for one in plan.planned]
    return planned, {one.role_id: one.reason for one in plan.passed_over}


def rank(one: Ranked) -> tuple[float, date, bytes]:
    """R2: by score (highest first), then start date (earliest first), then id (as bytes)."""
    return (-one.score, one.start_date, one.candidate_id.encode())


def urgent(people: Sequence[Ranked], today: date) -> bool:
    """R3: fewer than 120 days to start where a visa is needed, fewer than 60 otherwise; one is enough."""
    return any((one.start_date - today).days < (120 if one.visa_required else 60) for one in people)


def three(asker: Asker, ranking: Ranking, live: Mapping[str, int], max_live: int) -> list[Ranked]:
    """R1, R2, R4: its own candidates, topped up with the best that have a live pitch left."""
    own = list(asker.own)
    names = [one.candidate_id for one in own]
    others = [
        one
        for one in ranking.get(asker.role_id, ())
        if live.get(one.candidate_id, 0) < max_live and one.candidate_id not in names
    ]
    return sorted(own + sorted(others, key=rank)[: 3 - len(own)], key=rank)


def order(asker: Asker, people: Sequence[Ranked], today: date) -> tuple[bool, float, bytes]:
    """R4: urgent first, then best score, then role id."""
    best = max(one.score for one in people)
    return (not urgent(people, today), -best, asker.role_id.encode())


def walk(
    askers: Sequence[Asker],
    ranking: Ranking,
    slots: Mapping[str, int],
    live: Mapping[str, int],
    *,
    max_live: int,
    today: date,
    max_roles: int | None = None,
) -> tuple[list[Given], dict[str, str]]:
    """R4: walks the order once; returns what is planned, and the reasons of what is passed over."""
    slots, live = dict(slots), dict(live)
    alone = {one.role_id: three(one, ranking, live, max_live) for one in askers}
    passed = {role: "no_eligible_candidate" for role, people in alone.items() if not people}
    queue = [one for one in askers if alone[one.role_id]]
    queue.sort(key=lambda one: order(one, alone[one.role_id], today))
    planned: list[Given] = []
    for one in queue:
        if len(planned) == max_roles:
            break
        if slots.get(one.company_id, 0) < 1:
            passed[one.role_id] = "weekly_limit"
            continue
        people = three(one, ranking, live, max_live)
        if not people:
            passed[one.role_id] = "no_eligible_candidate"
            continue
        slots[one.company_id] -= 1
        for candidate in people:
            if candidate not in one.own:
                live[candidate.candidate_id] = live.get(candidate.candidate_id, 0) + 1
        names = [candidate.candidate_id for candidate in people]
        planned.append(Given(one.role_id, one.cycle_id, urgent(people, today), names))
    return planned, passed


@dataclass(frozen=True)
class Firm:
    """A company as next roles see it; `askers` are its pitchable roles and waiting cycles."""

    weekly_limit: int
    slots: int
    waiting: int
    askers: tuple[Asker, ...]


@dataclass(frozen=True)
class Next:
    """A child: one next role, the candidates it was chosen for, and those it was topped up with."""

    role_id: str
    admitted: bool
    urgent: bool
    candidate_ids: list[str]


@dataclass
class Choice:
    """R8: next roles for the candidates of one ended cycle."""

    firms: Mapping[str, Firm]
    ranking: Ranking
    before: Mapping[str, int]
    """Live pitches before anything was chosen."""
    max_live: int
    today: date

    def choose(
        self, movers: Sequence[str], options: Mapping[str, Sequence[tuple[str, str, Ranked]]]
    ) -> list[Next]:
        """Walks each mover's options (role, company, the mover as ranked for it), best first."""
        groups: dict[str, list[Ranked]] = {}
        company = {role: firm for found in options.values() for role, firm, _ in found}
        live = dict(self.before)
        for mover in movers:
            taken = 0
            for role, firm, ranked in options[mover]:
                if taken == 3 or live.get(mover, 0) >= self.max_live:
                    break
                trial = groups | {role: [*groups.get(role, []), ranked]}
                if len(trial[role]) > 3 or not self._fits(firm, trial, company):
                    continue
                groups, taken = trial, taken + 1
                live[mover] = live.get(mover, 0) + 1
        return self._children(groups, company, live, movers)

    def _fits(self, firm: str, groups: Mapping[str, list[Ranked]], company: Mapping[str, str]) -> bool:
        """A company has at most `weekly_limit` waiting cycles."""
        ours = [role for role in groups if company[role] == firm]
        waiting = [role for role in ours if not self._admitted(role, firm, groups)]
        return not waiting or self.firms[firm].waiting + len(waiting) <= self.firms[firm].weekly_limit

    def _admitted(self, role: str, firm: str, groups: Mapping[str, list[Ranked]]) -> bool:
        """A slot is left, and nothing else of the company comes before it in R4's order."""
        places = {}
        for asker in self.firms[firm].askers:
            own = tuple(groups.get(asker.role_id, asker.own))
            asker = Asker(asker.role_id, firm, asker.cycle_id, own)
            people = three(asker, self.ranking, self.before, self.max_live)
            if people:
                places[asker.role_id] = order(asker, people, self.today)
        earlier = [other for other, place in places.items() if place < places[role]]
        return all(other in groups for other in earlier) and len(earlier) < self.firms[firm].slots

    def _children(
        self,
        groups: Mapping[str, list[Ranked]],
        company: Mapping[str, str],
        live: dict[str, int],
        movers: Sequence[str],
    ) -> list[Next]:
        taken = {
            mover: sum(mover in [one.candidate_id for one in group] for group in groups.values())
            for mover in movers
        }
        children = []
        for role, group in groups.items():
            people = sorted(group, key=rank)
            admitted = self._admitted(role, company[role], groups)
            if admitted:
                blocked = {mover: self.max_live for mover, count in taken.items() if count >= 3}
                asker = Asker(role, company[role], own=tuple(group))
                people = three(asker, self.ranking, {**live, **blocked}, self.max_live)
                for one in people:
                    if one not in group:
                        live[one.candidate_id] = live.get(one.candidate_id, 0) + 1
                        if one.candidate_id in taken:
                            taken[one.candidate_id] += 1
            children.append(
                Next(role, admitted, urgent(people, self.today), [one.candidate_id for one in people])
            )
        return children

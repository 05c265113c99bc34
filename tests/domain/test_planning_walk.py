"""R2 to R5: the walk against a naive one, and what must hold of every plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.planning import Ask, Book, Passed, Plan, Ranked, Walk, Want, topped_up, walk
from tests import reference
from tests.cast import TODAY
from tests.reference import Asker, told

Ranking = dict[str, list[Ranked]]

CANDIDATES = ("ada", "bela", "chidi", "dara", "emil", "hana", "Zoë", "佐藤", "a", "A")
ROLES = ("r1", "r10", "r2", "R2", "é", "z", "𝔸", "r-data")
FIRMS = ("acme", "blue", "cedar")
SCORES = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])


@dataclass(frozen=True)
class World:
    """What a walk is given; `ranking` leaves the live pitches out of account."""

    askers: tuple[Asker, ...]
    ranking: Ranking
    slots: dict[str, int]
    live: dict[str, int]
    max_live: int
    max_roles: int | None


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draws a small world in which scores tie, starts lie around the limits and everything is scarce."""
    people = {name: _person(draw) for name in CANDIDATES[: draw(st.integers(1, len(CANDIDATES)))]}
    roles = draw(st.lists(st.sampled_from(ROLES), unique=True))
    askers, ranking = [], {}
    for role in roles:
        matched = [_ranked(draw, name, people) for name in draw(st.sets(st.sampled_from(sorted(people))))]
        waits = draw(st.booleans())
        own = tuple(matched[: draw(st.integers(1, 3))]) if waits else ()
        askers.append(Asker(role, draw(st.sampled_from(FIRMS)), f"c-{role}" if own else None, own))
        ranking[role] = [one for one in matched if one not in own]
    return World(
        askers=tuple(askers),
        ranking=ranking,
        slots={firm: draw(st.integers(-1, 3)) for firm in FIRMS},
        live={name: draw(st.integers(0, 3)) for name in people},
        max_live=draw(st.integers(1, 4)),
        max_roles=draw(st.none() | st.integers(0, 4)),
    )


def _person(draw: st.DrawFn) -> tuple[date, bool]:
    away = draw(st.sampled_from([0, 59, 60, 61, 119, 120, 121]))
    return TODAY + timedelta(days=away), draw(st.booleans())


def _ranked(draw: st.DrawFn, name: str, people: dict[str, tuple[date, bool]]) -> Ranked:
    return Ranked(name, draw(SCORES), *people[name])


def play(world: World, *, depth: int = 12, first: int = 3) -> Plan:
    """Walks a world as the database would drive it: `first` candidates a role at the start, then by want."""
    book = Book(dict(world.slots), dict(world.live), world.max_live)
    asks = []
    for one in world.askers:
        best = _best(world.ranking, one.role_id, book.full, first)
        asks.append(Ask(one.role_id, one.company_id, best, len(best) < first, one.cycle_id, one.own))
    return drive(walk(asks, book, today=TODAY, max_roles=world.max_roles, depth=depth), world.ranking)


def _best(ranking: Ranking, role: str, without: set[str] | frozenset[str], most: int) -> tuple[Ranked, ...]:
    found = (one for one in sorted(ranking[role], key=reference.rank) if one.candidate_id not in without)
    return tuple(found)[:most]


def drive(steps: Walk, ranking: Ranking) -> Plan:
    """Answers what the walk asks for from lists."""
    want = None
    try:
        want = next(steps)
        while True:
            want = steps.send(_answer(want, ranking))
    except StopIteration as done:
        plan: Plan = done.value
        return plan


def _answer(want: Want, ranking: Ranking) -> dict[str, Sequence[Ranked]]:
    return {role: _best(ranking, role, want.without, want.depth) for role in want.role_ids}


@given(worlds(), st.sampled_from([3, 4, 12]), st.sampled_from([3, 5]))
def test_the_walk_plans_what_the_rules_say(world: World, depth: int, first: int) -> None:
    expected = reference.walk(
        world.askers,
        world.ranking,
        world.slots,
        world.live,
        max_live=world.max_live,
        today=TODAY,
        max_roles=world.max_roles,
    )
    assert told(play(world, depth=depth, first=first)) == expected


@given(worlds())
def test_a_plan_keeps_every_limit(world: World) -> None:
    plan = play(world)
    company = {one.role_id: one.company_id for one in world.askers}
    given_out = Counter(company[one.role_id] for one in plan.planned)
    assert all(count <= max(0, world.slots[firm]) for firm, count in given_out.items())
    pitched = Counter(candidate for one in plan.planned for candidate in one.added)
    assert all(world.live[name] + count <= world.max_live for name, count in pitched.items())
    assert all(1 <= len(set(one.candidate_ids)) == len(one.candidate_ids) <= 3 for one in plan.planned)
    assert world.max_roles is None or len(plan.planned) <= world.max_roles


@given(worlds())
def test_every_role_is_listed_once_and_passed_over_by_id(world: World) -> None:
    plan = play(world)
    listed = [one.role_id for one in (*plan.planned, *plan.passed_over)]
    assert len(set(listed)) == len(listed)
    if world.max_roles is None:
        assert set(listed) == {one.role_id for one in world.askers}
    assert [one.role_id for one in plan.passed_over] == sorted(one.role_id for one in plan.passed_over)


@given(worlds())
def test_a_waiting_cycle_keeps_its_own_candidates(world: World) -> None:
    own = {one.cycle_id: {each.candidate_id for each in one.own} for one in world.askers if one.cycle_id}
    for one in play(world).planned:
        if one.cycle_id:
            assert own[one.cycle_id] <= set(one.candidate_ids)
            assert own[one.cycle_id].isdisjoint(one.added)


@given(worlds())
def test_no_role_is_overtaken_within_its_company(world: World) -> None:
    """Of a company's roles that were turned away for want of a slot, none stood before one that got it."""
    plan = play(world)
    places = {
        one.role_id: reference.order(one, three, TODAY)
        for one in world.askers
        if (three := reference.three(one, world.ranking, world.live, world.max_live))
    }
    company = {one.role_id: one.company_id for one in world.askers}
    turned_away = [one.role_id for one in plan.passed_over if one.reason == "weekly_limit"]
    for away in turned_away:
        for one in plan.planned:
            assert company[one.role_id] != company[away] or places[one.role_id] < places[away]


def _ranks(*names: str) -> list[Ranked]:
    return [
        Ranked(name, 1 - place / 10, TODAY + timedelta(days=200), False) for place, name in enumerate(names)
    ]


def test_a_candidate_used_up_by_a_better_role_makes_room_for_the_next() -> None:
    ranking = {"r1": _ranks("ada", "bela", "chidi"), "r2": _ranks("ada", "bela", "chidi", "dara")}
    world = World((Asker("r1", "acme"), Asker("r2", "blue")), ranking, {"acme": 1, "blue": 1}, {}, 1, None)
    plan = play(world)
    assert [one.candidate_ids for one in plan.planned] == [["ada", "bela", "chidi"], ["dara"]]


def test_a_role_whose_candidates_are_all_used_up_leaves_the_slot_to_the_next() -> None:
    ranking = {"r1": _ranks("ada"), "r2": _ranks("ada"), "r3": _ranks("bela")}
    world = World(
        (Asker("r1", "acme"), Asker("r2", "blue"), Asker("r3", "blue")),
        ranking,
        {"acme": 1, "blue": 1},
        {},
        1,
        None,
    )
    plan = play(world)
    assert [one.role_id for one in plan.planned] == ["r1", "r3"]
    assert plan.passed_over == (Passed("r2", "no_eligible_candidate"),)


def test_what_max_roles_left_unseen_is_not_listed() -> None:
    ranking = {role: _ranks("ada") for role in ("r1", "r2", "r3")}
    world = World(tuple(Asker(role, role) for role in ranking), ranking, dict.fromkeys(ranking, 1), {}, 3, 1)
    plan = play(world)
    assert [one.role_id for one in plan.planned] == ["r1"]
    assert plan.passed_over == ()


def test_one_deep_look_serves_many_roles_at_once() -> None:
    """A thousand roles that want the same few candidates must not cost a thousand questions."""
    names = [f"p{number:03}" for number in range(400)]
    ranking = {f"r{number:03}": _ranks(*names) for number in range(100)}
    asks = [Ask(role, role, tuple(ranks[:3])) for role, ranks in ranking.items()]
    steps, questions = walk(asks, Book(dict.fromkeys(ranking, 1), {}, 1), today=TODAY), 0
    want = next(steps)
    try:
        while True:
            questions += 1
            want = steps.send(_answer(want, ranking))
    except StopIteration as done:
        assert len(done.value.planned) == 100
    assert questions <= 50


def test_a_cycle_of_three_takes_nobody_else() -> None:
    own = _ranks("ada", "bela", "chidi")
    assert topped_up(own, _ranks("dara")) == tuple(own)

"""R8: next roles against a naive choice, and what must hold of every choice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.momentum import About, Child, Company, Option, Options, choose
from domain.planning import Ask, Ranked
from tests import reference
from tests.cast import TODAY
from tests.reference import Asker, Firm

PEOPLE = ("ada", "bela", "chidi", "dara", "emil", "hana")
SCORES = (0.0, 0.5, 0.75, 1.0)
URGENT, CALM = TODAY + timedelta(days=30), TODAY + timedelta(days=200)


@dataclass(frozen=True)
class World:
    """What a choice is given: firms with what asks there, and everybody's matches."""

    movers: tuple[str, ...]
    firms: dict[str, Firm]
    company: dict[str, str]
    """The firm of each pitchable role; roles of waiting cycles are not among them."""
    ranking: dict[str, list[Ranked]]
    live: dict[str, int]
    max_live: int

    def options(self) -> dict[str, list[tuple[str, str, Ranked]]]:
        """Lists each mover's roles, best first."""
        found = defaultdict(list)
        for role, firm in self.company.items():
            for one in self.ranking[role]:
                found[one.candidate_id].append((role, firm, one))
        return {
            mover: sorted(found[mover], key=lambda option: (-option[2].score, option[0].encode()))
            for mover in self.movers
        }


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draws a small world with few firms, so that groups and waiting cycles get in each other's way."""
    starts = {name: draw(st.sampled_from([URGENT, CALM])) for name in PEOPLE}
    company, ranking, askers = {}, {}, defaultdict(list)
    for number in range(draw(st.integers(0, 8))):
        role, firm = f"r{number}", draw(st.sampled_from(["acme", "blue", "cedar"]))
        names = sorted(draw(st.sets(st.sampled_from(PEOPLE))))
        ranks = [Ranked(name, draw(st.sampled_from(SCORES)), starts[name], False) for name in names]
        waits = draw(st.integers(0, 3)) == 0
        own = tuple(ranks[:2]) if waits else ()
        ranking[role] = [one for one in ranks if one not in own]
        askers[firm].append(Asker(role, firm, f"c-{role}" if own else None, own))
        if not own:
            company[role] = firm
    firms = {
        firm: Firm(draw(st.integers(0, 2)), draw(st.integers(-1, 3)), _waiting(draw, asking), tuple(asking))
        for firm, asking in askers.items()
    }
    return World(
        movers=tuple(draw(st.permutations(PEOPLE)))[: draw(st.integers(0, 3))],
        firms=firms,
        company=company,
        ranking=ranking,
        live={name: draw(st.integers(0, 2)) for name in PEOPLE},
        max_live=draw(st.integers(1, 5)),
    )


def _waiting(draw: st.DrawFn, asking: Sequence[Asker]) -> int:
    """Counts those that ask, and some that do not because their role is not pitchable now."""
    return sum(one.cycle_id is not None for one in asking) + draw(st.integers(0, 1))


def play(world: World, *, page: int = 50) -> tuple[Child, ...]:
    """Chooses next roles, answering from lists, a page of options at a time."""
    steps = choose(world.movers, dict(world.live), max_live=world.max_live, today=TODAY)
    answer: object = None
    try:
        while True:
            asked = steps.send(answer)
            answer = _options(world, asked, page) if isinstance(asked, Options) else _about(world, asked)
    except StopIteration as done:
        children: tuple[Child, ...] = done.value
        return children


def _options(world: World, asked: Options, page: int) -> list[Option]:
    options = world.options()[asked.candidate_id][asked.start : asked.start + page]
    return [Option(role, firm, ranked) for role, firm, ranked in options]


def _about(world: World, asked: About) -> Company:
    firm = world.firms[asked.company_id]
    asks = tuple(
        Ask(one.role_id, one.company_id, _eligible(world, one.role_id), True, one.cycle_id, one.own)
        for one in firm.askers
    )
    return Company(firm.weekly_limit, firm.slots, firm.waiting, asks)


def _eligible(world: World, role: str) -> tuple[Ranked, ...]:
    ranked = sorted(world.ranking[role], key=reference.rank)
    return tuple(one for one in ranked if world.live[one.candidate_id] < world.max_live)


@settings(max_examples=300)
@given(worlds(), st.sampled_from([1, 2, 50]))
def test_next_roles_are_what_the_rules_say(world: World, page: int) -> None:
    naive = reference.Choice(world.firms, world.ranking, world.live, world.max_live, TODAY)
    found = [
        reference.Next(one.role_id, one.admitted, one.urgent, one.candidate_ids)
        for one in play(world, page=page)
    ]
    assert found == naive.choose(world.movers, world.options())


@given(worlds())
def test_a_choice_keeps_every_limit(world: World) -> None:
    children = play(world)
    assert len({one.role_id for one in children}) == len(children)
    new = Counter(name for one in children for name in one.candidate_ids)
    for name, count in new.items():
        assert world.live[name] + count <= world.max_live
        assert name not in world.movers or count <= 3
    assert all(1 <= len(set(one.candidate_ids)) == len(one.candidate_ids) <= 3 for one in children)
    assert all(one.role_id in world.company for one in children)
    for one in children:
        matched = {each.candidate_id for each in world.ranking[one.role_id]}
        assert set(one.candidate_ids) <= matched


@given(worlds())
def test_no_company_gets_more_slots_or_waiting_cycles_than_it_may(world: World) -> None:
    by_firm = defaultdict(list)
    for one in play(world):
        by_firm[one.company_id].append(one.admitted)
    for firm, admitted in by_firm.items():
        about = world.firms[firm]
        assert about.weekly_limit > 0 or not admitted.count(False)
        assert admitted.count(True) <= max(0, about.slots)
        assert not admitted.count(False) or about.waiting + admitted.count(False) <= about.weekly_limit


@given(worlds())
def test_waiting_children_are_not_topped_up(world: World) -> None:
    for one in play(world):
        assert one.admitted or set(one.candidate_ids) <= set(world.movers)


def _world(roles: dict[str, tuple[str, dict[str, float]]], firms: dict[str, Firm], *movers: str) -> World:
    ranking = {
        role: [Ranked(name, score, CALM, False) for name, score in scores.items()]
        for role, (_, scores) in roles.items()
    }
    company = {role: firm for role, (firm, _) in roles.items()}
    asking = {
        name: Firm(
            firm.weekly_limit,
            firm.slots,
            firm.waiting,
            tuple(Asker(role, name) for role, its in company.items() if its == name) + firm.askers,
        )
        for name, firm in firms.items()
    }
    return World(movers, asking, company, ranking, dict.fromkeys(PEOPLE, 0), 3)


def test_silent_candidates_share_one_child_a_role() -> None:
    roles = {"r1": ("acme", {"ada": 0.9, "bela": 0.8}), "r2": ("blue", {"bela": 0.7})}
    firms = {"acme": Firm(1, 1, 0, ()), "blue": Firm(1, 1, 0, ())}
    children = play(_world(roles, firms, "ada", "bela"))
    assert [(one.role_id, one.candidate_ids) for one in children] == [
        ("r1", ["ada", "bela"]),
        ("r2", ["bela"]),
    ]


def test_a_child_waits_while_a_better_role_of_its_company_asks() -> None:
    roles = {"r1": ("acme", {"ada": 0.8}), "r2": ("acme", {"hana": 0.9})}
    (child,) = play(_world(roles, {"acme": Firm(1, 1, 0, ())}, "ada"))
    assert (child.role_id, child.admitted) == ("r1", False)


def test_a_child_comes_before_a_lesser_role_of_its_company() -> None:
    roles = {"r1": ("acme", {"ada": 0.8}), "r2": ("acme", {"hana": 0.7})}
    (child,) = play(_world(roles, {"acme": Firm(1, 1, 0, ())}, "ada"))
    assert child.admitted


def test_a_company_with_its_waiting_cycle_gives_way_to_the_next_best() -> None:
    roles = {"r1": ("acme", {"ada": 0.9}), "r2": ("blue", {"ada": 0.1})}
    firms = {"acme": Firm(1, 0, 1, ()), "blue": Firm(1, 0, 0, ())}
    (child,) = play(_world(roles, firms, "ada"))
    assert (child.role_id, child.admitted) == ("r2", False)


def test_a_second_group_never_drives_the_first_beyond_the_waiting_limit() -> None:
    """Urgent Bela would make r2 the first of Acme's, and Ada's r1 would have to wait as one too many."""
    roles = {
        "r1": ("acme", {"ada": 0.95}),
        "r2": ("acme", {"hana": 0.9, "dara": 0.8, "emil": 0.7, "bela": 0.1}),
    }
    world = _world(roles, {"acme": Firm(1, 1, 1, ())}, "ada", "bela")
    world.ranking["r2"][-1] = world.ranking["r2"][-1]._replace(start_date=URGENT)
    assert [(one.role_id, one.admitted) for one in play(world)] == [("r1", True)]


def test_a_mover_with_three_roles_tops_up_no_fourth() -> None:
    roles = {f"r{place}": (f"f{place}", {"ada": 1 - place / 10, "bela": 0.4}) for place in range(4)}
    firms = {f"f{place}": Firm(1, 1, 0, ()) for place in range(4)}
    world = _world(roles, firms, "ada", "bela")
    world.ranking["r3"] = [
        one._replace(score=0.3 if one.candidate_id == "ada" else 0.9) for one in world.ranking["r3"]
    ]
    children = play(World(**{**vars(world), "max_live": 9}))
    assert sum("ada" in one.candidate_ids for one in children) == 3
    assert "r3" in [one.role_id for one in children]


def test_a_company_that_may_get_nothing_has_nobody_waiting() -> None:
    roles = {"r1": ("acme", {"ada": 0.9})}
    assert play(_world(roles, {"acme": Firm(0, 0, 0, ())}, "ada")) == ()


def test_an_admitted_child_is_topped_up_with_those_who_have_room() -> None:
    roles = {"r1": ("acme", {"ada": 0.5, "bela": 0.9, "chidi": 0.8, "dara": 0.7})}
    world = _world(roles, {"acme": Firm(1, 1, 0, ())}, "ada")
    world.live["bela"] = 3
    (child,) = play(world)
    assert child.candidate_ids == ["chidi", "dara", "ada"]


def test_nobody_without_a_live_pitch_left_moves_on() -> None:
    world = _world({"r1": ("acme", {"ada": 0.9})}, {"acme": Firm(1, 1, 0, ())}, "ada")
    world.live["ada"] = 3
    assert play(world) == ()


def test_whoever_joins_never_costs_a_group_its_slot_beyond_the_waiting_limit() -> None:
    """Chidi would push Hana out of r1's three, which would have to wait behind Dara's as one too many."""
    roles = {"r1": ("acme", {"hana": 0.9, "ada": 0.2, "bela": 0.2, "chidi": 0.2})}
    waits = Asker("r9", "acme", "c-r9", (Ranked("dara", 0.5, CALM, False),))
    world = _world(roles, {"acme": Firm(1, 1, 1, (waits,))}, "ada", "bela", "chidi")
    world.ranking["r9"] = []
    (child,) = play(world)
    assert child.admitted and set(child.candidate_ids) == {"hana", "ada", "bela"}

"""Matches with scores as real ones are: good candidates, popular roles and near fields score high."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sample.dice import Dice

QUALITY, POPULARITY, FIT, NOISE = 0.30, 0.15, 0.40, 0.15
"""What a score is made of; the four add up to 1."""
SAME, SECOND, NEAR, FAR = 1.0, 0.7, 0.35, 0.1
"""How well a role fits: the candidate's field, the second one, a neighbour of it, any other."""


@dataclass(frozen=True, slots=True)
class Talent:
    """A candidate as a score sees one: two fields by position, and a quality from 0 to 1."""

    id: str
    field: int
    second: int
    quality: float


@dataclass(frozen=True, slots=True)
class Place:
    """A role as a score sees one: a field by position, and a popularity from 0 to 1."""

    id: str
    field: int
    popularity: float


def fit(talent: Talent, field: int) -> float:
    """Tells how well a field fits a candidate, from 0 to 1."""
    if field == talent.field:
        return SAME
    if field == talent.second:
        return SECOND
    return NEAR if abs(field - talent.field) == 1 else FAR


def dense(talents: Sequence[Talent], places: Sequence[Place], fields: int, seed: int) -> Iterator[str]:
    """Yields every pair as lines of CSV, a candidate at a time."""
    dice = Dice(seed, "dense")
    roles = [(place.id, place.field, POPULARITY * place.popularity) for place in places]
    for talent in talents:
        bases = _bases(talent, fields)
        yield from _lines(talent.id, roles, bases, dice)


def sparse(
    talents: Sequence[Talent], places: Sequence[Place], fields: int, each: int, seed: int
) -> Iterator[str]:
    """Yields `each` pairs a candidate as lines of CSV: most in near fields, more of popular roles."""
    dice = Dice(seed, "sparse")
    popular = sorted(places, key=lambda place: (-place.popularity, place.id))
    everywhere = [(place.id, place.field, POPULARITY * place.popularity) for place in popular]
    by_field = [[role for role in everywhere if role[1] == field] for field in range(fields)]
    for talent in talents:
        pools = [by_field[talent.field]] * 5 + [by_field[talent.second]] * 2 + [everywhere] * 3
        chosen = _sample([pool for pool in pools if pool], everywhere, each, dice)
        yield from _lines(talent.id, chosen, _bases(talent, fields), dice)


_Role = tuple[str, int, float]


def _sample(
    pools: Sequence[Sequence[_Role]], everywhere: Sequence[_Role], each: int, dice: Dice
) -> list[_Role]:
    """Draws different roles from pools sorted by popularity, the first of a pool most often."""
    chosen: dict[str, _Role] = {}
    for _ in range(4 * each):
        if len(chosen) == each:
            break
        pool, place = dice.pick(pools), dice.random()
        role = pool[int(place * place * len(pool))]
        chosen[role[0]] = role
    for role in everywhere:
        if len(chosen) >= each:
            break
        chosen[role[0]] = role
    return list(chosen.values())


def _bases(talent: Talent, fields: int) -> list[float]:
    """Lists what a candidate brings to a score, by field."""
    return [QUALITY * talent.quality + FIT * fit(talent, field) for field in range(fields)]


def _lines(candidate_id: str, roles: Sequence[_Role], bases: Sequence[float], dice: Dice) -> Iterator[str]:
    random = dice.random
    for role_id, field, popularity in roles:
        yield f"{candidate_id},{role_id},{bases[field] + popularity + NOISE * random():.4f}\n"

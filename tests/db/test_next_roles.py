"""R8 on the records: next roles in whole worlds against ones chosen by the book."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from db import cycles, momentum
from db.pool import Connection, Pool
from tests import reference
from tests.cast import TODAY, a_contact
from tests.db import worlds
from tests.db.worlds import Cycle, World
from tests.reference import Asker, Choice, Firm


def firms(world: World) -> dict[str, Firm]:
    """What R8 looks at in each company: limit, slots, waiting cycles, and what asks there."""
    slots = world.slots(TODAY)
    return {
        one.id: Firm(
            weekly_limit=world.rules.weekly_limit if one.weekly_limit is None else one.weekly_limit,
            slots=slots[one.id],
            waiting=sum(each.company_id == one.id for each in world.waiting(TODAY)),
            askers=tuple(asker for asker in world.askers(TODAY) if asker.company_id == one.id),
        )
        for one in world.records.companies
    }


def movers(world: World, parent: Cycle) -> list[str]:
    """Who is still to be had, in R2's order."""
    names = [one.candidate_id for one in parent.pitches if one.status not in ("withdrawn", "placed")]
    return [
        one.candidate_id for one in sorted(world.ranked(parent.role_id, names, TODAY), key=reference.rank)
    ]


def options(world: World, name: str, ancestry: set[str]) -> list[tuple[str, str, reference.Ranked]]:
    """A candidate's next best roles: pitchable but for the weekly limit, outside the ancestry."""
    pitchable: list[Asker] = [one for one in world.askers(TODAY) if one.cycle_id is None]
    found = [
        (one.role_id, one.company_id, ranked)
        for one in pitchable
        if one.role_id not in ancestry
        for ranked in world.eligible(one.role_id, TODAY)
        if ranked.candidate_id == name
    ]
    return sorted(found, key=lambda option: (-option[2].score, option[0].encode()))


def ease(world: World) -> World:
    """Takes obstacles away that R1 is tested with elsewhere, so that candidates have somewhere to go."""
    people = [one.model_copy(update={"status": "available"}) for one in world.records.candidates]
    roles = [one.model_copy(update={"status": "open"}) for one in world.records.roles]
    contacts = [a_contact(f"{one.id}-ana", one.id) for one in world.records.companies]
    return replace(
        world,
        records=replace(world.records, candidates=people, roles=roles, contacts=contacts),
        rules=world.rules.model_copy(update={"max_live_pitches": 4, "role_rest_days": 0}),
        suppressed_addresses=set(),
        candidate_changes={},
    )


def by_the_book(world: World, parent: Cycle, ancestry: set[str]) -> list[reference.Next]:
    """Chooses next roles naively."""
    ranking = {one.id: world.eligible(one.id, TODAY) for one in world.records.roles}
    choice = Choice(firms(world), ranking, world.live(TODAY), world.rules.max_live_pitches, TODAY)
    moving = movers(world, parent)
    return choice.choose(moving, {name: options(world, name, ancestry) for name in moving})


@pytest.mark.parametrize("seed", range(8))
async def test_next_roles_are_what_the_rules_say(pool: Pool, seed: int) -> None:
    rnd = random.Random(1000 + seed)
    moved = 0
    async with pool.acquire() as conn:
        for number in range(40):
            undo = conn.transaction()
            await undo.start()
            moved += await _compare(conn, ease(worlds.draw(rnd)), rnd, f"seed {seed}, world {number}")
            await undo.rollback()
    assert moved > 20


async def _compare(conn: Connection, world: World, rnd: random.Random, name: str) -> int:
    """Moves every closed cycle's candidates on, each by itself; returns the number of children."""
    await worlds.write(conn, world)
    now = datetime.combine(TODAY, time(12), world.rules.zone).astimezone(UTC)
    await cycles.tidy_waiting(conn, world.rules, now)
    closed = [one for one in world.cycles if one.status == "closed"]
    children = 0
    for parent in closed:
        before = rnd.choice([one for one in closed if one.role_id != parent.role_id] or [None])
        await conn.execute(
            "update outreach_cycle set parent_cycle_id = $2 where id = $1", parent.id, before and before.id
        )
        row = await cycles.lock(conn, parent.id)
        chosen = await momentum.choose(conn, world.rules, row, now)
        found = [reference.Next(one.role_id, one.admitted, one.urgent, one.candidate_ids) for one in chosen]
        line = {parent.role_id} | ({before.role_id} if before else set())
        assert found == by_the_book(world, parent, line), f"{name}: {parent.id}"
        await conn.execute("update outreach_cycle set parent_cycle_id = null where id = $1", parent.id)
        children += len(found)
    return children

"""`follow-ups`: lists what is pending, nudges what is overdue (the brief's run_follow_up_workflow)."""

from __future__ import annotations

from dataclasses import dataclass

from console import output, pending, steering
from console.office import Desk
from desk import figures
from desk import steering as desk_steering


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asked for."""

    cycle: str | None
    dry_run: bool
    force: bool
    verbose: bool
    everything: bool
    as_json: bool


async def follow_ups(desk: Desk, wish: Wish) -> None:
    """Lists follow-ups, then nudges; with `force`, sends one cycle's next follow-up now."""
    found = await figures.follow_ups(desk.office, desk.now, wish.cycle)
    done = None
    if not wish.dry_run:
        cycle_id = None
        if wish.cycle is not None:
            cycle_id = await desk_steering.cycle_of(desk.office, wish.cycle)
        done = await desk_steering.nudge(desk.office, cycle_id, desk.now, force=wish.force)
    if wish.as_json:
        nudged = {"nudged": list(done.cycle_ids), "untold": list(done.untold)} if done else {"nudged": []}
        output.print_json(found.model_dump(mode="json") | nudged)
    else:
        shown = None if wish.everything else pending.SHOWN
        for part in (pending.explained if wish.verbose else pending.tasks)(found, desk.clock, shown):
            output.out().print(part)
        if done:
            output.out().print(done.words)
    if done and done.untold:
        output.warn(steering.untold(len(done.untold)))

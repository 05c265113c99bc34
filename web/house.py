"""What the web's rooms are given: the desk's functions, the hooks that have their secrets, a clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from desk.inbox import PostRoom
from domain.health import Health
from mail.hooks import Hook
from web.limits import Limits


@dataclass(frozen=True, slots=True)
class House:
    """Everything that a request may need; made once, by the composition (STYLE 14)."""

    room: Callable[[], PostRoom]
    """The post room as it is now: with Temporal's client while that answers."""
    take: Callable[[Sequence[int]], None]
    """Has what was kept processed soon."""
    hooks: Mapping[str, Hook]
    confirm: Callable[[str], Awaitable[None]]
    """Visits the address that confirms a subscription."""
    health: Callable[[], Awaitable[Health]]
    now: Callable[[], datetime]
    limits: Limits = field(default_factory=Limits)

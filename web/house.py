"""What the web's rooms are given: the desk's functions, who may come in, what letters are printed with."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from desk.access import Keys
from desk.analytics import Lately
from desk.inbox import PostRoom
from desk.office import Office
from desk.proofs import Press
from desk.pulse import Pulse
from desk.steering import Done
from domain.caught import Caught, Folder
from domain.health import Health
from domain.setup import Setup
from domain.wording import Clock
from mail.hooks import Hook
from web.charts import Charts
from web.hosts import Hosts
from web.limits import Limits
from web.sessions import Sessions


class Mailroom(Protocol):
    """What the embedded mail catcher kept, and the way back to whoever wrote it."""

    async def page(self, before: int | None, most: int) -> Folder:
        """Lists letters, newest first, from before a number on."""
        ...

    async def read(self, number: int) -> Caught:
        """Reads one in full; raises `errors.NotFound`."""
        ...

    async def answer(self, number: int, address: str, words: str) -> Done:
        """Answers one by e-mail, as this reader of it; raises `errors.Refused`, `errors.Unavailable`."""
        ...


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
    keys: Keys
    sessions: Sessions
    pulse: Pulse
    press: Press
    """Prints letters to look at, through the real templates (R12, R14)."""
    hosts: Hosts = field(default_factory=Hosts)
    told: Mapping[str, str] = field(default_factory=dict)
    """What this server was told that workers have to agree on, by the names of settings."""
    lately: Lately = field(default_factory=Lately)
    """What was counted a moment ago."""
    charts: Charts = field(default_factory=Charts)
    """What was drawn a moment ago."""
    temporal_ui: str | None = None
    """Where people reach Temporal's Web UI; None where that is not known."""
    mailroom: Callable[[], Mailroom | None] = lambda: None
    """Where the embedded mail catcher's letters are read; None where e-mail really leaves."""
    setup: Setup = field(default_factory=Setup)
    """What the server was started with, for people to see."""
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the server is to end: what streams then stops."""
    limits: Limits = field(default_factory=Limits)

    @property
    def office(self) -> Office:
        """The office as it is now."""
        return self.room().office

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone (R16)."""
        return self.office.rules.zone

    @property
    def clock(self) -> Clock:
        """This moment on the organisation's clock."""
        return Clock(self.now(), self.zone)

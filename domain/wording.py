"""Times, counts and states in words, on the organisation's clock (R16)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.letters import STAGE_NAMES

_STAGES: dict[str, str] = {"next_roles": "Next roles"} | dict[str, str](STAGE_NAMES.items())

_WORDS = {
    "no_response": "no response",
    "role_closed": "role closed",
    "not_admitted": "not admitted",
    "put_off": "put off by the mail server",
    "sending_again": "being sent again",
    "coming": "still to come",
    "approval": "waiting for approval",
    "later": "waiting for the sending window",
    "weekly_limit": "weekly limit",
    "open_cycle": "open cycle",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment of a command, and the time zone in which it shows times."""

    now: datetime
    zone: ZoneInfo

    def at(self, instant: datetime | None) -> str:
        """Says when something is: `Wed 3 Jun 09:00`, with seconds within a quarter of an hour."""
        if instant is None:
            return "—"
        local = instant.astimezone(self.zone)
        near = abs(instant - self.now) < timedelta(minutes=15)
        year = "" if local.year == self.now.astimezone(self.zone).year else f" {local.year}"
        return f"{local:%a} {local.day} {local:%b}{year} {local:{'%H:%M:%S' if near else '%H:%M'}}"

    def away(self, instant: datetime | None) -> str:
        """Says how far away something is: `in 2 days`, `3 min ago`."""
        if instant is None:
            return ""
        gap = instant - self.now
        words = span(abs(gap))
        return f"in {words}" if gap >= timedelta(0) else f"{words} ago"

    def both(self, instant: datetime | None) -> str:
        """Says when, and how far away that is."""
        return "—" if instant is None else f"{self.at(instant)} ({self.away(instant)})"


def span(length: timedelta) -> str:
    """Says how long something takes, to the nearest of one unit: `4 s`, `3 min`, `5 h`, `2 days`."""
    seconds = length.total_seconds()
    for size, unit in ((86400, "day"), (3600, "h"), (60, "min")):
        if seconds >= size:
            number = round(seconds / size)
            return count(number, unit) if unit == "day" else f"{number} {unit}"
    return f"{int(seconds)} s"


def day(when: date) -> str:
    """Says a date: `1 Jun 2026`."""
    return f"{when.day} {when:%b %Y}"


def count(number: int, noun: str, many: str | None = None) -> str:
    """Counts things: `1 cycle`, `2,003 candidates`."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def stage(name: str | None) -> str:
    """Names a stage, or the next roles."""
    return "—" if name is None else _STAGES.get(name, name)


def said(code: str) -> str:
    """Says a code of ours as words: `no_response` is `no response`."""
    return _WORDS.get(code, code.replace("_", " "))


_SEGMENT = re.compile(r"([;:,.]\s+)?((?:`[^`]*`|[^`;:,.]|[;:,.](?!\s))+)")
_IF_SO = re.compile(r"\s*If [^:.]*: `[^`]*`\.?")


def without_commands(words: str) -> str:
    """Leaves out what names a command, for somebody who has buttons: `held; `resume` ends it` is `held`."""
    kept = ""
    for before, segment in _SEGMENT.findall(_IF_SO.sub("", words)):
        if "`" not in segment:
            kept += (before if kept else "") + segment
    ended = words.rstrip().endswith(".")
    return f"{kept.rstrip(' ,;:.')}." if ended and kept else kept.rstrip(" ,;:")


def naming(words: str, names: Mapping[str, str]) -> str:
    """Says names where words say ids, such as `Ada Byron` for `ada`; an id inside another word stays."""
    if not names:
        return words
    ids = "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?<![\w-])(?:{ids})(?![\w-])", lambda found: names[found[0]], words)

"""What a mail service's HTTP answer means where the service itself says nothing better (R10, R11).

| answer                             | meaning   | why                                                    |
|------------------------------------|-----------|--------------------------------------------------------|
| 2xx that is not what was agreed    | Uncertain | something took it, perhaps not the service             |
| 502, 504, 520 to 527               | Uncertain | a gateway speaks: the service behind it may have it    |
| 401                                | Outage    | our key                                                |
| any other, 429, 500 and 503 too    | Outage    | it says that it did not take it                        |

Statuses are RFC 9110's; 520 to 527 are Cloudflare's, which stands before some services.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from domain.letters import Outage, Uncertain
from mail import headers

_LONGEST_WORDS = 500
_LONGEST_WAIT = 3600.0
_IN_DOUBT = frozenset({502, 504, *range(520, 528)})
_PLAIN = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[a-z0-9-]+\.)+[a-z0-9-]+", re.ASCII | re.I)
_MORE = r"[\w.!#$%&*+/=?^{|}~@-]"
"""What makes an address a longer one; quotes stand around it as often as in it."""


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """Nothing was sent, because of these recipients: refused for good, with the service's words."""

    refused: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """A service's whole answer; header names are compared without case."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> dict[str, Any]:
        """The JSON object that it holds; empty for anything else."""
        try:
            found = json.loads(self.text)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def said(self, *names: str) -> str:
        """The first of these fields that holds words, else the text where it is not a web page."""
        found = self.json
        for name in names:
            if isinstance(value := found.get(name), str) and value:
                return value
        return self.text if not found and not self.text.lstrip().startswith("<") else ""

    def words(self, said: str) -> str:
        """Status and words on one clean line of bounded length, fit for a database."""
        return headers.clean(f"{self.status} {said}")[:_LONGEST_WORDS]

    @property
    def wait(self) -> float | None:
        """The seconds that `Retry-After` asks for, an hour at most; a date is read by the answer's own
        clock (RFC 9110 section 10.2.3)."""
        said = self.headers.get("retry-after", "")
        try:
            return _bounded(float(said))
        except ValueError:
            return self.until(_timestamp(said))

    def until(self, then: float) -> float | None:
        """The seconds from the answer's own date to an instant (Unix time), where both are known."""
        return _bounded(then - _timestamp(self.headers.get("date", "")))


def otherwise(name: str, reply: Reply, said: str, wait: float | None = None) -> Outage | Uncertain:
    """Reads an answer by the table above; `said` are the service's words in it."""
    words = reply.words(said or "without a word")
    if reply.status < 300 or reply.status in _IN_DOUBT:
        return Uncertain(words)
    code = "login" if reply.status == 401 else str(reply.status)
    return Outage(f"{name}_{code}", words, reply.wait if wait is None else wait)


def blamed(reply: Reply, said: str, to: Sequence[str]) -> TurnedDown | None:
    """Whom an answer about bad recipients means; None if that cannot be told.

    Those whom it names. If it names nobody: the only one there is, else those whose addresses are not
    plain ASCII `user@host.domain`, which these services do not take.
    """
    named = _named(said, to)
    odd = [one for one in to if not _PLAIN.fullmatch(headers.wire_address(one))]
    found = named or (list(to) if len(to) == 1 else odd)
    return TurnedDown(dict.fromkeys(found, reply.words(said))) if found else None


def _named(said: str, to: Sequence[str]) -> list[str]:
    """Those whose whole address the words hold; the longest first, for one may end with another."""
    found = []
    for one in sorted(to, key=len, reverse=True):
        spellings = "|".join(re.escape(each) for each in {one, headers.wire_address(one)})
        rest = re.sub(rf"(?<!{_MORE})(?:{spellings})(?!{_MORE}*[\w@])", " ", said, flags=re.I)
        if rest != said:
            found.append(one)
            said = rest
    return found


def _bounded(seconds: float) -> float | None:
    return min(seconds, _LONGEST_WAIT) if math.isfinite(seconds) and seconds >= 0 else None


def _timestamp(date: str) -> float:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError):
        return math.nan

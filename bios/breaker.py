"""Leaves a failing service alone for a while, so that it does not cost every letter its patience."""

from __future__ import annotations

import logging
from collections.abc import Callable

log = logging.getLogger(__name__)

FAILURES = 5
"""Failures in a row that open the breaker."""

PAUSE = 60.0
"""Seconds it stays open; then one call is let through to look."""


class Breaker:
    """Opens after failures in a row; says so once, and once when the service is back.

    `clock` is monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float], *, failures: int = FAILURES, pause: float = PAUSE) -> None:
        self._clock = clock
        self._limit = failures
        self._pause = pause
        self._failures = 0
        self._until: float | None = None

    def lets_through(self) -> bool:
        """Whether a call may go out now; after a pause the first one to ask may, the others wait on."""
        if self._until is None:
            return True
        if self._clock() < self._until:
            return False
        self._until = self._clock() + self._pause
        return True

    def failed(self, why: str) -> None:
        """Counts a failure of the service itself."""
        self._failures += 1
        if self._failures < self._limit:
            return
        if self._until is None:
            log.warning(
                "the language model fails (%s): own bios are used, it is asked again in %g s",
                why,
                self._pause,
            )
        self._until = self._clock() + self._pause

    def worked(self) -> None:
        """Forgets earlier failures."""
        if self._until is not None:
            log.info("the language model answers again")
        self._failures = 0
        self._until = None

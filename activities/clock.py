"""R16: an attempt's time, from Temporal's own instants; the machine's clock is never read."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from temporalio import activity


class Clock:
    """Tells the time of an attempt: the workflow's, plus how long Temporal says the attempt came later.

    A step that waited in the queue of a dead worker, or that is tried again days later, so knows what
    day it is. Within the attempt time passes monotonically.
    """

    def __init__(self, ordered: datetime) -> None:
        info = activity.info()
        late = max(info.started_time - info.scheduled_time, timedelta(0))
        self._began = time.monotonic()
        self._start = ordered + late

    def now(self) -> datetime:
        """Names the present instant, in UTC."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)

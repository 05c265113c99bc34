"""What a failed attempt says in a history: which kind of error, never its words (SPEC section 5).

An error may quote a record or a server: its words go to the worker's log alone.
"""

from __future__ import annotations

import inspect
import logging
from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory, FailureError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from domain import errors

log = logging.getLogger("outreach.steps")

HOLD_ALL = "hold_all"
"""The type of the error that waits for `release-all`: no failure, and no news every half a minute."""


class Discreet(Interceptor):
    """Tells Temporal the kind of every error that an activity did not word for a history itself."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Wraps every activity of the worker."""
        return _Inbound(next)


class _Inbound(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        try:
            return await self.next.execute_activity(input)
        except FailureError as known:
            note(known)
            raise
        except Exception as error:
            note(error)
            raise worded(error) from None


def note(error: Exception) -> None:
    """Logs a failed attempt: one line for what is foreseen, where it came from for what is not."""
    if isinstance(error, ApplicationError) and error.type == HOLD_ALL:
        return
    info = activity.info()
    what = f"{info.activity_type} of {info.workflow_id}, attempt {info.attempt}"
    if isinstance(error, errors.OutreachError | FailureError):
        log.warning("%s: %s", what, " ".join(str(error).split()))
    else:
        log.error("%s failed", what, exc_info=error)


def worded(error: Exception) -> ApplicationError:
    """Words an error by its kind alone; an `OutreachError` by what its class stands for. Retryable."""
    kind = type(error).__name__
    means = inspect.getdoc(type(error)) if isinstance(error, errors.OutreachError) else "Unexpected."
    outage = isinstance(error, errors.Unavailable)
    category = ApplicationErrorCategory.BENIGN if outage else ApplicationErrorCategory.UNSPECIFIED
    return ApplicationError(f"{means} The worker's log says more.", type=kind, category=category)

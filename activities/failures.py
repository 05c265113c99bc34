"""What a failed attempt says in a history: which kind of error, never its words (SPEC section 5).

An error may quote a record or a server: its words go to the worker's log alone.
"""

from __future__ import annotations

import inspect
from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError, FailureError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from domain import errors


class Discreet(Interceptor):
    """Tells Temporal the kind of every error that an activity did not word for a history itself."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Wraps every activity of the worker."""
        return _Inbound(next)


class _Inbound(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        try:
            return await self.next.execute_activity(input)
        except FailureError:
            raise
        except Exception as error:
            activity.logger.warning("%s failed", activity.info().activity_type, exc_info=True)
            raise worded(error) from None


def worded(error: Exception) -> ApplicationError:
    """Words an error by its kind alone; an `OutreachError` by what its class stands for. Retryable."""
    kind = type(error).__name__
    means = inspect.getdoc(type(error)) if isinstance(error, errors.OutreachError) else "Unexpected."
    return ApplicationError(f"{means} The worker's log says more.", type=kind)

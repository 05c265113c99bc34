"""What every function of the desk is given: the database, the rules, and Temporal where it is there."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio.client import Client

from db.pool import Pool
from domain import errors
from domain.rules import Rules


@dataclass(frozen=True, slots=True)
class Office:
    """The services that a command or a page works with; `client` None means Temporal is not there."""

    pool: Pool
    rules: Rules
    client: Client | None = None
    task_queue: str = "outreach"

    @property
    def temporal(self) -> Client:
        """Returns Temporal's client; raises `errors.TemporalDown` saying what to start."""
        if self.client is None:
            raise errors.TemporalDown(
                "Temporal is not running: start `starter.py up`, or set TEMPORAL_ADDRESS to your server"
            )
        return self.client

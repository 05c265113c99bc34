"""R17 as a step of every run; the command of the same name does the same."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity

from activities.clock import Clock
from desk.office import Office
from desk.reconcile import reconcile
from domain.messages import Reconcile, Reconciled


@dataclass(frozen=True, slots=True)
class ReconcileSteps:
    """Mends what fell between the database and Temporal."""

    office: Office

    @activity.defn(name="reconcile")
    async def reconcile(self, order: Reconcile) -> Reconciled:
        """Finds and mends, at the workflow's time (R16)."""
        return await reconcile(self.office, Clock(order.now).now())

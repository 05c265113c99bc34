"""Starts what tells a specialist of a reply: one small workflow a notice (workflows/notice.py)."""

from __future__ import annotations

from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from desk.office import Office
from domain import names
from domain.messages import NoticeStart
from workflows.notice import Notice


async def start(office: Office, notice_id: int) -> bool:
    """Starts the workflow that sends a notice, or finds it running; returns False if it could not now."""
    if office.client is None:
        return False
    try:
        await office.client.start_workflow(
            Notice.run,
            NoticeStart(notice_id=notice_id),
            id=names.notice_workflow_id(notice_id),
            task_queue=office.task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            static_summary="Tells the specialist",
        )
    except WorkflowAlreadyStartedError:
        return True
    except RPCError:
        return False
    return True

"""Tells a specialist by e-mail that somebody answered: one step, tried until a server has taken it."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.messages import NoticeStart, SendNotice
    from workflows import steps


@workflow.defn
class Notice:
    """Sends one notice; the row in the database says what is in it and what became of it."""

    @workflow.run
    async def run(self, start: NoticeStart) -> None:
        """Ends when the notice is sent, or cannot be."""
        await steps.send_notice(SendNotice(notice_id=start.notice_id, now=workflow.now()))

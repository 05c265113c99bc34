"""Whoever may look only is given no button that would be refused."""

from __future__ import annotations

import re

from temporalio.testing import WorkflowEnvironment

from db.pool import Pool
from desk import access, approvals, received, schedule
from desk.inbox import PostRoom
from desk.office import Office
from domain.rules import Rules
from tests.cast import NOW
from tests.fill import fill
from tests.scenes import book, claim, send
from tests.web.front import Front
from tests.web.test_web_pages_replies import reply_to

RULES = Rules(approval="all")


async def test_no_page_offers_a_reader_to_change_anything(pool: Pool, temporal: WorkflowEnvironment) -> None:
    await fill(pool)
    office = Office(pool, RULES, temporal.client)
    await schedule.put(temporal.client, RULES, "outreach")
    await access.give(office, "Rea", "read", "token-of-rea", NOW)
    await access.give(office, "Wim", "write", "token-of-wim", NOW)
    first, second, *_ = await book(pool)
    await send(pool, first)
    await claim(pool, second, rules=RULES)
    answer = await received.add(PostRoom(office), [reply_to(first)], NOW)
    draft = (await approvals.waiting(office)).drafts[0]
    async with Front(pool, office=office).open() as front:
        for path in ("/settings", "/replies", f"/replies/{answer.messages[0].id}", f"/approvals/{draft.id}"):
            forms = {}
            for name in ("rea", "wim"):
                headers = {"Authorization": f"Bearer token-of-{name}"}
                page = await front.client.get(path, headers=headers)
                assert page.status_code == 200
                forms[name] = [
                    to
                    for to in re.findall(r'<form[^>]*method="post" action="([^"]+)"', page.text)
                    if to != "/logout"
                ]
            assert forms["rea"] == []
            assert forms["wim"] or path == "/replies"

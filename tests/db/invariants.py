"""What must hold of the whole database at every moment between two transactions; other suites call it."""

from __future__ import annotations

from typing import Any

CLAIMS: dict[str, str] = {
    "nobody is pitched for the same role twice (R9)": """
        select candidate_id, role_id from candidate_outreach_history where status <> 'released'
        group by 1, 2 having count(*) > 1""",
    "a role has one open cycle at most": """
        select role_id from outreach_cycle where status <> 'closed' group by 1 having count(*) > 1""",
    "a company's slots are those that its cycles hold (R5, R9)": """
        select coalesce(l.company_id, y.company_id) as company_id, l.week_start, l.used, y.held
        from (select company_id, week_start, used from email_limiter where used > 0) l
        full join (select company_id, slot_week, count(*) as held from outreach_cycle
                   where slot_week is not null and not returned group by 1, 2) y
             on (y.company_id, y.slot_week) = (l.company_id, l.week_start)
        where l.used is distinct from y.held""",
    "no slot is oversold (R5)": """
        select * from email_limiter where used > weekly_limit""",
    "a waiting cycle has no slot, no e-mail accepted, and an end": """
        select y.id from outreach_cycle y where y.status = 'waiting'
           and (y.slot_week is not null or y.stage is not null or y.wait_until is null
                or exists (select from outreach_log l where l.cycle_id = y.id
                           and (l.status in ('sent', 'uncertain') or l.in_flight_since is not null)))""",
    "an active cycle has its slot and a time for what comes next": """
        select id from outreach_cycle
        where status = 'active' and (slot_week is null or next_action_at is null)""",
    "a cycle is held for approval only while a draft waits, and a closed one has none": """
        select y.id, y.status, d.id as draft from outreach_cycle y
        left join draft d on d.cycle_id = y.id and d.status = 'waiting'
        where (y.held_reason = 'approval' and d.id is null) or (y.status = 'closed' and d.id is not null)""",
    "a closed cycle has nothing to come": """
        select y.id from outreach_cycle y where y.status = 'closed'
           and (y.next_action_at is not null or y.waiting_for is not null
                or exists (select from follow_up_task t where t.cycle_id = y.id and t.status = 'pending')
                or exists (select from outreach_log l where l.cycle_id = y.id
                           and l.status = 'sending' and l.in_flight_since is null))""",
    "a thread's stages go out in order, and only the last is unsettled (R6)": """
        select cycle_id, stage, status from
            (select cycle_id, stage, status, row_number() over (partition by cycle_id order by id) as place,
                    count(*) over (partition by cycle_id) as count from outreach_log) l
        where stage <> (array['initial', 'follow_up_1', 'follow_up_2', 'follow_up_3'])[place]
           or (place < count and status <> 'sent')""",
    "a cycle's stage is the last e-mail that was sent": """
        select y.id, y.stage, l.stage as sent from outreach_cycle y
        left join lateral (select stage from outreach_log l where l.cycle_id = y.id and l.status = 'sent'
                           order by id desc limit 1) l on true
        where y.stage is distinct from l.stage""",
    "an e-mail's marks fit its status (R10)": """
        select l.id, l.status from outreach_log l join outreach_cycle y on y.id = l.cycle_id
        where (l.status = 'sent') <> (l.sent_at is not null)
           or (l.status = 'uncertain' and l.uncertain_at is null)
           or (l.status not in ('sending', 'uncertain') and l.in_flight_since is not null)
           or (l.status in ('failed', 'skipped') and y.status <> 'closed')""",
    "a thread keeps its sender, its urgency and who it is written to (R3, R11)": """
        select l.id from outreach_log l
        join outreach_cycle y on y.id = l.cycle_id
        join outreach_log f on f.cycle_id = l.cycle_id and f.stage = 'initial'
        where l.sender <> f.sender or l.urgent <> y.urgent or not l.contact_ids <@ f.contact_ids
           or cardinality(l.recipients) = 0 or cardinality(l.candidate_ids) = 0""",
    "a follow-up answers the e-mail before it (R14)": """
        select id from (select id, in_reply_to,
                               lag(message_id) over (partition by cycle_id order by id) as before
                        from outreach_log) l
        where in_reply_to is distinct from before""",
    "a closed cycle that reached nobody has given back pairs and slot, another has not (R9)": """
        select y.id, y.returned from outreach_cycle y
        where y.status = 'closed' and y.returned <> (y.responded_at is null and not exists (
            select from outreach_log l where l.cycle_id = y.id
            and (l.status in ('sent', 'uncertain', 'sending') or l.uncertain_at is not null)))""",
    "only a closed cycle has given anything back": """
        select id from outreach_cycle where returned and status <> 'closed'""",
    "what was given back is free": """
        select h.cycle_id, h.candidate_id, h.status from candidate_outreach_history h
        join outreach_cycle y on y.id = h.cycle_id where y.returned and h.status <> 'released'""",
    "a pair is marked as pitched if and only if a server accepted an e-mail with it (R9)": """
        select h.cycle_id, h.candidate_id, h.status from candidate_outreach_history h
        cross join lateral (select exists (
            select from outreach_log l where l.cycle_id = h.cycle_id and l.status = 'sent'
            and h.candidate_id = any(l.candidate_ids)) as named) l
        where (h.status in ('pitched', 'no_response') and not named)
           or (h.status in ('claimed', 'released') and named)""",
    "an e-mail names candidates of its cycle alone": """
        select l.id, c.name from outreach_log l, unnest(l.candidate_ids) as c(name)
        where not exists (select from candidate_outreach_history h
                          where h.cycle_id = l.cycle_id and h.candidate_id = c.name)""",
    "an open cycle puts one to three candidates forward": """
        select y.id, count(h.candidate_id) from outreach_cycle y
        left join candidate_outreach_history h on h.cycle_id = y.id and h.status in ('claimed', 'pitched')
        where y.status <> 'closed' group by y.id having count(h.candidate_id) not between 1 and 3""",
    "an answer is on the cycle, on its pitches and on an e-mail, or nowhere (R7)": """
        select y.id from outreach_cycle y
        where (y.responded_at is not null) <> exists (select from outreach_log l where l.cycle_id = y.id
                                                      and l.response_received_at is not null)
           or (y.outcome = 'responded' and y.responded_at is null)
           or (y.responded_at is null and exists (select from candidate_outreach_history h
                                                  where h.cycle_id = y.id and h.status = 'responded'))""",
    "a cycle's row knows when its thread began and which stage was answered": """
        select y.id, y.begun_at, y.variant, y.answered_stage from outreach_cycle y
        left join outreach_log l on l.cycle_id = y.id and l.stage = 'initial'
        where (y.begun_at is not null) <> (l.sent_at is not null or y.responded_at is not null)
           or (y.begun_at > l.sent_at) or (y.begun_at is not null and y.variant <> l.variant)
           or (y.answered_stage is not null) <> (y.responded_at is not null)""",
    "a thread that has begun has one task to come, at the cycle's own time": """
        select y.id, y.next_action_at, t.stages, t.due from outreach_cycle y
        left join lateral (select array_agg(stage) as stages, min(due_at) as due from follow_up_task t
                           where t.cycle_id = y.id and t.status = 'pending') t on true
        where y.status <> 'closed' and y.stage is not null
          and (t.stages is distinct from array[case y.stage when 'initial' then 'follow_up_1'
                   when 'follow_up_1' then 'follow_up_2' when 'follow_up_2' then 'follow_up_3'
                   else 'next_roles' end]
               or t.due is distinct from y.next_action_at)""",
    "a candidate's cycles are counted without a gap (R9)": """
        select candidate_id from candidate_outreach_history group by 1
        having count(distinct cycle_number) <> count(*) or max(cycle_number) <> count(*)""",
    "a cycle comes from a run or from a parent, a generation on, of another role (R8)": """
        select y.id from outreach_cycle y left join outreach_cycle p on p.id = y.parent_cycle_id
        where (y.run_id is null) = (p.id is null) or y.generation <> coalesce(p.generation, 0) + 1
           or p.role_id = y.role_id
           or (p.id is not null and p.moved_on_at is null and not exists (
               select from candidate_outreach_history h
               where h.cycle_id = p.id and h.moved_on_at is not null))""",
    "a cycle belongs to its role's company": """
        select y.id from outreach_cycle y join role r on r.id = y.role_id
        where r.company_id <> y.company_id""",
}


async def check(conn: Any, *, max_live: int = 3) -> None:
    """Raises AssertionError naming every claim that does not hold and the rows that break it.

    `conn` is a connection or a pool. Rows that a test wrote past the application's functions may break
    claims of their own.
    """
    broken = {claim: await conn.fetch(query) for claim, query in CLAIMS.items()}
    broken["nobody has more live pitches in open cycles than allowed"] = await conn.fetch(
        "select h.candidate_id, count(*) from candidate_outreach_history h"
        " join outreach_cycle y on y.id = h.cycle_id and y.status <> 'closed'"
        " where h.status in ('claimed', 'pitched') group by 1 having count(*) > $1",
        max_live,
    )
    found = [f"{claim}:\n    {[dict(row) for row in rows]}" for claim, rows in broken.items() if rows]
    assert not found, "\n".join(found)

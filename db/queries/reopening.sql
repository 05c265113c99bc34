-- name: standing
-- What speaks for and against taking an answer back.
select y.responded_at, y.outcome, r.id as role_id, r.status as role_status,
       (select o.id from outreach_cycle o
        where o.role_id = y.role_id and o.status <> 'closed' and o.id <> y.id) as other,
       array(select h.candidate_id from candidate_outreach_history h
             where h.cycle_id = y.id and (h.outcome_at is not null or h.interview_at is not null)
             order by h.candidate_id) as decided,
       array(select h.candidate_id from candidate_outreach_history h
             join candidate_now c on c.id = h.candidate_id
             where h.cycle_id = y.id and h.status = 'responded'
               and c.status = 'available' and c.start_date >= :today
             order by h.candidate_id) as candidates,
       (select l.stage from outreach_log l where l.cycle_id = y.id and l.response_received_at is not null
        order by l.id desc limit 1) as answered
from outreach_cycle y join role_now r on r.id = y.role_id
where y.id = :cycle

-- name: unmark_emails
update outreach_log set response_received_at = null where cycle_id = :cycle

-- name: unmark_pitches
-- As they were: R9 says which, by what a server has accepted; silence had passed over all of them.
update candidate_outreach_history h
set status = case
        when h.status <> 'responded' then h.status
        when not exists (select from outreach_log l
                         where l.cycle_id = h.cycle_id and l.status = 'sent'
                           and h.candidate_id = any(l.candidate_ids)) then 'claimed'
        when y.outcome = 'no_response' then 'no_response'
        else 'pitched'
    end,
    responded_at = null, updated_at = :now
from outreach_cycle y
where y.id = h.cycle_id and h.cycle_id = :cycle and h.responded_at is not null

-- name: unmark_cycle
update outreach_cycle
set responded_at = null, answered_stage = null, begun_at = case when stage is not null then begun_at end
where id = :cycle

-- name: unmark_messages
-- Whatever is still to be done about them is not done any more.
update inbox set effect = 'taken_back' where cycle_id = :cycle and effect = 'responded'

-- name: also_answered
-- Messages that came after the first mark: one of them may be a person's.
select id from inbox where cycle_id = :cycle and effect = 'answered_before' order by id

-- name: resting
-- Cycles that wait because somebody answered: the company's others, and next roles of this one.
select id from outreach_cycle
where id <> :cycle and (company_id = :company or parent_cycle_id = :cycle)
  and (held_reason in ('company_answered', 'parent_answered') or (status = 'waiting' and held_until > :now))
order by id

-- name: revive_emails
-- Claimed before the mark and never handed over: between two attempts again.
update outreach_log set status = 'sending' where cycle_id = :cycle and status = 'skipped'

-- name: due
-- When what comes next was due; after an e-mail that crossed the mark, when it would have been.
select coalesce((select due_at from follow_up_task where cycle_id = :cycle and stage = :coming),
                (select max(sent_at) + :interval::interval from outreach_log where cycle_id = :cycle))

-- name: revive_task
insert into follow_up_task (cycle_id, stage, due_at, status) values (:cycle, :coming, :due, 'pending')
on conflict (cycle_id, stage) do update
    set status = 'pending', due_at = excluded.due_at, completed_at = null

-- name: reopen
update outreach_cycle
set status = 'active', outcome = null, closed_at = null, next_action_at = :due,
    held_at_close = null, held_at_close_until = null,
    waiting_for = case when stage is null then 'send' else 'reply' end
where id = :cycle

-- name: cycle
select y.*, r.title, r.location, r.status as role_status, c.name as company,
       s.id as signs, coalesce(s.name, '') as specialist,
       (select w.id from draft w where w.cycle_id = y.id and w.status = 'waiting') as draft_id
from outreach_cycle y
join role_now r on r.id = y.role_id
join company c on c.id = y.company_id
left join specialist d on d.is_default
left join specialist s on s.id = coalesce(y.specialist_id, c.specialist_id, d.id)
where y.id = :cycle

-- name: pitches
select h.candidate_id, c.first_name, c.last_name, h.status, h.cycle_number, m.score, c.start_date,
       c.visa_required, h.responded_at, h.interview_at, h.outcome_at
from candidate_outreach_history h
join candidate_now c on c.id = h.candidate_id
left join match m on m.candidate_id = h.candidate_id and m.role_id = h.role_id
where h.cycle_id = :cycle
order by m.score desc nulls last, c.start_date, h.candidate_id

-- name: emails
select id, stage, status, urgent, sender, recipients, refused, deferred, bounced, delivered_at,
       subject, text, html, message_id, in_reply_to, candidate_ids, attempts, created_at, in_flight_since, sent_at, uncertain_at,
       response_received_at, error
from outreach_log where cycle_id = :cycle order by id

-- name: events
select at, kind, detail from cycle_event where cycle_id = :cycle order by id

-- name: children
select y.id, r.title, c.name as company, y.status, y.outcome
from outreach_cycle y
join role r on r.id = y.role_id
join company c on c.id = y.company_id
where y.parent_cycle_id = :cycle order by y.ordinal

-- name: html
-- A letter as its readers see it.
select html from outreach_log where cycle_id = :cycle and id = :log

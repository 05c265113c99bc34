-- name: lock
-- One attempt at a time decides; what is sent or given up stays so.
select n.*, i.kind from notice n join inbox i on i.id = n.inbox_id where n.id = :id for update of n

-- name: told
-- What came in, the cycle it belongs to, and the e-mail it answers: the last accepted one if it names none.
select n.id, n.cycle_id, i.kind, i.effect, i.sender, i.sender_name, i.subject, i.text, i.message_id,
       i.received_at, i.matched_by, i.addresses, y.company_id, y.outcome, y.closed_at, y.specialist_id,
       y.subject as thread_subject, r.title, c.name as company_name, c.specialist_id as company_specialist_id,
       k.first_name, k.last_name, k.id as contact_id,
       l.stage as answered_stage, l.sent_at as answered_sent_at, l.sender as answered_sender
from notice n
join inbox i on i.id = n.inbox_id
join outreach_cycle y on y.id = n.cycle_id
join role r on r.id = y.role_id
join company c on c.id = y.company_id
left join lateral (
    select p.id, p.first_name, p.last_name from contact p
    where p.company_id = y.company_id
      and lower(p.email) = coalesce(nullif(i.sender, ''), i.addresses[1])
    order by p.active desc, p.id limit 1) k on true
left join lateral (
    select e.stage, e.sent_at, e.sender from outreach_log e
    where e.cycle_id = y.id and (e.sent_at is not null or e.uncertain_at is not null)
    order by e.id = i.log_id desc nulls last, e.id desc limit 1) l on true
where n.id = :id and n.sent_at is null and n.given_up_at is null

-- name: people
-- The cycle's candidates, best first (R2); who was never pitched with it is not of it.
select h.candidate_id, p.first_name, p.last_name, h.status
from candidate_outreach_history h
join candidate p on p.id = h.candidate_id
left join match m on m.candidate_id = h.candidate_id and m.role_id = h.role_id
where h.cycle_id = :cycle and h.status <> 'released'
order by m.score desc nulls last, p.start_date, h.candidate_id

-- name: resting
-- Cycles that wait because somebody at the company answered: the company's others, and next roles not begun.
select y.id, r.title, y.held_until
from outreach_cycle y join role r on r.id = y.role_id
where y.id <> :cycle and y.held_until > :now
  and ((y.company_id = :company and (y.status = 'waiting' or y.held_reason = 'company_answered'))
       or (y.parent_cycle_id = :cycle and (y.status = 'waiting' or y.held_reason = 'parent_answered')))
order by y.id

-- name: claim
-- The Message-ID is fixed at the first claim; whom it goes to and what it says is written anew.
update notice
set message_id = coalesce(message_id, :message_id), recipient = :recipient, subject = :subject, text = :text,
    attempts = attempts + 1, in_flight_since = :now
where id = :id
returning message_id

-- name: mark_sent
update notice set sent_at = :now, in_flight_since = null, error = null where id = :id and sent_at is null

-- name: mark_refused
update notice set in_flight_since = null, error = :error where id = :id and sent_at is null and given_up_at is null

-- name: give_up
update notice set given_up_at = :now, in_flight_since = null, error = :error
where id = :id and sent_at is null and given_up_at is null

-- name: hold_all
-- Read with a lock that `hold-all` waits for: after it has returned, nothing more is claimed.
select hold_all from control for share

-- name: set_hold_all
update control set hold_all = :on, changed_at = :now

-- name: in_flight
-- Attempts that may still be talking to a server; older ones belonged to a worker that died.
select count(*)::int from outreach_log where in_flight_since > :since

-- name: email
select * from outreach_log where cycle_id = :cycle and stage = :stage

-- name: cycle_of_email
select cycle_id from outreach_log where id = :log

-- name: email_by_id
select * from outreach_log where id = :log

-- name: mark_uncertain
update outreach_log
set status = 'uncertain', uncertain_at = coalesce(uncertain_at, :now), in_flight_since = null,
    resend = false, error = :error
where id = :log and status in ('sending', 'uncertain')

-- name: allow_resend
update outreach_log set resend = true where id = :log and status = 'uncertain'

-- name: claim
-- R10: one row a stage; its Message-ID is fixed at the first claim, its text is rendered anew (R7).
insert into outreach_log (cycle_id, role_id, company_id, stage, status, urgent, sender, recipients,
                          contact_ids, candidate_ids, subject, text, html, message_id, in_reply_to,
                          template, variant, created_at, in_flight_since, attempts)
values (:cycle, :role, :company, :stage, 'sending', :urgent, :sender, :recipients, :contacts, :candidates,
        :subject, :text, :html, :message_id, :in_reply_to, :template, :variant, :now, :now, 1)
on conflict (cycle_id, stage) do update
    set recipients = excluded.recipients, contact_ids = excluded.contact_ids,
        candidate_ids = excluded.candidate_ids, text = excluded.text, html = excluded.html,
        in_flight_since = excluded.in_flight_since, attempts = outreach_log.attempts + 1
returning id, message_id

-- name: fix_thread
-- R3: fixed when the first e-mail is claimed.
update outreach_cycle set urgent = :urgent, specialist_id = :specialist, subject = :subject
where id = :cycle

-- name: take_slot_for
update outreach_cycle set slot_week = :week where id = :cycle

-- name: mark_sent
update outreach_log
set status = 'sent', sent_at = :now, in_flight_since = null, error = null, refused = :refused,
    deferred = :deferred, service_id = :service_id
where id = :log

-- name: mark_failed
update outreach_log
set status = 'failed', in_flight_since = null, refused = :refused, error = :error where id = :log

-- name: mark_refused
-- Nothing was accepted: on record before the next attempt (R10).
update outreach_log set in_flight_since = null, error = :error where id = :log

-- name: suppress_address
insert into suppressed_address (address, reason, created_at) values (lower(:address), :reason, :now)
on conflict (address) do nothing

-- name: advance
-- The clock of a closed cycle stands still; that an e-mail crossed its end shows in its stage.
update outreach_cycle
set stage = :stage,
    next_action_at = case when status <> 'closed' then :due::timestamptz end,
    waiting_for = case when status = 'active' then 'reply' else waiting_for end
where id = :cycle

-- name: pitch_all
-- R9: a pair is used up once a server has accepted an e-mail with it.
update candidate_outreach_history set status = 'pitched', updated_at = :now
where cycle_id = :cycle and candidate_id = any(:candidates::text[]) and status = 'claimed'

-- name: finish_task
update follow_up_task set status = 'done', completed_at = :now
where cycle_id = :cycle and stage = :stage and status = 'pending'

-- name: plan_task
insert into follow_up_task (cycle_id, stage, due_at, status) values (:cycle, :stage, :due, 'pending')
on conflict (cycle_id, stage) do nothing

-- name: lost
-- Attempts of closed cycles that nobody will record any more.
select id, cycle_id from outreach_log l
where in_flight_since < :before
  and exists (select from outreach_cycle y where y.id = l.cycle_id and y.status = 'closed')
order by cycle_id, id

-- name: sender_of
-- The address a cycle's letters come from: the fixed one, else its company's specialist's (R11).
select coalesce(
    (select l.sender from outreach_log l where l.cycle_id = y.id order by l.id limit 1),
    (select s.email from specialist s where s.id = coalesce(y.specialist_id, c.specialist_id)),
    (select s.email from specialist s where s.is_default))
from outreach_cycle y join company c on c.id = y.company_id
where y.id = :cycle

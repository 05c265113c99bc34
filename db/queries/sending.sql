-- name: hold_all
-- Read with a lock that `hold-all` waits for: after it has returned, nothing more is claimed.
select hold_all, token_key from control for share

-- name: set_hold_all
update control set hold_all = :on, changed_at = :now

-- name: in_flight
-- Attempts that may still be talking to a server; older ones belonged to a worker that died.
select (select count(*) from outreach_log where in_flight_since > :since)::int
     + (select count(*) from notice where in_flight_since > :since)::int

-- name: lock_cycle_of
select * from outreach_cycle where id = (select cycle_id from outreach_log where id = :log) for update

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
        variant = excluded.variant, in_flight_since = excluded.in_flight_since, attempts = outreach_log.attempts + 1
returning id, message_id

-- name: fix_thread
-- R3: fixed when the first e-mail is claimed.
update outreach_cycle set urgent = :urgent, specialist_id = :specialist, subject = :subject
where id = :cycle

-- name: move_due
-- R6: the sending window moves a due time forward.
update outreach_cycle set next_action_at = :due where id = :cycle

-- name: move_task
update follow_up_task set due_at = :due where cycle_id = :cycle and stage = :stage and status = 'pending'

-- name: time_zone_of
select time_zone from company where id = :company

-- name: take_slot_for
update outreach_cycle set slot_week = :week where id = :cycle

-- name: sent
-- All that a server's acceptance changes. R9: a pair is used up once a server has accepted an e-mail with
-- it. The clock of a closed cycle stands still; that an e-mail crossed its end shows in its stage.
with email as (
    update outreach_log
    set status = 'sent', sent_at = :now, in_flight_since = null, error = null, refused = :refused,
        deferred = :deferred, service_id = :service_id
    where id = :log
    returning cycle_id, stage, candidate_ids, variant
), cycle as (
    update outreach_cycle y
    set stage = e.stage, begun_at = coalesce(y.begun_at, :now), variant = coalesce(y.variant, e.variant),
        next_action_at = case when y.status <> 'closed' then :due::timestamptz end,
        waiting_for = case when y.status = 'active' then 'reply' else y.waiting_for end
    from email e where y.id = e.cycle_id
    returning y.id, y.status
), pitches as (
    update candidate_outreach_history h set status = 'pitched', updated_at = :now
    from email e
    where h.cycle_id = e.cycle_id and h.candidate_id = any(e.candidate_ids) and h.status = 'claimed'
), done as (
    update follow_up_task t set status = 'done', completed_at = :now
    from email e where t.cycle_id = e.cycle_id and t.stage = e.stage and t.status = 'pending'
), planned as (
    insert into follow_up_task (cycle_id, stage, due_at, status)
    select id, :coming, :due, 'pending' from cycle where status <> 'closed'
    on conflict (cycle_id, stage) do nothing
)
insert into cycle_event (cycle_id, at, kind, detail) select cycle_id, :now, 'sent', stage from email

-- name: mark_failed
update outreach_log
set status = 'failed', in_flight_since = null, refused = :refused, error = :error where id = :log

-- name: mark_refused
-- Nothing was accepted: on record before the next attempt (R10).
update outreach_log set in_flight_since = null, error = :error where id = :log

-- name: suppress_address
-- One that a person took back is suppressed anew by what is learnt after that.
insert into suppressed_address (address, reason, created_at) values (lower(:address), :reason, :now)
on conflict (address) do update set reason = excluded.reason, created_at = excluded.created_at, lifted_at = null
    where suppressed_address.lifted_at is not null

-- name: finish_task
update follow_up_task set status = 'done', completed_at = :now
where cycle_id = :cycle and stage = :stage and status = 'pending'

-- name: lost
-- Attempts of closed cycles that nobody will record any more.
select id, cycle_id from outreach_log l
where in_flight_since < :before
  and exists (select from outreach_cycle y where y.id = l.cycle_id and y.status = 'closed')
order by cycle_id, id

-- name: lock
-- R7: check and claim, and the recording of a reply, hold the cycle's row.
select * from outreach_cycle where id = :cycle for update

-- name: lock_all
-- Several at once, in the one order.
select * from outreach_cycle where id = any(:cycles::text[]) order by id for update

-- name: find
select * from outreach_cycle where id = :cycle

-- name: insert
insert into outreach_cycle (id, role_id, company_id, run_id, parent_cycle_id, generation, urgent, status,
                            waiting_for, next_action_at, created_at, wait_until, slot_week)
values (:id, :role_id, :company_id, :run_id, :parent_cycle_id, :generation, :urgent, :status,
        :waiting_for, :next_action_at, :created_at, :wait_until, :slot_week)

-- name: insert_pitch
-- `cycle_number` counts a candidate's cycles (R9). Who left the cycle unpitched may come back to it.
insert into candidate_outreach_history (candidate_id, role_id, cycle_id, cycle_number, status,
                                        created_at, updated_at)
select :candidate_id, :role_id, :cycle_id, 1 + count(*), 'claimed', :now, :now
from candidate_outreach_history where candidate_id = :candidate_id
on conflict (cycle_id, candidate_id) do update set status = 'claimed', updated_at = excluded.updated_at
    where candidate_outreach_history.status = 'released'

-- name: names
-- What a cycle's id and summary are made of, and how many cycles the role has had.
select r.id as role_id, r.title, c.name as company_name,
       (select count(*) from outreach_cycle y where y.role_id = r.id)::int as cycles
from role r join company c on c.id = r.company_id
where r.id = any(:roles::text[])

-- name: taken_ids
select id from outreach_cycle where id = any(:ids::text[])

-- name: take_slots
-- R5: one atomic statement; a company whose limit would be exceeded is not returned.
insert into email_limiter (company_id, week_start, used, weekly_limit)
select t.company_id, :week, t.count, coalesce(c.weekly_limit, :weekly_limit)
from unnest(:companies::text[], :counts::int[]) as t(company_id, count)
join company_now c on c.id = t.company_id and coalesce(c.weekly_limit, :weekly_limit) >= t.count
order by t.company_id
on conflict (company_id, week_start) do update
    set used = email_limiter.used + excluded.used, weekly_limit = excluded.weekly_limit
    where email_limiter.used + excluded.used <= excluded.weekly_limit
returning company_id

-- name: return_slot
update email_limiter set used = used - 1
where company_id = :company and week_start = :week and used > 0

-- name: admit
-- R3: once the first e-mail was claimed, its urgency is fixed.
update outreach_cycle
set status = 'active', waiting_for = 'send', next_action_at = :now, wait_until = null, held_until = null,
    slot_week = :week, admitted_run_id = :run,
    urgent = case when subject is null then :urgent else urgent end
where id = :cycle and status = 'waiting'
returning id

-- name: drop_slot
update outreach_cycle set slot_week = null where id = :cycle

-- name: set_active
update outreach_cycle
set status = 'active', waiting_for = :waiting_for, next_action_at = :next_action_at,
    held_reason = null, held_until = null
where id = :cycle

-- name: set_waiting
update outreach_cycle
set status = 'waiting', waiting_for = 'slot', next_action_at = :until, wait_until = :until,
    slot_week = null, held_reason = null, held_until = null
where id = :cycle

-- name: set_held
update outreach_cycle
set status = 'held', waiting_for = 'release', held_reason = :reason, held_until = :until
where id = :cycle

-- name: wait_on
-- A waiting cycle goes on waiting: it asks for no slot until then (domain/cadence.py, `company_answered`).
update outreach_cycle set held_until = :until where id = :cycle and status = 'waiting'

-- name: set_closed
update outreach_cycle
set status = 'closed', outcome = :outcome, closed_at = :now, waiting_for = null, next_action_at = null,
    wait_until = null, held_reason = null, held_until = null,
    held_at_close = held_reason, held_at_close_until = held_until
where id = :cycle

-- name: set_responded
-- It answers the thread as it stands. An e-mail that was answered has arrived, whatever else is known of it.
update outreach_cycle y
set responded_at = :now, answered_stage = coalesce(y.stage, 'initial'),
    begun_at = coalesce(y.begun_at, l.uncertain_at), variant = coalesce(y.variant, l.variant)
from outreach_log l
where y.id = :cycle and y.responded_at is null and l.cycle_id = y.id and l.stage = 'initial'

-- name: cancel_tasks
update follow_up_task set status = 'cancelled', completed_at = :now
where cycle_id = :cycle and status = 'pending'

-- name: set_pitches
update candidate_outreach_history
set status = :status, updated_at = :now,
    responded_at = case when :status = 'responded' then :now else responded_at end
where cycle_id = :cycle and status = any(:of::text[])

-- name: set_pitch
update candidate_outreach_history set status = :status, dropped = :dropped, updated_at = :now
where cycle_id = :cycle and candidate_id = :candidate and status in ('claimed', 'pitched')

-- name: pitches
-- A cycle's candidates who are still put forward: their records as they are now, and their score (R2, R15).
select c.*, coalesce(m.score, '-Infinity') as score
from candidate_outreach_history h
join candidate_now c on c.id = h.candidate_id
left join match m on m.candidate_id = h.candidate_id and m.role_id = h.role_id
where h.cycle_id = :cycle and h.status in ('claimed', 'pitched')

-- name: emails
-- The thread so far, without bodies.
select id, stage, status, message_id, contact_ids, candidate_ids, refused, sender, subject, in_flight_since,
       uncertain_at, sent_at, resend, attempts
from outreach_log where cycle_id = :cycle order by id

-- name: skip_idle_emails
-- Claimed and between two attempts: nobody has handed them over, so nobody will.
update outreach_log set status = 'skipped'
where cycle_id = :cycle and status = 'sending' and in_flight_since is null

-- name: mark_returned
-- Whoever answered has read something, whatever its server said.
update outreach_cycle set returned = true where id = :cycle and not returned and responded_at is null
returning company_id, slot_week

-- name: insert_event
insert into cycle_event (cycle_id, at, kind, detail) values (:cycle, :now, :kind, :detail)

-- name: mark_response
update outreach_log set response_received_at = coalesce(response_received_at, :now) where id = :log

-- name: role_status
select status from role_now where id = :role

-- name: mark_moved_on
update outreach_cycle set moved_on_at = :now where id = :cycle

-- name: children
select * from outreach_cycle where parent_cycle_id = :cycle order by ordinal

-- name: ancestry
-- The roles of a cycle and of all the cycles it came from (R8).
with recursive line as (
    select id, parent_cycle_id, role_id from outreach_cycle where id = :cycle
    union all
    select y.id, y.parent_cycle_id, y.role_id
    from outreach_cycle y join line on y.id = line.parent_cycle_id
)
select role_id from line

-- name: touched_by_records
-- R15: open cycles whose role is no longer open, or one of whose candidates is no longer to be had.
select y.id from outreach_cycle y
join role_now r on r.id = y.role_id
where y.status = any(:statuses::text[])
  and (r.status <> 'open'
       or exists (select from candidate_outreach_history h
                  join candidate_now c on c.id = h.candidate_id
                  where h.cycle_id = y.id and h.status in ('claimed', 'pitched')
                    and (c.status <> 'available' or c.start_date < :today)))
order by y.id

-- name: open_of_role
select id from outreach_cycle where role_id = :role and status <> 'closed' order by id

-- name: open_of_candidate
select y.id from outreach_cycle y
join candidate_outreach_history h on h.cycle_id = y.id and h.status in ('claimed', 'pitched')
where h.candidate_id = :candidate and y.status <> 'closed' order by y.id

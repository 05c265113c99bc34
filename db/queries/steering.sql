-- name: candidate_exists
select id from candidate where id = :candidate

-- name: role_exists
select id from role where id = :role

-- name: company_exists
select id from company where id = :company

-- name: resting
-- Held, or asked to wait on, because of what came in with the mail.
select id from outreach_cycle
where company_id = :company
  and ((status = 'held' and held_reason = any(:reasons::text[]))
       or (status = 'waiting' and held_until is not null))
order by id

-- name: change_candidate
-- What the system learnt is never undone by a load (SPEC section 4); placed stays placed.
insert into candidate_change (candidate_id, status, created_at) values (:candidate, :status, :now)
on conflict (candidate_id) do update set status = excluded.status, created_at = excluded.created_at
    where candidate_change.status = 'withdrawn' and excluded.status = 'placed'

-- name: candidate_status
select status from candidate_now where id = :candidate

-- name: end_answered
-- An answer that waits for the outcome of somebody who is no longer to be had waits for nothing (R15).
update candidate_outreach_history h set status = 'withdrawn', updated_at = :now
from candidate_now c
where c.id = h.candidate_id and h.status = 'responded' and c.status <> 'available'

-- name: change_role
insert into role_change (role_id, status, created_at) values (:role, :status, :now)
on conflict (role_id) do update set status = excluded.status, created_at = excluded.created_at
    where role_change.status = 'closed' and excluded.status = 'filled'

-- name: role_status
select status from role_now where id = :role

-- name: cycle_of
-- A cycle by its own id, or by the id of one of its e-mails: which is a number, and no cycle's id is one.
select y.id, null::bigint as log_id from outreach_cycle y where y.id = :id
union all
select l.cycle_id, l.id from outreach_log l
where l.id = case when :id ~ '^[1-9][0-9]{0,17}$' then :id::bigint end
limit 1

-- name: events
select at, kind, detail from cycle_event where cycle_id = :cycle order by id

-- name: uncertain_email
select id, stage, uncertain_at, candidate_ids, refused from outreach_log
where cycle_id = :cycle and status = 'uncertain' order by id desc limit 1

-- name: overdue
-- Active cycles whose time has come; their workflows look again.
select id from outreach_cycle
where status = 'active' and next_action_at <= :now and (:cycle::text is null or id = :cycle)
order by urgent desc, next_action_at, id

-- name: to_run
-- R17: cycles that should have a running workflow: open ones, and closed ones whose candidates have not
-- moved on. Left out are those whose run, parent, or decline (of whom, says `declined`) may still be
-- starting them.
-- The workflow of one that was answered, and is open because that was taken back, has completed.
select y.id, y.status, y.run_id, y.parent_cycle_id, r.finished_at is null and y.run_id is not null as run_open,
       exists (select from cycle_event e where e.cycle_id = y.id and e.kind = 'taken_back') as reopened,
       array(select h.candidate_id from candidate_outreach_history h
             where h.cycle_id = y.parent_cycle_id and h.moved_on_at = y.created_at) as declined
from outreach_cycle y
left join outreach_run r on r.id = y.run_id
where y.status <> 'closed'
   or (y.outcome in ('no_response', 'undeliverable', 'not_admitted', 'role_closed') and y.moved_on_at is null)
order by y.id

-- name: unheard
-- Admitted cycles that have not begun, and active ones whose time is long past.
select id, admitted_run_id is not null and stage is null as admitted
from outreach_cycle
where status = 'active'
  and ((admitted_run_id is not null and stage is null) or next_action_at < :before)
order by id

-- name: untold
-- Of the last day: active cycles that were let go on, are due, and have done nothing since; closed ones whose
-- candidates have not moved on. Their workflows may have heard of it all the same, and wait for a mail server.
select y.id, y.status
from outreach_cycle y
join lateral (select e.kind, e.at from cycle_event e where e.cycle_id = y.id order by e.id desc limit 1) e on true
where y.status = 'active' and y.next_action_at < :before and e.kind = 'released'
  and e.at < :before and greatest(e.at, y.next_action_at) >= :since and not (select hold_all from control)
  and not exists (select from outreach_log l
                  where l.cycle_id = y.id and greatest(l.created_at, l.in_flight_since) >= e.at)
union all
select y.id, y.status
from outreach_cycle y
where y.closed_at between :since and :before and y.moved_on_at is null
  and y.outcome in ('no_response', 'undeliverable', 'not_admitted', 'role_closed')
order by id

-- name: unrested
-- Cycles answered lately, because of which another one should rest (db/inbox.py, `rest_others`) that neither
-- rests, nor was released since, nor waits for a person.
select y.id from outreach_cycle y
where y.responded_at > :now::timestamptz - :rest::interval and (:cycle::text is null or y.id = :cycle)
  and exists (
    select from outreach_cycle o
    where o.id <> y.id and o.status <> 'closed' and o.created_at <= y.responded_at
      and (o.company_id = y.company_id
           or (o.parent_cycle_id = y.id and o.stage is null and y.outcome <> 'responded'))
      and (o.held_until is null or o.held_until < y.responded_at + :rest::interval)
      and (o.status <> 'held' or o.held_reason = any(:reasons::text[]))
      and not exists (select from cycle_event e
                      where e.cycle_id = o.id and e.kind = 'released' and e.at >= y.responded_at))
order by y.id

-- name: known
select id from outreach_cycle where id = any(:cycles::text[])

-- name: candidate_exists
select id from candidate where id = :candidate

-- name: role_exists
select id from role where id = :role

-- name: change_candidate
-- What the system learnt is never undone by a load (SPEC section 4); placed stays placed.
insert into candidate_change (candidate_id, status, created_at) values (:candidate, :status, :now)
on conflict (candidate_id) do nothing

-- name: change_role
insert into role_change (role_id, status, created_at) values (:role, :status, :now)
on conflict (role_id) do nothing

-- name: cycle_of
-- A cycle by its own id, or by the id of one of its e-mails.
select y.id, l.id as log_id
from outreach_cycle y
left join outreach_log l on l.cycle_id = y.id and l.id::text = :id
where y.id = :id or l.id is not null
limit 1

-- name: events
select at, kind, detail from cycle_event where cycle_id = :cycle order by id

-- name: uncertain_email
select id, stage, uncertain_at, candidate_ids, refused from outreach_log
where cycle_id = :cycle and status = 'uncertain' order by id desc limit 1

-- name: standing
-- Open cycles, closed ones whose candidates have not moved on.
select * from standing_cycle

-- name: page
-- As `standing`; urgent first, then by time.
select * from standing_cycle
where (:after_id::text is null
       or (not urgent, at, cycle_id) > (not :after_urgent::boolean, :after_at::timestamptz, :after_id))
order by not urgent, at, cycle_id limit :most

-- name: wanting
-- What wants a person's eye: held, stuck, put off, overdue, not moved on; urgent first, then by time.
select *, count(*) over () as total from standing_cycle
where status = 'held' or status = 'closed'
   or (status = 'active' and case
           when in_flight_since is not null then in_flight_since <= :stuck_before
           else (email_status is not null and error is not null) or next_action_at <= :overdue_before end)
order by not urgent, at, cycle_id limit :most

-- name: due
-- What is to go out or to end by itself until some time; urgent first, then by time.
select *, count(*) over () as total from standing_cycle
where status = 'active' and in_flight_since is null and (email_status is null or error is null)
  and next_action_at > :overdue_before and next_action_at < :until
order by not urgent, at, cycle_id limit :most

-- name: tasks
-- The readable mirror of the workflows' timers (SPEC section 4).
select t.cycle_id, t.stage, t.due_at, y.status, y.urgent, y.role_id, r.title, y.company_id, c.name as company
from follow_up_task t
join outreach_cycle y on y.id = t.cycle_id
join role r on r.id = y.role_id
join company c on c.id = y.company_id
where t.status = 'pending' and (:cycle::text is null or t.cycle_id = :cycle)
  and (:after_id::text is null
       or (not y.urgent, t.due_at, t.cycle_id) > (not :after_urgent::boolean, :after_at::timestamptz, :after_id))
order by not y.urgent, t.due_at, t.cycle_id limit :most

-- name: hold_all
select hold_all from control

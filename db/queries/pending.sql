-- name: standing
-- Open cycles, closed ones whose candidates have not moved on, each with its e-mail that has no end yet.
select y.id as cycle_id, y.role_id, r.title, y.company_id, c.name as company, y.generation, y.urgent,
       y.status, y.stage, y.next_action_at, y.wait_until, y.held_until, y.held_reason, y.closed_at,
       l.status as email_status, l.in_flight_since, coalesce(l.attempts, 0) as attempts, l.error
from outreach_cycle y
join role r on r.id = y.role_id
join company c on c.id = y.company_id
left join lateral (select l.status, l.in_flight_since, l.attempts, l.error from outreach_log l
                   where l.cycle_id = y.id and l.status in ('sending', 'uncertain')
                   order by l.id desc limit 1) l on true
where y.status <> 'closed' or (y.outcome = any(:moves_on::text[]) and y.moved_on_at is null)

-- name: tasks
-- The readable mirror of the workflows' timers (SPEC section 4).
select t.cycle_id, t.stage, t.due_at, y.status, y.urgent, y.role_id, r.title, y.company_id, c.name as company
from follow_up_task t
join outreach_cycle y on y.id = t.cycle_id
join role r on r.id = y.role_id
join company c on c.id = y.company_id
where t.status = 'pending' and (:cycle::text is null or t.cycle_id = :cycle)
order by y.urgent desc, t.due_at, t.cycle_id

-- name: hold_all
select hold_all from control

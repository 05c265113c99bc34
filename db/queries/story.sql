-- name: cycles
-- Each cycle as the live view shows it: where it stands and what comes next.
select y.id, c.name as company, r.title, y.generation, y.urgent, y.status, y.stage, y.outcome,
       y.next_action_at, y.closed_at, y.held_reason,
       (select count(*) from candidate_outreach_history h
        where h.cycle_id = y.id and h.status not in ('withdrawn', 'released'))::int as candidates,
       exists (select from outreach_log l where l.cycle_id = y.id and l.in_flight_since is not null)
           as sending
from outreach_cycle y
join role r on r.id = y.role_id
join company c on c.id = y.company_id
order by y.closed_at desc nulls first, y.urgent desc, y.next_action_at nulls last, y.id

-- name: events
select e.id, e.at, e.kind, e.detail, e.cycle_id, r.title, c.name as company
from cycle_event e
join outreach_cycle y on y.id = e.cycle_id
join role r on r.id = y.role_id
join company c on c.id = y.company_id
where e.id > :after order by e.id

-- name: of_message
select id, cycle_id, role_id, stage from outreach_log where message_id = :message_id

-- name: endings
select coalesce(outcome, 'still ' || status) as ending, count(*)::int as count
from outreach_cycle group by 1 order by 2 desc, 1

-- name: counts
select (select count(*) from outreach_log where status = 'sent')::int as emails,
       (select count(*) from outreach_cycle where responded_at is not null)::int as replies

-- name: came_in
select kind, count(*)::int as count from inbox where form = 'mail' group by 1 order by 2 desc, 1

-- name: figures
select count(*)::int as cycles, coalesce(max(generation), 0) as generations,
       count(distinct company_id)::int as companies,
       count(*) filter (where admitted_run_id is not null)::int as admitted,
       count(*) filter (where responded_at is not null)::int as replies,
       (select count(*) from outreach_log where status = 'sent')::int as emails
from outreach_cycle

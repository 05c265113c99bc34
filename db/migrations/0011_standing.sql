-- How a cycle stands, with its e-mail that has no end yet, and when what it waits for is, or was, to happen:
-- the same for every list (domain/pending.py). Open cycles, and closed ones whose candidates have not moved on.
create view standing_cycle as
select y.id as cycle_id, y.role_id, r.title, y.company_id, c.name as company, y.generation, y.urgent,
       y.status, y.stage, y.outcome, y.next_action_at, y.wait_until, y.held_until, y.held_reason, y.closed_at,
       y.moved_on_at, l.status as email_status, l.in_flight_since, coalesce(l.attempts, 0) as attempts, l.error,
       coalesce(case when y.status = 'closed' then y.closed_at
                     when y.status = 'held' then coalesce(y.held_until, y.next_action_at)
                     when y.status = 'waiting' then y.wait_until
                     else coalesce(l.in_flight_since, y.next_action_at) end, y.created_at) as at
from outreach_cycle y
join role r on r.id = y.role_id
join company c on c.id = y.company_id
left join lateral (select l.status, l.in_flight_since, l.attempts, l.error from outreach_log l
                   where l.cycle_id = y.id and l.status in ('sending', 'uncertain')
                   order by l.id desc limit 1) l on true
where y.status <> 'closed'
   or (y.moved_on_at is null and y.outcome in ('no_response', 'undeliverable', 'not_admitted', 'role_closed'));

drop index cycle_not_moved_on;
create index cycle_not_moved_on on outreach_cycle (closed_at)
    where moved_on_at is null and outcome in ('no_response', 'undeliverable', 'not_admitted', 'role_closed');

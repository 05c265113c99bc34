-- name: run
select id, planned, passed_over, finished_at,
       (select count(*) from outreach_cycle y where y.admitted_run_id = r.id)::int as admitted
from outreach_run r where r.id = :run

-- name: first_emails
-- Where the first e-mail of every cycle of a run stands; an e-mail counts before its cycle's status.
select case
           when l.status = 'sent' then 'sent'
           when l.status in ('failed', 'skipped') then l.status
           when y.status = 'closed' then coalesce(y.outcome, 'closed')
           when y.held_reason = 'approval' then 'approval'
           when y.status = 'held' then 'held'
           when y.status = 'waiting' then 'waiting'
           when l.in_flight_since is null and c.hold_all then 'held'
           when y.next_action_at > :now::timestamptz + interval '2 seconds' then 'later'
           when l.status = 'uncertain' then 'sending_again'
           when l.error is not null and l.in_flight_since is null then 'put_off'
           else 'coming'
       end as standing, count(*)::int as count
from outreach_cycle y
cross join control c
left join outreach_log l on l.cycle_id = y.id and l.stage = 'initial'
where y.run_id = :run or y.admitted_run_id = :run
group by 1

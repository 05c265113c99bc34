-- name: cycles
select status, outcome, urgent, count(*)::int as count from outreach_cycle group by 1, 2, 3

-- name: emails
select stage, status, count(*)::int as count from outreach_log group by 1, 2

-- name: totals
-- A thread began once a server accepted its first e-mail; a reply counts once a cycle.
select (select hold_all from control) as hold_all,
       (select count(*) from draft where status = 'waiting')::int as approvals,
       (select count(*) from outreach_cycle where begun_at is not null)::int as threads,
       (select count(*) from outreach_cycle where responded_at is not null)::int as replies,
       (select count(*) from company_now where not suppressed)::int as companies,
       (select count(*) from role_now where status = 'open')::int as open_roles,
       (select count(*) from live_pitches(:today, :zone, :reply_expiry_days))::int as live_pitches

-- name: slots
-- R5: the company's limit of the moment decides what is left.
select coalesce(sum(l.used), 0)::bigint as used,
       coalesce(sum(greatest(coalesce(c.weekly_limit, :weekly_limit) - coalesce(l.used, 0), 0))
                filter (where not c.suppressed), 0)::bigint as left
from company_now c
left join email_limiter l on l.company_id = c.id and l.week_start = :week

-- name: candidates_by_start
-- Grouped by what urgency depends on, so that R3 stands in one place (domain/urgency.py).
select c.start_date, c.visa_required, l.candidate_id is not null as live, count(*)::int as count
from candidate_now c
left join (select distinct candidate_id from live_pitches(:today, :zone, :reply_expiry_days)) l
       on l.candidate_id = c.id
where c.status = 'available' and c.start_date >= :today
group by 1, 2, 3

-- name: last_run
select id, created_at, planned, jsonb_array_length(passed_over) as passed_over, finished_at
from outreach_run order by created_at desc, id desc limit 1

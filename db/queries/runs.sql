-- name: page
select r.id, r.created_at, r.week_start, r.planned, r.started, r.finished_at,
       jsonb_array_length(r.passed_over) as passed_over,
       (select count(*) from outreach_cycle y where y.admitted_run_id = r.id)::int as admitted
from outreach_run r
where (:id::text is null or r.id = :id)
  and (:before_id::text is null or (r.created_at, r.id) < (:before::timestamptz, :before_id))
order by r.created_at desc, r.id desc limit :most

-- name: passed_over
select p.role_id, r.title, c.name as company, p.reason
from outreach_run u, jsonb_to_recordset(u.passed_over) as p(role_id text, reason text)
join role r on r.id = p.role_id
join company c on c.id = r.company_id
where u.id = :id order by p.role_id collate "C"

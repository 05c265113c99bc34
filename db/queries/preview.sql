-- name: any_role
select exists (select from role)

-- name: role_statuses
select id, status from role_now where id = any(:roles::text[])

-- name: roles
-- What speaks for and against a role, for the person who reads a plan.
select r.id, r.title, r.company_id, c.name as company, coalesce(c.weekly_limit, :weekly_limit) as weekly_limit,
       coalesce(l.used, 0) as used, o.id as open_cycle_id
from role r
join company_now c on c.id = r.company_id
left join email_limiter l on l.company_id = c.id and l.week_start = :week
left join outreach_cycle o on o.role_id = r.id and o.status <> 'closed'
where r.id = any(:roles::text[])

-- name: names
select id, first_name, last_name from candidate where id = any(:candidates::text[])

-- name: not_taken
-- The best matches of each role down to a score, some of them taken, each with what could speak against it.
select m.*
from unnest(:roles::text[], :down_to::float8[]) as asked(role_id, down_to)
cross join lateral (
    select m.role_id, m.candidate_id, m.score, c.first_name, c.last_name, c.status, c.start_date,
           c.visa_required,
           exists (select from candidate_outreach_history h
                   where h.candidate_id = m.candidate_id and h.role_id = m.role_id
                     and h.status <> 'released') as pitched,
           exists (select from candidate_outreach_history d
                   where d.candidate_id = m.candidate_id and d.role_id = m.role_id and d.dropped) as dropped
    from match m
    join candidate_now c on c.id = m.candidate_id
    where m.role_id = asked.role_id and m.score >= asked.down_to
    order by m.score desc, c.start_date, m.candidate_id
    limit :most
) m

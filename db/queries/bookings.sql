-- name: find_run
select r.planned, jsonb_array_length(r.passed_over) as passed_over, r.finished_at, r.started,
       (select count(*) from outreach_cycle y where y.admitted_run_id = r.id)::int as admitted
from outreach_run r where r.id = :run

-- name: insert_run
insert into outreach_run (id, created_at, week_start, planned, passed_over)
values (:id, :now, :week, :planned, :passed_over)

-- name: finish_run
update outreach_run set finished_at = coalesce(finished_at, :now), started = :started where id = :run

-- name: cycles_of_run
-- The run's own cycles and the waiting ones it admitted, urgent ones first (R3), by `place`.
select y.id, coalesce(y.run_id = :run, false) as fresh, p.place
from outreach_cycle y
cross join lateral (select case when y.urgent then '0/' else '1/' end || y.id as place) p
where (y.run_id = :run or y.admitted_run_id = :run) and (:after::text is null or p.place > :after)
order by p.place limit :most

-- name: starts
select y.*, r.title, c.name as company_name,
       array(select h.candidate_id from candidate_outreach_history h
             where h.cycle_id = y.id and h.status in ('claimed', 'pitched')
             order by h.candidate_id) as candidate_ids
from outreach_cycle y
join role r on r.id = y.role_id
join company c on c.id = y.company_id
where y.id = any(:cycles::text[])

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
-- The run's own cycles and the waiting ones it admitted, in order of id.
select id, coalesce(run_id = :run, false) as fresh
from outreach_cycle
where (run_id = :run or admitted_run_id = :run) and (:after::text is null or id > :after)
order by id limit :most

-- name: movers
-- R8: who is still to be had, in R2's order.
select h.candidate_id
from candidate_outreach_history h
join candidate_now c on c.id = h.candidate_id and c.status = 'available' and c.start_date >= :today
left join match m on m.candidate_id = h.candidate_id and m.role_id = h.role_id
where h.cycle_id = :cycle and h.status not in ('withdrawn', 'placed')
order by coalesce(m.score, '-Infinity') desc, c.start_date, h.candidate_id

-- name: options
-- R8: a candidate's next best roles, pitchable but for the weekly limit, outside the cycle's ancestry.
select m.role_id, s.company_id, m.score, c.start_date, c.visa_required
from match m
join candidate c on c.id = m.candidate_id
join role_standing(:today, :zone, :reply_expiry_days, :role_rest_days) s on s.role_id = m.role_id
where m.candidate_id = :candidate and m.score >= :min_match_score
  and s.reason is null and s.waiting_cycle_id is null
  and m.role_id <> all(:ancestry::text[])
  and not exists (select from candidate_outreach_history h
                  where h.candidate_id = m.candidate_id and h.role_id = m.role_id
                    and h.status <> 'released')
order by m.score desc, m.role_id
limit :most offset :start

-- name: waiting_of_company
select count(*)::int from outreach_cycle where company_id = :company and status = 'waiting'

-- name: starts
select y.*, r.title, c.name as company_name,
       array(select h.candidate_id from candidate_outreach_history h
             where h.cycle_id = y.id and h.status in ('claimed', 'pitched')
             order by h.candidate_id) as candidate_ids
from outreach_cycle y
join role r on r.id = y.role_id
join company c on c.id = y.company_id
where y.id = any(:cycles::text[])

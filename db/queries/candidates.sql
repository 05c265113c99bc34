-- name: page
-- Urgent ones first, then by start; who is no longer to be had last. Live pitches are counted for all at once,
-- what costs more (see `momentum`) for those of the page alone.
with live as materialized (
    select candidate_id, count(*)::int as live
    from live_pitches(:today, :zone, :reply_expiry_days) group by 1
), ranked as (
    select c.id, c.first_name, c.last_name, c.status, c.visa_required, c.start_date, coalesce(l.live, 0) as live_pitches,
           c.status = 'available' and c.start_date >= :today as here,
           c.start_date < case when c.visa_required then :urgent_with_visa::date else :urgent_without::date end as soon
    from candidate_now c left join live l on l.candidate_id = c.id
), placed as (
    select *, here and soon as urgent, case when not here then 2 when soon then 0 else 1 end as place from ranked
)
select * from placed
where (:id::text is null or id = :id)
  and (:status::text is null or status = :status)
  and (:urgent::boolean is null or urgent = :urgent)
  and (:live::boolean is null or (live_pitches > 0) = :live)
  and (:pattern::text is null or (first_name || ' ' || last_name) ilike :pattern or id ilike :pattern)
  and (:after_id::text is null or (place, start_date, id) > (:after_place::int, :after_start::date, :after_id))
order by place, start_date, id limit :most

-- name: momentum
-- A role is left while it is open and nobody there has been sent this candidate. Older cycles than the last
-- ten are not looked at for the last e-mail: there are three live ones at most.
with open_role as materialized (select id from role_now where status = 'open')
select t.id, coalesce(p.cycles, 0) as cycles, coalesce(p.generation, 0) as generation,
       (select max(l.sent_at) from outreach_log l
        where l.cycle_id = any(p.latest[:10]) and l.sent_at is not null) as last_touched_at,
       (select count(*) from (select m.role_id from match m
                              where m.candidate_id = t.id and m.score >= :min_match_score
                              except
                              select h.role_id from candidate_outreach_history h
                              where h.candidate_id = t.id and h.status <> 'released') e
        where e.role_id in (select id from open_role))::int as roles_left
from unnest(:ids::text[]) as t(id)
left join lateral (
    select count(*)::int as cycles, max(y.generation) as generation,
           array_agg(y.id order by y.ordinal desc) as latest
    from candidate_outreach_history h
    join outreach_cycle y on y.id = h.cycle_id
    where h.candidate_id = t.id and h.status <> 'released'
) p on true

-- name: record
select bio, skills, interests, university, end_date from candidate where id = :id

-- name: pitches
select h.cycle_id, h.role_id, r.title, y.company_id, c.name as company, y.generation, h.cycle_number, m.score,
       h.status, y.status as cycle_status, y.outcome, l.cycle_id is not null as live, h.created_at, h.responded_at,
       h.interview_at, h.outcome_at
from candidate_outreach_history h
join outreach_cycle y on y.id = h.cycle_id
join role r on r.id = h.role_id
join company c on c.id = y.company_id
left join match m on m.candidate_id = h.candidate_id and m.role_id = h.role_id
left join live_pitches(:today, :zone, :reply_expiry_days) l
       on l.candidate_id = h.candidate_id and l.cycle_id = h.cycle_id
where h.candidate_id = :id
order by y.ordinal desc limit :most

-- name: titles
select r.id as role_id, r.title, r.company_id, c.name as company
from role r join company c on c.id = r.company_id where r.id = any(:roles::text[])

-- name: version
select coalesce(max(id), 0) from cycle_event

-- name: facets
-- Threads by what their row alone tells, counted in one pass; rolled up by whoever asked.
select f.*, s.name as specialist
from (select coalesce(specialist_id, '') as specialist_id, urgent, generation, coalesce(variant, '') as variant,
             stage, answered_stage, count(*)::int as threads
      from outreach_cycle
      where begun_at >= :since and begun_at < :until
      group by 1, 2, 3, 4, 5, 6) f
left join specialist s on s.id = f.specialist_id

-- name: roles
-- Threads by role, and rolled up from that by company and industry (a letter's: the company's, else the
-- role's): those with the most threads, and how many groups there are.
with by_role as materialized (
    select role_id, company_id, count(*) as threads, count(responded_at) as replies
    from outreach_cycle
    where begun_at >= :since and begun_at < :until
    group by 1, 2
)
(select 'role' as dimension, b.role_id as id, r.title || ', ' || c.name as name,
        b.threads::int as threads, b.replies::int as replies, b.groups::int as groups
 from (select role_id, min(company_id) as company_id, sum(threads) as threads, sum(replies) as replies,
              count(*) over () as groups
       from by_role group by role_id
       order by sum(threads) desc, role_id limit :most) b
 join role r on r.id = b.role_id
 join company c on c.id = b.company_id)
union all
(select 'company', b.company_id, c.name, b.threads::int, b.replies::int, b.groups::int
 from (select company_id, sum(threads) as threads, sum(replies) as replies, count(*) over () as groups
       from by_role group by company_id
       order by sum(threads) desc, company_id limit :most) b
 join company c on c.id = b.company_id)
union all
(select 'industry', b.industry, b.industry, b.threads::int, b.replies::int, b.groups::int
 from (select coalesce(nullif(c.industry, ''), r.industry) as industry, sum(threads) as threads,
              sum(replies) as replies, count(*) over () as groups
       from by_role join role r on r.id = role_id join company c on c.id = by_role.company_id
       group by 1
       order by sum(threads) desc, 1 limit :most) b)
order by dimension, threads desc, id

-- name: steps
-- For the survival curve: how many threads were answered, or seen no further, within so many steps of a
-- length in seconds. An answer that came after the close is not seen.
select ceil(greatest(date_part('epoch', least(responded_at, closed_at, :now) - begun_at), 0) / :step)::int
           as within,
       coalesce(responded_at <= coalesce(closed_at, 'infinity'), false) as answered,
       count(*)::int as threads
from outreach_cycle
where begun_at >= :since and begun_at < :until
group by 1, 2 order by 1, 2

-- name: funnel
-- The pitches of threads, and the candidates in them, by how far they came. A thread was returned if each of
-- its e-mails came back from everybody who had not refused it; few are, so each is looked up. Of every thread
-- (`ever`), what a pitch has become says that its thread has begun (R9), unless it was withdrawn: most need no
-- look at their cycle.
with returned as materialized (
    select l.cycle_id
    from outreach_log l
    cross join lateral (select stage from outreach_cycle
                        where id = l.cycle_id and responded_at is null offset 0) y
    where l.bounced <> '{}' and l.sent_at is not null
    group by l.cycle_id, y.stage
    having bool_and(not exists (select from unnest(l.recipients) one
                                where not l.bounced ? one and not l.refused ? one))
       and count(*) = array_position(array['initial', 'follow_up_1', 'follow_up_2', 'follow_up_3'], y.stage)
), by_candidate as (
    select h.candidate_id, count(*) as pitched, count(h.responded_at) as replied,
           count(*) filter (where h.interview_at is not null or h.status = 'placed') as interview,
           count(*) filter (where h.status = 'placed') as placed
    from candidate_outreach_history h
    where h.status not in ('claimed', 'released')
      and ((:ever and h.status <> 'withdrawn')
           or h.cycle_id in (select id from outreach_cycle where begun_at >= :since and begun_at < :until))
    group by 1
), undelivered as (
    select h.candidate_id, count(*) as pitches
    from candidate_outreach_history h
    join returned b on b.cycle_id = h.cycle_id
    join outreach_cycle y on y.id = h.cycle_id
    where h.status not in ('claimed', 'released') and y.begun_at >= :since and y.begun_at < :until
    group by 1
), reached as (
    select c.*, c.pitched - coalesce(u.pitches, 0) as delivered
    from by_candidate c left join undelivered u on u.candidate_id = c.candidate_id
)
select coalesce(sum(pitched), 0)::int as pitched, count(*)::int as pitched_candidates,
       coalesce(sum(delivered), 0)::int as delivered,
       count(*) filter (where delivered > 0)::int as delivered_candidates,
       coalesce(sum(replied), 0)::int as replied,
       count(*) filter (where replied > 0)::int as replied_candidates,
       coalesce(sum(interview), 0)::int as interview,
       count(*) filter (where interview > 0)::int as interview_candidates,
       coalesce(sum(placed), 0)::int as placed, count(*) filter (where placed > 0)::int as placed_candidates
from reached

-- name: starts
-- Candidates who can still be placed, by what urgency depends on (domain/urgency.py) and by live pitches;
-- those without one are named.
select c.start_date, c.visa_required, coalesce(l.live, 0)::int as live, count(*)::int as people,
       array_agg(c.id order by c.id) filter (where l.live is null) as idle
from candidate_now c
left join (select candidate_id, count(*) as live from live_pitches(:today, :zone, :reply_expiry_days)
           group by 1) l on l.candidate_id = c.id
where c.status = 'available' and c.start_date >= :today
group by 1, 2, 3

-- name: people
-- Candidates, whoever starts first, with their pitches so far.
select c.id as candidate_id, c.first_name || ' ' || c.last_name as name, c.visa_required, c.start_date,
       (select count(*) from candidate_outreach_history h
        where h.candidate_id = c.id and h.status not in ('claimed', 'released'))::int as pitches
from candidate c where c.id = any(:candidates::text[])
order by c.start_date, c.id

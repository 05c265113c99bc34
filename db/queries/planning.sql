-- name: lock_bookings
-- R17: every booking is one transaction under this one lock; a second one waits and plans what is left.
select pg_advisory_xact_lock(7226002)

-- name: lock_waiting
-- Cycle rows come second in the order of locks, by id.
select id from outreach_cycle where status = 'waiting' order by id for update

-- name: plan_each_anew
-- A plan for any day and any number of roles takes several times as long as one for those that are asked about.
set local plan_cache_mode = force_custom_plan

-- name: standing
-- R1 for all open roles, or for those named, or for those of some companies.
select s.role_id, s.company_id, s.waiting_cycle_id, s.reason
from role_standing(:today, :zone, :reply_expiry_days, :role_rest_days, :lifted) s
where (:roles::text[] is null or s.role_id = any(:roles::text[]))
  and (:companies::text[] is null or s.company_id = any(:companies::text[]))

-- name: live_counts
select candidate_id, count(*)::int as live
from live_pitches(:today, :zone, :reply_expiry_days)
group by candidate_id

-- name: best
-- R2: the best eligible candidates of each role, an index walk a role that stops when it has enough.
-- Written on the tables, not on candidate_now: the planner then knows how many are available.
-- Whom a person took out of a cycle does not come back to it; the mark goes with the cycle's end.
-- Those who are left out are many: as JSON the driver hands them over at once.
select m.role_id, m.candidate_id, m.score, m.start_date, m.visa_required
from unnest(:roles::text[]) as asked(role_id)
cross join lateral (
    select m.role_id, m.candidate_id, m.score, c.start_date, c.visa_required
    from match m
    join candidate c on c.id = m.candidate_id
    where m.role_id = asked.role_id
      and m.score >= :min_match_score
      and c.status = 'available' and c.start_date >= :today
      and not exists (select from candidate_change x where x.candidate_id = c.id)
      and m.candidate_id not in (select jsonb_array_elements_text(:without::jsonb))
      and not exists (select from candidate_outreach_history h
                      where h.candidate_id = m.candidate_id and h.role_id = m.role_id
                        and h.status <> 'released')
      and not exists (select from candidate_outreach_history d
                      where d.candidate_id = m.candidate_id and d.role_id = m.role_id and d.dropped)
    order by m.score desc, c.start_date, m.candidate_id
    limit :depth
) m

-- name: own
-- The candidates of waiting cycles who are still to be had; looked up cycle by cycle, which are few.
select h.cycle_id, h.candidate_id, coalesce(m.score, '-Infinity') as score, c.start_date, c.visa_required
from unnest(:cycles::text[]) as y(id)
cross join lateral (select cycle_id, candidate_id, role_id from candidate_outreach_history
                    where cycle_id = y.id and status in ('claimed', 'pitched') offset 0) h
join candidate_now c on c.id = h.candidate_id and c.status = 'available' and c.start_date >= :today
left join match m on m.candidate_id = h.candidate_id and m.role_id = h.role_id

-- name: slots
-- R5: the company's limit of the moment decides.
select c.id as company_id, coalesce(c.weekly_limit, :weekly_limit) as weekly_limit,
       coalesce(l.used, 0) as used
from company_now c
left join email_limiter l on l.company_id = c.id and l.week_start = :week
where :companies::text[] is null or c.id = any(:companies::text[])

-- name: faces
-- Who would write and who would read, for the companies of a plan (R11).
select c.id as company_id, s.email as sender,
       array(select p.email from partner_contact p where p.company_id = c.id order by p.id) as recipients
from company_now c
join lateral (select s.email from specialist s
              where s.id = c.specialist_id or (c.specialist_id is null and s.is_default)) s on true
where c.id = any(:companies::text[])

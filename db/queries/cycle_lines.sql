-- name: custom_plans
-- What nobody asked for is planned away: a list's many filters cost nothing where they are not used.
set local plan_cache_mode = force_custom_plan

-- name: unknown
-- The ids asked for that no record has.
select t.noun, t.id
from (values ('company', :company::text), ('role', :role), ('candidate', :candidate),
             ('specialist', :specialist), ('run', :run)) t(noun, id)
where t.id is not null and not case t.noun
    when 'company' then exists (select from company x where x.id = t.id)
    when 'role' then exists (select from role x where x.id = t.id)
    when 'candidate' then exists (select from candidate x where x.id = t.id)
    when 'specialist' then exists (select from specialist x where x.id = t.id)
    else exists (select from outreach_run x where x.id = t.id) end

-- name: roles_like
select r.id from role r join company c on c.id = r.company_id
where r.title ilike :pattern or c.name ilike :pattern
   or (r.title || ' at ' || c.name) ilike :pattern or (c.name || ' ' || r.title) ilike :pattern

-- name: candidates_like
select id from candidate where (first_name || ' ' || last_name) ilike :pattern

-- name: page
-- Newest first. Few people of a name are looked up from their pitches; many are met soon, walking back.
select y.id as cycle_id, y.role_id, r.title, y.company_id, c.name as company, y.generation, y.urgent,
       y.status, y.stage, y.next_action_at, y.wait_until, y.held_until, y.held_reason, y.closed_at,
       l.status as email_status, l.in_flight_since, coalesce(l.attempts, 0) as attempts, l.error,
       y.outcome, y.created_at, y.responded_at, y.run_id, y.parent_cycle_id, y.ordinal, y.moved_on_at,
       coalesce(y.specialist_id, c.specialist_id, d.id) as specialist_id
from outreach_cycle y
join role r on r.id = y.role_id
join company c on c.id = y.company_id
left join specialist d on d.is_default
left join lateral (select l.status, l.in_flight_since, l.attempts, l.error from outreach_log l
                   where l.cycle_id = y.id and l.status in ('sending', 'uncertain')
                   order by l.id desc limit 1) l on y.status <> 'closed'
where (:before::bigint is null or y.ordinal < :before)
  and (:status::text is null or y.status = :status)
  and (:open::boolean is null or (y.status <> 'closed') = :open)
  and (:outcome::text is null or y.outcome = :outcome)
  and (:stage::text is null or y.stage = :stage)
  and (:urgent::boolean is null or y.urgent = :urgent)
  and (:company::text is null or y.company_id = :company)
  and (:role::text is null or y.role_id = :role)
  and (:run::text is null or y.run_id = :run or y.admitted_run_id = :run)
  and (:held_reason::text is null or y.held_reason = :held_reason)
  and (not :unsettled::boolean or y.id in (select h.cycle_id from candidate_outreach_history h
                                           where h.status = 'responded'))
  and (:specialist::text is null or coalesce(y.specialist_id, c.specialist_id, d.id) = :specialist)
  and (:candidate::text is null or y.id in (select h.cycle_id from candidate_outreach_history h
                                            where h.candidate_id = :candidate))
  and (:pattern::text is null
       or y.id ilike :pattern
       or y.role_id = any(:roles::text[])
       or (:few::text[] is not null and y.id in (select h.cycle_id from candidate_outreach_history h
                                                 where h.candidate_id = any(:few)))
       or (:many::text[] is not null and exists (select from candidate_outreach_history h
                                                 where h.cycle_id = y.id and h.candidate_id = any(:many))))
order by y.ordinal desc limit :most

-- name: people
select h.cycle_id, h.candidate_id as id, c.first_name, c.last_name, h.status
from candidate_outreach_history h
join candidate c on c.id = h.candidate_id
left join match m on m.candidate_id = h.candidate_id and m.role_id = h.role_id
where h.cycle_id = any(:cycles::text[])
order by h.cycle_id, m.score desc nulls last, c.start_date, h.candidate_id

-- name: movers
-- R8: who is still to be had, in R2's order; after a decline the one declined. Who has moved on from this
-- cycle by a decline does not move on from it again.
select h.candidate_id
from candidate_outreach_history h
join candidate_now c on c.id = h.candidate_id and c.status = 'available' and c.start_date >= :today
left join match m on m.candidate_id = h.candidate_id and m.role_id = h.role_id
where h.cycle_id = :cycle and h.status not in ('withdrawn', 'placed') and h.moved_on_at is null
  and (:candidate::text is null or h.candidate_id = :candidate)
order by coalesce(m.score, '-Infinity') desc, c.start_date, h.candidate_id

-- name: options
-- R8: a candidate's next best roles, pitchable but for the weekly limit, outside the cycle's ancestry.
select m.role_id, s.company_id, m.score, c.start_date, c.visa_required
from match m
join candidate c on c.id = m.candidate_id
join role_standing(:today, :zone, :reply_expiry_days, :role_rest_days, :lifted) s on s.role_id = m.role_id
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

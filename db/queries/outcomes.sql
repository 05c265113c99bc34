-- name: pitch
-- How a pitch stands, and with which other role the candidate was placed.
select h.cycle_id, h.candidate_id, h.status, h.responded_at, h.outcome_at, h.moved_on_at,
       (select o.role_id from candidate_outreach_history o
        where o.candidate_id = h.candidate_id and o.status = 'placed' and o.cycle_id <> h.cycle_id
        limit 1) as placed_with
from candidate_outreach_history h
where h.cycle_id = :cycle and h.candidate_id = :candidate

-- name: note_interview
-- It stays live; the days in which an outcome is awaited start anew (`live_pitches`, `role_standing`).
update candidate_outreach_history set interview_at = :now, updated_at = :now
where cycle_id = :cycle and candidate_id = :candidate

-- name: note_outcome
update candidate_outreach_history set status = :status, outcome_at = :now, updated_at = :now
where cycle_id = :cycle and candidate_id = :candidate

-- name: mark_moved_on
-- R8: a candidate moves on from a cycle once; what was booked then is found by this time.
update candidate_outreach_history set moved_on_at = :now
where cycle_id = :cycle and candidate_id = :candidate and moved_on_at is null

-- name: children_of
-- The next roles of one candidate, of those that were booked at a time.
select y.id
from outreach_cycle y
join candidate_outreach_history h on h.cycle_id = y.id and h.candidate_id = :candidate
where y.parent_cycle_id = :cycle and y.created_at = :at
order by y.ordinal

-- name: not_moved_on
-- R17: declined candidates for whom nothing has looked for next roles yet.
select h.cycle_id, h.candidate_id
from candidate_outreach_history h
join outreach_cycle y on y.id = h.cycle_id
where h.status = 'declined' and h.moved_on_at is null and y.moved_on_at is null and y.outcome <> 'stopped'
order by h.cycle_id, h.candidate_id

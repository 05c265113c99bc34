-- name: newest
-- What mail services tell without need (accepted, delivered) is nobody's post.
select id from inbox
where is_post(form, kind)
  and (:before::bigint is null or id < :before)
order by id desc limit :most

-- name: of_kinds
select id from inbox
where kind = any(:kinds::text[]) and is_post(form, kind)
  and (:before::bigint is null or id < :before)
order by id desc limit :most

-- name: unmatched
select id from inbox
where for_a_person(status, attempts) and is_post(form, kind)
  and (:before::bigint is null or id < :before)
order by id desc limit :most

-- name: of_ids
-- By ids that were chosen from an index: joins are made for one page.
select i.id, i.received_at, i.source, i.form, i.status, i.kind, i.sender, i.sender_name, i.subject,
       left(i.text, 500) as text, i.cycle_id, i.log_id, i.matched_by, i.effect, i.addresses, i.error,
       for_a_person(i.status, i.attempts) as for_a_person,
       i.status <> 'attached' or i.told_at is not null as told, r.title, c.name as company
from inbox i
left join outreach_cycle y on y.id = i.cycle_id
left join role r on r.id = y.role_id
left join company c on c.id = y.company_id
where i.id = any(:ids::bigint[])
order by i.id desc

-- name: open_cycles
-- Where a message may belong: what the words say, or the companies of whoever shares the sender's domain.
with near as materialized (
    select distinct company_id from contact
    where :domain::text <> '' and lower(split_part(email, '@', 2)) = :domain
)
select y.id as cycle_id, r.title, c.name as company, y.status, near.company_id is not null as by_sender,
       array(select trim(p.first_name || ' ' || p.last_name)
             from candidate_outreach_history h join candidate p on p.id = h.candidate_id
             where h.cycle_id = y.id order by h.candidate_id) as names
from outreach_cycle y
join role r on r.id = y.role_id
join company c on c.id = y.company_id
left join near on near.company_id = y.company_id
where y.status <> 'closed' and y.stage is not null
  and case when cardinality(:words::text[]) = 0 then near.company_id is not null
           else concat_ws(' ', c.name, r.title, y.id) ilike all(:words) end
order by (near.company_id is null), y.ordinal desc
limit :most

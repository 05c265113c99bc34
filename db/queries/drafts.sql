-- name: last
-- The newest draft of a stage; the one before it, if there is one, was decided or is outdated.
select * from draft where cycle_id = :cycle and stage = :stage order by id desc limit 1

-- name: insert
insert into draft (cycle_id, stage, created_at, urgent, forced, sender, recipients, contact_ids, candidate_ids,
                   subject, text, html, closing, hash, source_hash, note)
values (:cycle, :stage, :now, :urgent, :forced, :sender, :recipients, :contacts, :candidates,
        :subject, :text, :html, :closing, :hash, :source_hash, :note)
returning id

-- name: force
update draft set forced = true where id = :draft

-- name: edit
update draft set subject = :subject, text = :text, html = :html, hash = :hash, edited = true,
                 decided_by = :by, decided_at = :now
where id = :draft

-- name: decide
update draft set status = :status, decided_by = :by, decided_at = :now where id = :draft

-- name: outdate
-- What is approved is looked at again when it is claimed.
update draft set status = 'outdated', note = :note where cycle_id = :cycle and status = 'waiting' returning id

-- name: outdate_one
update draft set status = 'outdated', note = :note where id = :draft

-- name: close
-- With the cycle nothing goes out by a draft any more; whom a person dropped may be put forward again.
with old as (
    update draft d set status = 'outdated', note = :note
    where d.cycle_id = :cycle
      and (d.status = 'waiting'
           or (d.status = 'approved' and not exists (select from outreach_log l
                                                     where l.cycle_id = d.cycle_id and l.stage = d.stage)))
)
update candidate_outreach_history set dropped = false where cycle_id = :cycle and dropped

-- name: cycle_of
select cycle_id from draft where id = :draft

-- name: waiting_of
select id from draft where cycle_id = :cycle and status = 'waiting'

-- name: draft
select d.id, d.cycle_id, d.stage, d.status, d.created_at, d.urgent, d.forced, d.sender, d.recipients,
       d.candidate_ids, d.subject, d.text, d.html, d.closing, d.hash, d.edited, d.decided_by, d.decided_at,
       d.note, y.role_id, r.title, y.company_id, c.name as company, y.status as cycle_status, y.held_reason,
       array(select trim(p.first_name || ' ' || p.last_name) from unnest(d.candidate_ids) with ordinality n(id, place)
             join candidate p on p.id = n.id order by n.place) as names
from draft d
join outreach_cycle y on y.id = d.cycle_id
join role r on r.id = y.role_id
join company c on c.id = y.company_id
where d.id = :draft

-- name: waiting
-- Urgent first, then the oldest; a page goes on after a draft, which need not wait any more.
select d.id, d.cycle_id, d.stage, d.status, d.created_at, d.urgent, d.sender, d.recipients, d.candidate_ids,
       d.subject, d.hash, d.edited, d.decided_by, d.decided_at, d.note,
       y.role_id, r.title, y.company_id, c.name as company,
       array(select trim(p.first_name || ' ' || p.last_name) from unnest(d.candidate_ids) with ordinality n(id, place)
             join candidate p on p.id = n.id order by n.place) as names
from draft d
join outreach_cycle y on y.id = d.cycle_id
join role r on r.id = y.role_id
join company c on c.id = y.company_id
where d.status = 'waiting'
  and (:after::bigint is null
       or (not d.urgent, d.created_at, d.id) > (select not a.urgent, a.created_at, a.id from draft a
                                                where a.id = :after))
order by (not d.urgent), d.created_at, d.id
limit :most

-- name: total
select count(*)::int from draft where status = 'waiting'

-- name: counts
select (select count(*) from outreach_log where sent_at >= :since)::int as sent,
       (select count(*) from inbox
        where received_at >= :since
          and is_post(form, kind))::int as arrived,
       (select count(*) from outreach_cycle where responded_at >= :since)::int as replies,
       (select count(distinct cycle_id) from candidate_outreach_history where status = 'responded')::int as unsettled,
       count(*) filter (where status = 'active')::int as active,
       count(*) filter (where status = 'waiting')::int as waiting,
       count(*) filter (where status = 'held')::int as held,
       count(*) filter (where urgent)::int as urgent
from outreach_cycle where status <> 'closed'

-- name: sent
select l.id, l.cycle_id, l.stage, r.title, l.company_id, c.name as company, l.urgent, l.sent_at, y.responded_at,
       array(select trim(p.first_name || ' ' || p.last_name) from candidate p
             where p.id = any(l.candidate_ids) order by p.id) as candidates
from (select id from outreach_log where sent_at >= :since
      order by not urgent, sent_at desc, id desc limit :most) first
join outreach_log l on l.id = first.id
join outreach_cycle y on y.id = l.cycle_id
join role r on r.id = l.role_id
join company c on c.id = l.company_id
order by not l.urgent, l.sent_at desc, l.id desc

-- name: arrived
select i.id, i.received_at, i.source, i.form, i.status, i.kind, i.sender, i.sender_name, i.subject, i.text,
       i.cycle_id, i.log_id, i.matched_by, i.effect, i.addresses, i.error,
       for_a_person(i.status, i.attempts) as for_a_person,
       i.status <> 'attached' or i.told_at is not null as told, r.title, c.name as company
from inbox i
left join outreach_cycle y on y.id = i.cycle_id
left join role r on r.id = y.role_id
left join company c on c.id = y.company_id
where i.received_at >= :since and is_post(i.form, i.kind)
order by not for_a_person(i.status, i.attempts), i.id desc limit :most

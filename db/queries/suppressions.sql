-- name: find
select address, reason, created_at, lifted_at from suppressed_address where address = lower(:address)

-- name: lift
update suppressed_address set lifted_at = :now where address = lower(:address) and lifted_at is null

-- name: people
-- Whose address it is; several records may share one.
select p.id as contact_id, p.first_name, p.last_name, c.id as company_id, c.name as company
from contact p join company c on c.id = p.company_id
where lower(p.email) = lower(:address)
order by c.id, p.id

-- name: company
select c.id, c.name, c.suppressed as by_crm, s.reason, s.created_at
from company c left join suppressed_company s on s.company_id = c.id
where c.id = :company for update of c

-- name: suppress_company
insert into suppressed_company (company_id, reason, created_at) values (:company, :reason, :now)

-- name: lift_company
delete from suppressed_company where company_id = :company

-- name: written_to
-- Whom the open threads of a company were begun with.
select distinct lower(one) from outreach_cycle y
join outreach_log l on l.cycle_id = y.id and l.stage = 'initial'
cross join unnest(l.recipients) one
where y.company_id = :company and y.status <> 'closed'

-- name: listed
select address, reason, created_at from suppressed_address
where lifted_at is null and address > :after and strpos(address, :search) > 0
order by address limit :most

-- name: total
select count(*)::int from suppressed_address where lifted_at is null

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

-- name: listed
select address, reason, created_at from suppressed_address
where lifted_at is null and address > :after and strpos(address, :search) > 0
order by address limit :most

-- name: total
select count(*)::int from suppressed_address where lifted_at is null

-- name: find
-- The CRM's own word has no day.
select c.id, c.name, c.suppressed as by_crm, x.reason, x.created_at
from company c
left join suppressed_company x on x.company_id = c.id and x.lifted_at is null
where c.id = :company

-- name: suppress
-- One that a person took back is suppressed anew.
insert into suppressed_company (company_id, reason, created_at) values (:company, :reason, :now)
on conflict (company_id) do update set reason = excluded.reason, created_at = excluded.created_at, lifted_at = null
    where suppressed_company.lifted_at is not null

-- name: lift
update suppressed_company set lifted_at = :now where company_id = :company and lifted_at is null

-- name: open
-- Its open cycles, and those that have ended for it and have not moved on: a repetition tells them again.
select id from outreach_cycle
where company_id = :company
  and (status <> 'closed' or (outcome = 'undeliverable' and moved_on_at is null))
order by id

-- name: note
-- In the events of every open cycle of the company.
insert into cycle_event (cycle_id, at, kind, detail)
select id, :now, :kind, :detail from outreach_cycle where company_id = :company and status <> 'closed' order by id

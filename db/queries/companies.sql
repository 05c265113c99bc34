-- name: page
-- By name. What is counted is counted for the companies of the page alone, from indexes.
with named as (
    select c.id, c.name, c.industry, c.weekly_limit, c.suppressed, c.website, c.time_zone, lower(c.name) as by_name,
           s.id as specialist_id, coalesce(s.name, '') as specialist, coalesce(s.email, '') as specialist_email
    from company_now c
    left join specialist d on d.is_default
    left join specialist s on s.id = coalesce(c.specialist_id, d.id)
    where (:id::text is null or c.id = :id)
      and (:suppressed::boolean is null or c.suppressed = :suppressed)
      and (:open::boolean is null or :open = exists (
              select from outreach_cycle y where y.company_id = c.id and y.status <> 'closed'))
      and (:pattern::text is null or c.name ilike :pattern or c.industry ilike :pattern or c.id ilike :pattern)
      and (:after_id::text is null
           or (lower(c.name) collate "C", c.id) > (:after_name::text collate "C", :after_id::text))
    order by lower(c.name) collate "C", c.id limit :most
)
select n.*, o.*, e.*, r.*, coalesce(l.used, 0) as slots_used, coalesce(n.weekly_limit, :weekly_limit) as week_limit
from named n
cross join lateral (
    select count(*) filter (where x.status = 'open')::int as open_roles
    from role_now x where x.company_id = n.id) o
cross join lateral (
    select count(*) filter (where stage = 'initial')::int as first_emails,
           count(*) filter (where stage <> 'initial')::int as follow_ups, max(sent_at) as last_touch_at
    from outreach_log x where x.company_id = n.id and x.sent_at is not null) e
cross join lateral (
    select (select count(*) from outreach_cycle x
            where x.company_id = n.id and x.responded_at is not null)::int as replies,
           (select count(*) from outreach_cycle x
            where x.company_id = n.id and x.status <> 'closed')::int as open_cycles,
           (select count(*) from outreach_cycle x
            where x.company_id = n.id and x.status = 'waiting')::int as waiting) r
left join email_limiter l on l.company_id = n.id and l.week_start = :week
order by n.by_name collate "C", n.id

-- name: contacts
select p.id, trim(p.first_name || ' ' || p.last_name) as name, p.email, p.layout_name, p.active,
       s.reason as suppressed, exists (select from partner_contact w where w.id = p.id) as written_to
from contact p
left join suppressed_address s on s.address = lower(p.email) and s.lifted_at is null
where p.company_id = :company order by p.id limit :most

-- name: roles
select r.id, r.title, r.status, o.id as open_cycle_id, s.reason as passed_over,
       (select count(*) from outreach_cycle y where y.role_id = r.id)::int as cycles
from role_now r
left join outreach_cycle o on o.role_id = r.id and o.status <> 'closed'
left join role_standing(:today, :zone, :reply_expiry_days, :role_rest_days, :lifted) s
       on s.role_id = r.id and s.company_id = :company
where r.company_id = :company order by r.title, r.id limit :most

-- name: weeks
select week_start, used, weekly_limit from email_limiter
where company_id = :company order by week_start desc limit :most

-- name: suppressed_why
select coalesce((select x.reason from suppressed_company x where x.company_id = c.id and x.lifted_at is null),
                case when c.suppressed then 'the CRM says so' end)
from company c where c.id = :company

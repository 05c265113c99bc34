-- name: thread
-- What a letter of a role is about.
select r.id as role_id, r.title, r.industry as role_industry, r.location, r.description,
       c.id as company_id, c.name as company_name, c.industry, c.suppressed, c.specialist_id
from role r join company_now c on c.id = r.company_id
where r.id = :role

-- name: partner_contacts
-- R11: all eligible partner contacts, by id.
select id, first_name, last_name, email from partner_contact where company_id = :company order by id

-- name: specialist
-- The company's specialist, else the default one (R11).
select * from specialist
where id = :specialist or (:specialist::text is null and is_default)

-- name: candidates
select * from candidate_now where id = any(:candidates::text[])

-- name: known_skills
-- Every skill that the database knows, for the check of bios (R13).
select distinct lower(s) as skill from candidate, unnest(skills) s

-- name: kept_bios
select candidate_id, text from candidate_bio
where role_id = :role and prompt_version = :prompt_version and model = :model
  and (candidate_id, source_hash) in (select * from unnest(:candidates::text[], :hashes::text[]))

-- name: keep_bio
insert into candidate_bio (candidate_id, role_id, source_hash, prompt_version, model, text, created_at)
values (:candidate, :role, :source_hash, :prompt_version, :model, :text, :now)
on conflict do nothing

-- name: role
select id, company_id, title, industry, location, description, status from role_now where id = :role

-- name: company
select id, name, industry, website, time_zone, specialist_id, weekly_limit, suppressed
from company_now where id = :company

-- name: open_cycle
-- The cycle that writes about a role now, if it has one that does more than wait for its slot.
select * from outreach_cycle where role_id = :role and status in ('active', 'held') order by id limit 1

-- name: lock_load
-- A second load waits for the first; planning and claims need not, they see all of a load or none.
select pg_advisory_xact_lock(7226003)

-- name: standing
-- What the rows of an import may refer to.
select 'specialist' as kind, array(select id from specialist) as ids
union all select 'company', array(select id from company)
union all select 'role', array(select id from role)
union all select 'candidate', array(select id from candidate)

-- name: default_specialist
select id from specialist where is_default

-- name: incoming_specialist
create temporary table incoming_specialist (like specialist) on commit drop

-- name: incoming_company
create temporary table incoming_company (like company) on commit drop

-- name: incoming_contact
create temporary table incoming_contact (like contact) on commit drop

-- name: incoming_role
create temporary table incoming_role (like role) on commit drop

-- name: incoming_candidate
create temporary table incoming_candidate (like candidate) on commit drop

-- name: incoming_match
create temporary table incoming_match (like match) on commit drop

-- name: merge_specialist
-- The former default steps down before the new one steps up: the unique index sees row after row.
with done as (
    insert into specialist as old (id, name, email, title, phone, is_default)
    select id, name, email, title, phone, is_default from incoming_specialist order by is_default, id
    on conflict (id) do update
    set name = excluded.name, email = excluded.email, title = excluded.title, phone = excluded.phone,
        is_default = excluded.is_default
    where old.* is distinct from excluded.*
    returning old.xmax = 0 as inserted
)
select count(*) filter (where inserted) as inserted, count(*) filter (where not inserted) as updated from done

-- name: merge_company
with done as (
    insert into company as old (id, name, industry, website, time_zone, specialist_id, weekly_limit,
                                suppressed)
    select id, name, industry, website, time_zone, specialist_id, weekly_limit, suppressed
    from incoming_company order by id
    on conflict (id) do update
    set name = excluded.name, industry = excluded.industry, website = excluded.website,
        time_zone = excluded.time_zone, specialist_id = excluded.specialist_id,
        weekly_limit = excluded.weekly_limit, suppressed = excluded.suppressed
    where old.* is distinct from excluded.*
    returning old.xmax = 0 as inserted
)
select count(*) filter (where inserted) as inserted, count(*) filter (where not inserted) as updated from done

-- name: merge_contact
with done as (
    insert into contact as old (id, company_id, first_name, last_name, email, layout_name, active)
    select id, company_id, first_name, last_name, email, layout_name, active
    from incoming_contact order by id
    on conflict (id) do update
    set company_id = excluded.company_id, first_name = excluded.first_name, last_name = excluded.last_name,
        email = excluded.email, layout_name = excluded.layout_name, active = excluded.active
    where old.* is distinct from excluded.*
    returning old.xmax = 0 as inserted
)
select count(*) filter (where inserted) as inserted, count(*) filter (where not inserted) as updated from done

-- name: merge_role
with done as (
    insert into role as old (id, company_id, title, industry, location, description, status)
    select id, company_id, title, industry, location, description, status from incoming_role order by id
    on conflict (id) do update
    set company_id = excluded.company_id, title = excluded.title, industry = excluded.industry,
        location = excluded.location, description = excluded.description, status = excluded.status
    where old.* is distinct from excluded.*
    returning old.xmax = 0 as inserted
)
select count(*) filter (where inserted) as inserted, count(*) filter (where not inserted) as updated from done

-- name: merge_candidate
with done as (
    insert into candidate as old (id, first_name, last_name, email, bio, skills, interests, university,
                                  visa_required, start_date, end_date, status)
    select id, first_name, last_name, email, bio, skills, interests, university, visa_required, start_date,
           end_date, status
    from incoming_candidate order by id
    on conflict (id) do update
    set first_name = excluded.first_name, last_name = excluded.last_name, email = excluded.email,
        bio = excluded.bio, skills = excluded.skills, interests = excluded.interests,
        university = excluded.university, visa_required = excluded.visa_required,
        start_date = excluded.start_date, end_date = excluded.end_date, status = excluded.status
    where old.* is distinct from excluded.*
    returning old.xmax = 0 as inserted
)
select count(*) filter (where inserted) as inserted, count(*) filter (where not inserted) as updated from done

-- name: merge_match
-- An update and an insert that see the same snapshot. ON CONFLICT would lock, and so write, every row that
-- stays as it is: two million of them on a day when nothing changed.
with changed as (
    update match as old set score = new.score
    from incoming_match new
    where new.candidate_id = old.candidate_id and new.role_id = old.role_id and new.score <> old.score
    returning 1
), added as (
    insert into match (candidate_id, role_id, score)
    select new.candidate_id, new.role_id, new.score
    from incoming_match new
    where not exists (select from match old
                      where old.candidate_id = new.candidate_id and old.role_id = new.role_id)
    order by new.candidate_id, new.role_id
    returning 1
)
select (select count(*) from added) as inserted, (select count(*) from changed) as updated

-- name: know_incoming_matches
-- The planner knows nothing of a temporary table until it is told.
analyze incoming_match

-- name: no_matches
select not exists (select from match)

-- name: match_extras
-- Indexes and foreign keys of match, to be left off while an empty table is filled: made afterwards over
-- all rows they cost a fifth.
select format('drop index %s', i.indexrelid::regclass) as off, pg_get_indexdef(i.indexrelid) as again
from pg_index i
where i.indrelid = 'match'::regclass and not i.indisprimary
union all
select format('alter table match drop constraint %I', c.conname),
       format('alter table match add constraint %I %s', c.conname, pg_get_constraintdef(c.oid))
from pg_constraint c
where c.conrelid = 'match'::regclass and c.contype = 'f'

-- name: settle
-- Fresh statistics and a fresh visibility map, so that the first plan after a load is as fast as any.
vacuum (analyze) specialist, company, contact, role, candidate, match

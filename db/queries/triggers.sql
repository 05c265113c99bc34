-- name: lock_starts
-- One run is started over the API at a time: whether another one is going is looked up under this lock.
select pg_advisory_xact_lock(7226004)

-- name: put
-- The first with a key counts; without a key every one is new.
insert into run_trigger (run_id, caller, key, asked, created_at)
values (:run, :caller, :key, :asked, :now)
on conflict (caller, key) do nothing

-- name: find
select run_id, asked from run_trigger where caller = :caller and key = :key

-- name: is_to_plan
select exists (select from run_trigger t where t.run_id = :run
               and not exists (select from outreach_run r where r.id = t.run_id))

-- name: is_booked
select exists (select from outreach_run where id = :run)

-- name: unfinished
-- What may be going: the latest runs that were asked for or planned, and are not known to have ended.
select run_id from (
    select t.run_id, t.created_at from run_trigger t
    where t.created_at > :since
      and not exists (select from outreach_run r where r.id = t.run_id and r.finished_at is not null)
    union
    select r.id, r.created_at from outreach_run r where r.finished_at is null and r.created_at > :since
) going
where run_id <> :run
order by created_at desc
limit 20

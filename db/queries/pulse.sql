-- name: pulse
-- Something that changes whenever a page would: each part is read from the end of an index.
select concat_ws('.',
    (select max(id) from cycle_event),
    (select max(id) from inbox),
    (select count(*) from inbox where status = 'unmatched'),
    (select count(*) from outreach_log where in_flight_since is not null),
    (select extract(epoch from changed_at)::bigint from control),
    (select count(*) from outreach_run where finished_at is not null))
